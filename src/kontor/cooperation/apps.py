"""Django's entry for this room."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """Cooperation: protocols with partners, and the life afterwards."""

    name = "kontor.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.cooperation import models

        for model in (models.Activity, models.Participant, models.Task):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
