"""Django's entry for this room."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    """Secret votes by signed link: one organisation, one vote."""

    name = "kontor.votes"
    label = "votes"
