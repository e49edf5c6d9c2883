"""Django's entry for this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Show house: a complete fictional cluster."""

    name = "kontor.demo"
    label = "demo"
