"""Django's entry for this room."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Partner studies: weights, scores, results and decisions that survive objections."""

    name = "kontor.studies"
    label = "studies"
