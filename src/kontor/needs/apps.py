"""Django's entry for this room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Ground work: what the members need."""

    name = "kontor.needs"
    label = "needs"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.needs import models

        for model in (models.Need, models.NeedTopic, models.NeedDistinct, models.Hearing, models.Expectation):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
