"""Prepare a vote: the question and what can be chosen. Once it is open none of this changes any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.votes.choices import MOST_OPTIONS
from kontor.votes.models import Elector, Vote, VoteOption
from kontor.votes.problems import VoteError

# A text in one language, in several, or as a field holds it.
Words: TypeAlias = str | Mapping[str, str] | LazyI18nString
FEWEST_OPTIONS = 2


@transaction.atomic
def create_vote(
    *,
    cluster: Cluster,
    question: Words,
    explanation: Words = "",
    method: str = Vote.Method.APPROVAL,
    quorum_percent: int = 50,
    closes_at: datetime,
    reference: str = "",
    options: Sequence[tuple[Words, str]],
) -> Vote:
    """Return a new vote in preparation, with its options (label, reference) in the order given.

    Nobody may vote yet: put members on the roll with `add_members`, then `open_vote`. Raises VoteError
    "vote.no_question", "vote.too_few_options", "vote.too_many_options" or "vote.options_alike".
    """
    vote = Vote(
        cluster=cluster,
        question=words(question),
        explanation=words(explanation),
        method=method,
        quorum_percent=quorum_percent,
        closes_at=closes_at,
        reference=reference,
    )
    _check(vote)
    vote.save()
    _write_options(vote, options)
    return vote


@transaction.atomic
def update_vote(
    *,
    vote: Vote,
    expected_version: int,
    options: Sequence[tuple[Words, str]] | None = None,
    **fields: Any,
) -> Vote:
    """Change a vote in preparation: question, explanation, method, quorum_percent, closes_at, options.

    Raises EditConflict, or VoteError "vote.not_in_preparation" and as `create_vote` does.
    """
    current = claim_edit(vote, expected_version)
    require_draft(current)
    for name, value in fields.items():
        setattr(current, name, words(value) if name in ("question", "explanation") else value)
    _check(current)
    current.save()
    if options is not None:
        _write_options(current, options)
    return current


@transaction.atomic
def set_options(*, vote: Vote, options: Sequence[tuple[Words, str]]) -> None:
    """Replace what can be chosen in a vote in preparation; raises VoteError as `create_vote` does."""
    current = Vote.objects.select_for_update().get(pk=vote.pk)
    require_draft(current)
    _write_options(current, options)


@transaction.atomic
def delete_vote(*, vote: Vote) -> None:
    """Delete a vote that was never open; raises VoteError "vote.not_in_preparation"."""
    current = Vote.objects.select_for_update().get(pk=vote.pk)
    require_draft(current)
    current.delete()


@transaction.atomic
def repeat_vote(*, vote: Vote, closes_at: datetime, only_first: bool = False) -> Vote:
    """Return a new vote in preparation, like one that is over, with the same roll.

    only_first: with those options only that share the first place, for a run-off. Raises VoteError
    "vote.not_over" or as `create_vote` does.
    """
    if vote.state not in (Vote.State.CLOSED, Vote.State.CANCELLED):
        raise VoteError("vote.not_over")
    options = list(vote.options.all())
    if only_first and vote.result:
        tied = {each["option"] for each in vote.result["options"] if each["place"] == 1}
        options = [option for option in options if option.pk in tied]
    again = create_vote(
        cluster=vote.cluster,
        question=vote.question,
        explanation=vote.explanation,
        method=vote.method,
        quorum_percent=vote.quorum_percent,
        closes_at=closes_at,
        reference=vote.reference,
        options=[(option.label, option.reference) for option in options],
    )
    _copy_roll(vote, again)
    return again


def require_draft(vote: Vote) -> None:
    """Raise VoteError "vote.not_in_preparation" where the vote has been opened."""
    if vote.state != Vote.State.DRAFT:
        raise VoteError("vote.not_in_preparation")


def words(given: Words) -> LazyI18nString:
    """Return a text in several languages without blanks around and without empty ones."""
    data = given.data if isinstance(given, LazyI18nString) else given
    if isinstance(data, Mapping):
        return LazyI18nString({code: text.strip() for code, text in data.items() if text and text.strip()})
    return LazyI18nString(str(data or "").strip())


def _check(vote: Vote) -> None:
    if not str(vote.question).strip():
        raise VoteError("vote.no_question")
    vote.full_clean(exclude=["cluster"])


def _write_options(vote: Vote, options: Sequence[tuple[Words, str]]) -> None:
    labelled = [(words(label), reference) for label, reference in options]
    labelled = [(label, reference) for label, reference in labelled if str(label)]
    if len(labelled) < FEWEST_OPTIONS:
        raise VoteError("vote.too_few_options")
    if len(labelled) > MOST_OPTIONS:
        raise VoteError("vote.too_many_options", most=MOST_OPTIONS)
    if len({str(label).casefold() for label, _reference in labelled}) < len(labelled):
        raise VoteError("vote.options_alike")
    vote.options.all().delete()
    for position, (label, reference) in enumerate(labelled):
        VoteOption.objects.create(
            cluster_id=vote.cluster_id, vote=vote, label=label, reference=reference, position=position
        )


def _copy_roll(vote: Vote, again: Vote) -> None:
    """Put those who could vote on the roll of the new vote, as far as there is somebody to write to."""
    kept = ("cluster_id", "organisation_id", "organisation_name", "person_id", "name", "email", "language")
    rows = vote.electors.exclude(email="").exclude(organisation=None).order_by("pk")
    Elector.objects.bulk_create(
        Elector(vote=again, is_typed=row.is_typed, **{name: getattr(row, name) for name in kept})
        for row in rows
    )
