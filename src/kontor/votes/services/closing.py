"""Close a vote, by hand or by its date; extend it; cancel it. What is closed is never opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from kontor.accounts.services import claim_edit
from kontor.votes.models import Ballot, BallotKey, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.results import VoteResult
from kontor.votes.services.counting import counted
from kontor.votes.services.links import prolong_links

# Shown where a vote could not be counted; a code, so that each reader gets it in the own language.
KEY_LOST = "vote.key_lost"


@transaction.atomic
def close_vote(*, vote: Vote, now: datetime) -> VoteResult:
    """Close an open vote, count, destroy the ballots and their key, and return the result.

    Raises VoteError "vote.not_open", or "vote.key_lost" where the ballots come from a backup.
    """
    current = Vote.objects.select_for_update().get(pk=vote.pk)
    if current.state != Vote.State.OPEN:
        raise VoteError("vote.not_open")
    # Found closed late by its date, it counts as closed on that date: nobody could vote since.
    closed_at = min(now, current.closes_at)
    result = counted(current, closed_at)
    current.state, current.closed_at = Vote.State.CLOSED, closed_at
    current.result = result.as_json()
    current.version += 1
    current.save()
    _empty_the_box(current)
    return result


@transaction.atomic
def extend_vote(*, vote: Vote, expected_version: int, closes_at: datetime, now: datetime) -> None:
    """Give an open vote more time; raises EditConflict or VoteError "vote.not_open", "vote.only_later"."""
    current = Vote.objects.select_for_update().get(pk=vote.pk)
    if current.state != Vote.State.OPEN or current.closes_at <= now:
        raise VoteError("vote.not_open")
    if closes_at <= current.closes_at:
        raise VoteError("vote.only_later")
    current = claim_edit(current, expected_version)
    current.closes_at = closes_at
    current.save(update_fields=["closes_at", "updated_at"])
    prolong_links(current)


@transaction.atomic
def cancel_vote(*, vote: Vote, reason: str, now: datetime) -> None:
    """End an open vote without a result; ballots and key are destroyed uncounted.

    Raises VoteError "vote.not_open" or "vote.reason_needed".
    """
    if not reason.strip():
        raise VoteError("vote.reason_needed")
    current = Vote.objects.select_for_update().get(pk=vote.pk)
    if current.state != Vote.State.OPEN:
        raise VoteError("vote.not_open")
    current.state, current.closed_at, current.cancel_reason = Vote.State.CANCELLED, now, reason.strip()[:500]
    current.version += 1
    current.save()
    _empty_the_box(current)


def close_due(*, now: datetime, vote: Vote | None = None) -> int:
    """Close the votes whose date has passed, each by itself, and return how many; with a vote, only that one.

    Several workers may call it at once. One whose ballots cannot be opened is cancelled and says so.
    """
    due = Vote.objects.filter(state=Vote.State.OPEN, closes_at__lte=now)
    if vote is not None:
        due = due.filter(pk=vote.pk)
    done = 0
    for each in due:
        try:
            close_vote(vote=each, now=now)
            done += 1
        except VoteError as problem:
            if problem.code == KEY_LOST:
                _is_cancelled(each, now)
    return done


def cancel_without_key(*, now: datetime) -> int:
    """Cancel open votes whose key is not here, and return how many: they came with a backup.

    Until then nobody can vote in them, so nothing but the votes before the backup is lost.
    """
    lost = Vote.objects.filter(state=Vote.State.OPEN).exclude(pk__in=BallotKey.objects.values("vote"))
    return sum(_is_cancelled(vote, now) for vote in lost)


def _is_cancelled(vote: Vote, now: datetime) -> bool:
    try:
        cancel_vote(vote=vote, reason=KEY_LOST, now=now)
    except VoteError:  # another worker was faster
        return False
    return True


def _empty_the_box(vote: Vote) -> None:
    """Destroy ballots and key, and touch all electors at once.

    PostgreSQL keeps an updated row like a new one: below the columns the roll would lie in the order in which
    was voted.
    """
    Ballot.objects.filter(vote=vote).delete()
    BallotKey.objects.filter(vote=vote).delete()
    Elector.objects.filter(vote=vote).update(has_voted=F("has_voted"))
