"""Django's entry for this room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partner clusters: profiles whose facts have source and date, long list and short list."""

    name = "kontor.partners"
    label = "partners"
