"""Django's entry for this room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Ground work: what the members need."""

    name = "kontor.needs"
    label = "needs"

    def ready(self) -> None:
        """Write every change to the audit trail; offer the topics to those who build questionnaires."""
        from auditlog.registry import auditlog

        from kontor.needs import models
        from kontor.needs.queries import topic_names
        from kontor.questionnaires.topics import offer_topics

        for model in (models.Need, models.NeedTopic, models.NeedDistinct, models.Hearing, models.Expectation):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        offer_topics(topic_names)
