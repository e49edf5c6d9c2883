"""Django's entrance to the workshop of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports room; it has no models."""

    name = "kontor.reports"
    label = "reports"
