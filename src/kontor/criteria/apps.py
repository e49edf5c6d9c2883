"""Django's entry for this room."""

from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """Criteria catalogues: what a choice is judged by, versioned and reusable."""

    name = "kontor.criteria"
    label = "criteria"

    def ready(self) -> None:
        """Write changes to the audit trail; what a version holds, it keeps itself."""
        from auditlog.registry import auditlog

        from kontor.criteria import models

        unseen = ["version", "updated_at"]
        for model in (models.Catalogue, models.Criterion):
            auditlog.register(model, exclude_fields=[*unseen, "position"])
        auditlog.register(models.CatalogueVersion, exclude_fields=[*unseen, "content", "codes", "digest"])
        auditlog.register(models.CriteriaImport, exclude_fields=[*unseen, "staged"])
