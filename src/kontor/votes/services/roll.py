"""The roll: which organisations may vote, each once, and who casts the vote for each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from kontor.actors.models import Organisation, Person
from kontor.votes.models import Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.queries.roll import contacts, members_without
from kontor.votes.services.links import withdraw_links
from kontor.votes.services.preparing import require_draft


@transaction.atomic
def add_members(*, vote: Vote, on: date, organisation_ids: Collection[int] | None = None) -> int:
    """Put members on the roll, each with its first contact who may be written to; return how many are new.

    organisation_ids: only these; None for all members of the day. Whoever has no such contact is left out
    and told of by queries.roll.unreachable. Raises VoteError "vote.over".
    """
    _require_growing(vote)
    known = contacts(vote.cluster)
    found = members_without(vote, on)
    if organisation_ids is not None:
        found = found.filter(pk__in=organisation_ids)
    rows = [_row(vote, each, known[each.pk][0]) for each in found if each.pk in known]
    return len(Elector.objects.bulk_create(rows))


@transaction.atomic
def add_elector(
    *,
    vote: Vote,
    organisation: Organisation,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    language: str = "de",
) -> Elector:
    """Put one organisation on the roll: with a person of the directory, or with name and address as typed.

    Raises VoteError "vote.over", "vote.on_the_roll_already", "vote.of_another_cluster",
    "vote.contact_unsuitable" or "vote.no_address".
    """
    _require_growing(vote)
    if organisation.cluster_id != vote.cluster_id:
        raise VoteError("vote.of_another_cluster")
    elector = _row(vote, organisation, None)
    _set_contact(elector, person, name=name, email=email, language=language)
    try:
        with transaction.atomic():
            elector.save()
    except IntegrityError:
        raise VoteError("vote.on_the_roll_already", name=organisation.name) from None
    return elector


@transaction.atomic
def change_contact(
    *, elector: Elector, person: Person | None = None, name: str = "", email: str = "", language: str = "de"
) -> Elector:
    """Let somebody else cast the vote; earlier links open nothing any more, and a new mail is due.

    Raises VoteError "vote.over", "vote.has_voted", "vote.contact_unsuitable" or "vote.no_address".
    """
    vote = Vote.objects.select_for_update().get(pk=elector.vote_id)
    _require_growing(vote)
    current = Elector.objects.select_for_update().get(pk=elector.pk)
    if current.has_voted:
        raise VoteError("vote.has_voted", name=current.organisation_name)
    _set_contact(current, person, name=name, email=email, language=language)
    current.mail, current.mail_problem = Elector.Mail.WAITING, ""
    current.invited_at = current.reminded_at = None
    current.save()
    withdraw_links(current)
    return current


@transaction.atomic
def remove_elector(*, elector: Elector) -> None:
    """Take an organisation off the roll while nobody votes yet; raises VoteError "vote.not_in_preparation".

    Later the roll only grows: who left would lower the quorum, and a vote that is cast cannot be found.
    """
    require_draft(Vote.objects.select_for_update().get(pk=elector.vote_id))
    Elector.objects.filter(pk=elector.pk).delete()


def _require_growing(vote: Vote) -> None:
    if vote.state not in (Vote.State.DRAFT, Vote.State.OPEN):
        raise VoteError("vote.over")


def _row(vote: Vote, organisation: Organisation, person: Person | None) -> Elector:
    elector = Elector(
        cluster_id=vote.cluster_id,
        vote=vote,
        organisation=organisation,
        organisation_name=organisation.name[:300],
    )
    if person is not None:
        _take(elector, person)
    return elector


def _take(elector: Elector, person: Person) -> None:
    elector.person, elector.name = person, str(person)
    elector.email, elector.language = person.email.strip().lower(), person.language
    elector.is_typed = False


def _set_contact(elector: Elector, person: Person | None, *, name: str, email: str, language: str) -> None:
    if person is not None:
        if person.organisation_id != elector.organisation_id or not person.may_be_written_to:
            raise VoteError("vote.contact_unsuitable")
        _take(elector, person)
        return
    if not email.strip():
        raise VoteError("vote.no_address")
    elector.person, elector.name, elector.is_typed = None, name.strip(), True
    elector.email, elector.language = email.strip().lower(), language
    elector.full_clean(
        exclude=["cluster", "vote", "organisation"], validate_unique=False, validate_constraints=False
    )
