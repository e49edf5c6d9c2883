"""Django's entry for this room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Workshop: bytes in, typed rows out."""

    name = "kontor.imports"
    label = "imports"
