"""Django's entry for this room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Workshop: background work with progress."""

    name = "kontor.jobs"
    label = "jobs"
