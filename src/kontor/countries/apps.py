"""Django's entry for this room."""

from django.apps import AppConfig


class CountriesConfig(AppConfig):
    """Countries: open indicators, distances and region sheets, true as of their year."""

    name = "kontor.countries"
    label = "countries"
