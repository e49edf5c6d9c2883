"""Django's entry for this room."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    """Secret votes by signed link: one organisation, one vote."""

    name = "kontor.votes"
    label = "votes"

    def ready(self) -> None:
        """Write to the audit trail how a vote is held and who may vote, but nothing of how it is cast.

        Ballots and their key are no business of the trail; of the roll it keeps who stands on it, never
        whether somebody has voted: the entry would carry the time.
        """
        from auditlog.registry import auditlog

        from kontor.votes import models

        told = ["version", "updated_at", "opened_at", "closed_at", "result"]  # the entry has its own time
        auditlog.register(models.Vote, exclude_fields=told)
        auditlog.register(models.VoteOption, exclude_fields=["version", "updated_at"])
        auditlog.register(models.Elector, include_fields=["organisation_name", "name", "email", "language"])
