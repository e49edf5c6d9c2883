"""Django's entry for this room."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements built from clauses, negotiated clause by clause with a guest."""

    name = "kontor.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Write changes to the audit trail; wordings and comments keep their own history, in full.

        What the trail would repeat of them is left out, and so is what merely counts or notes a look.
        """
        from auditlog.registry import auditlog

        from kontor.agreements import models

        counted = ["version", "updated_at"]
        auditlog.register(models.Agreement, exclude_fields=[*counted, "revision", "touched_at", "filled_in"])
        auditlog.register(models.Clause, exclude_fields=[*counted, "position"])
        auditlog.register(models.Wording, exclude_fields=["heading", "text"])
        auditlog.register(models.Acceptance)
        auditlog.register(models.ClauseComment, exclude_fields=[*counted, "text"])
        noted = ["seen_at", "notified_at", "quiet_until", "told_version"]
        auditlog.register(models.Negotiator, exclude_fields=[*counted, *noted])
        auditlog.register(models.AgreementVersion, exclude_fields=["content", "reports"])
        auditlog.register(models.Signing)
