"""Django's entry for this room."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """Ground work: goals that answer needs."""

    name = "kontor.goals"
    label = "goals"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.goals import models

        for model in (models.Goal, models.GoalNeed):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
