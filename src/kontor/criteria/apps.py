"""Django's entry for this room."""

from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """Criteria catalogues: what a choice is judged by, versioned and reusable."""

    name = "kontor.criteria"
    label = "criteria"
