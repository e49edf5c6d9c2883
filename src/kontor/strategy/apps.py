"""Django's entry for this room."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Story: the internationalisation concept."""

    name = "kontor.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.strategy import models

        for model in (models.Concept, models.SectionText):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        auditlog.register(models.ConceptVersion, exclude_fields=["reports"])
