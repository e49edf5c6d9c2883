"""Django's entry for this room."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """Cooperation: protocols with partners, and the life afterwards."""

    name = "kontor.cooperation"
    label = "cooperation"
