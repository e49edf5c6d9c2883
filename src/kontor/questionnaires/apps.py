"""Django's entry for this room."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Form room: questions and answers."""

    name = "kontor.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        """Write changes to the audit trail; the questions themselves are kept by the versions."""
        from auditlog.registry import auditlog

        from kontor.questionnaires import models

        auditlog.register(models.Questionnaire, exclude_fields=["version", "updated_at", "draft"])
        auditlog.register(models.QuestionnaireVersion, exclude_fields=["definition"])
