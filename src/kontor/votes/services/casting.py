"""Cast a vote: once for each organisation, and so that nothing leads back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kontor.votes.choices import Choice, checked
from kontor.votes.models import Ballot, BallotKey, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.sealing import sealed


@transaction.atomic
def cast(*, elector: Elector, choice: Choice, now: datetime) -> None:
    """Put a sealed ballot into the box and mark the organisation as having voted: both, or neither.

    Whoever casts at the same time waits for the lock on the vote, so a vote is counted or told that it came
    too late. The two rows have nothing in common: the ballot's number is drawn by chance, neither has a time,
    the link is not marked as opened or done, and the audit trail hears of neither.

    Raises VoteError "vote.not_open", "vote.cast_already", "vote.link_withdrawn", "vote.key_lost", or as
    `choices.checked` does.
    """
    vote = Vote.objects.select_for_update().get(pk=elector.vote_id)
    if vote.state != Vote.State.OPEN or now >= vote.closes_at:
        raise VoteError("vote.not_open")
    options = ballot_paper(vote)
    final = checked(choice, vote.method, options)
    # The address is asked again: the contact may have been changed a moment ago.
    mine = Elector.objects.filter(pk=elector.pk, email=elector.email)
    if not mine.filter(has_voted=False).update(has_voted=True):
        raise VoteError("vote.cast_already" if mine.exists() else "vote.link_withdrawn")
    key = BallotKey.objects.filter(vote=vote).first()
    if key is None:
        raise VoteError("vote.key_lost")
    Ballot.objects.create(cluster_id=vote.cluster_id, vote=vote, sealed=sealed(final, options, key))


def ballot_paper(vote: Vote) -> list[int]:
    """Return the options in the order in which ballots hold them. One query."""
    return sorted(vote.options.values_list("pk", flat=True))
