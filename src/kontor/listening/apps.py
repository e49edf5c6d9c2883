"""Django's entry for this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Ground work: hear every member."""

    name = "kontor.listening"
    label = "listening"

    def ready(self) -> None:
        """Write changes to the audit trail, but nothing that people confide and nothing of who answered when.

        An entry for each answer would join an anonymous one to its time; drafts and clicks on a board are no
        changes that anybody would look up.
        """
        from auditlog.registry import auditlog

        from kontor.listening import models

        counted = ["revision", "answers_revision", "stage", "drawn"]
        for model in (models.Survey, models.CallCampaign, models.InterviewStudy, models.Board):
            auditlog.register(model, exclude_fields=["version", "updated_at", *counted])
        confided = ["transcript", "fields", "notes", "reason"]
        auditlog.register(models.Interview, exclude_fields=["version", "updated_at", "edition", *confided])
        auditlog.register(models.BoardGroup, exclude_fields=["version", "updated_at"])
