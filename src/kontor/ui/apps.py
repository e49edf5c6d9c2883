"""Django's entry for this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Face: page shell, components, error sentences."""

    name = "kontor.ui"
    label = "ui"
