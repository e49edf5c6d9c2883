"""Django's entry for this room."""

from django.apps import AppConfig


class JourneyConfig(AppConfig):
    """Front room: Today, the 19 points, the red thread."""

    name = "kontor.journey"
    label = "journey"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.journey import models

        auditlog.register(models.PointAnswer, exclude_fields=["version", "updated_at"])
