"""Django's entry for this room."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """People: organisations, memberships, persons, competences and ties, true at a date."""

    name = "kontor.actors"
    label = "actors"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.actors import models

        for model in (
            models.Competence,
            models.JointProject,
            models.Membership,
            models.OrganisationCompetence,
            models.Participation,
            models.Person,
            models.Site,
            models.SizePeriod,
            models.StartUpPeriod,
            models.Tie,
        ):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        auditlog.register(models.ImportBatch, exclude_fields=["staged", "changes", "report"])
        auditlog.register(models.Organisation, exclude_fields=["search_key", "version", "updated_at"])
