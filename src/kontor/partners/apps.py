"""Django's entry for this room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partner clusters: profiles whose facts have source and date, long list and short list."""

    name = "kontor.partners"
    label = "partners"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.partners import models

        unseen = ["version", "updated_at", "search_key", "merge_moved"]
        for model in (
            *(models.Partner, models.StageChange, models.PartnerDistinct, models.Fact),
            *(models.PartnerCompetence, models.PartnerNeed, models.PartnerContact, models.SwotEntry),
        ):
            auditlog.register(model, exclude_fields=unseen)
        auditlog.register(models.PartnerImport, exclude_fields=["version", "updated_at", "staged", "changes"])
