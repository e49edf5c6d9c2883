"""Open a vote: from now on the ballot stays as it is, and the links go out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from kontor.accounts.models import User
from kontor.accounts.services.audit import note
from kontor.jobs.models import Job
from kontor.votes.models import BallotKey, Vote
from kontor.votes.problems import VoteError
from kontor.votes.results import ENOUGH_TO_HIDE
from kontor.votes.sealing import new_half
from kontor.votes.services.preparing import FEWEST_OPTIONS, require_draft
from kontor.votes.services.sending import INVITATIONS, start_sending


@transaction.atomic
def open_vote(*, vote: Vote, now: datetime, user: User | None = None) -> Job:
    """Let the organisations on the roll vote, and return the job that mails each its link.

    Raises VoteError "vote.not_in_preparation", "vote.closing_needed", "vote.too_few_options",
    "vote.too_few_electors" or "vote.without_address".
    """
    current = Vote.objects.select_for_update().select_related("cluster").get(pk=vote.pk)
    require_draft(current)
    _require_sound(current, now)
    current.state, current.opened_at = Vote.State.OPEN, now
    current.version += 1
    current.save()
    BallotKey.objects.update_or_create(vote=current, defaults={"half": new_half()})
    asked = current.electors.count()
    text = gettext_noop("The vote “%(question)s” was opened; %(count)s organisations may vote.")
    note(
        cluster=current.cluster,
        actor=user,
        text=text,
        params={"count": asked, "question": str(current.question)},
    )
    return start_sending(
        vote=current, what=INVITATIONS, since=now, requested_by=f"user:{user.pk}" if user else ""
    )


def _require_sound(vote: Vote, now: datetime) -> None:
    if vote.closes_at <= now:
        raise VoteError("vote.closing_needed")
    if vote.options.count() < FEWEST_OPTIONS:
        raise VoteError("vote.too_few_options")
    if vote.electors.count() < ENOUGH_TO_HIDE:
        raise VoteError("vote.too_few_electors", fewest=ENOUGH_TO_HIDE)
    nameless = vote.electors.filter(email="").first()
    if nameless is not None:
        raise VoteError("vote.without_address", name=nameless.organisation_name)
