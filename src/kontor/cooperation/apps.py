"""Django's entry for this room."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """Cooperation: protocols with partners, and the life afterwards."""

    name = "kontor.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        """Write every change to the audit trail; offer the partners of goals to the red thread."""
        from auditlog.registry import auditlog

        from kontor.cooperation import models
        from kontor.cooperation.threads import partners_of_goals
        from kontor.goals.following import Step, offer_following

        for model in (models.Activity, models.Participant, models.Task):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        offer_following(Step.PARTNER, partners_of_goals)
