"""Django's entry for this room."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Partner studies: weights, scores, results and decisions that survive objections."""

    name = "kontor.studies"
    label = "studies"

    def ready(self) -> None:
        """Write changes to the audit trail, but not what is computed nor what people weigh in private."""
        from auditlog.registry import auditlog

        from kontor.goals.following import Step, offer_following
        from kontor.studies import models
        from kontor.studies.threads import choices_of_goals

        offer_following(Step.PARTNER, choices_of_goals)

        for model in (
            models.Assessor,
            models.DecisionNote,
            models.MutualView,
            models.Scenario,
            models.Score,
            models.Study,
            models.StudyCandidate,
            models.StudyCriterion,
        ):
            auditlog.register(model, exclude_fields=["version", "updated_at", "typed"])
        # The record is large and never changes; the trail says who decided what, when and why.
        auditlog.register(models.Decision, exclude_fields=["record", "reports", "version", "updated_at"])
