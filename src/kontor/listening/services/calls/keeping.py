"""Keep what a caller types, while the talk is going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kontor.accounts.models import User
from kontor.actors.models import Person
from kontor.listening.models import CallTarget
from kontor.listening.services.calls.reserving import reserve_again, until, why_not_mine

LONGEST_NOTES = 100_000


@dataclass(frozen=True)
class Typed:
    """What stands in the caller's form. fields: as questionnaires.answers.fields_in reads them."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    notes: str = ""
    person: Person | None = None


@transaction.atomic
def keep(*, target: CallTarget, caller: User, edition: int, typed: Typed) -> int:
    """Store the form as it stands, prolong the reservation and return the new edition.

    Raises ListeningError "call.other_tab", "call.taken_by_other", "call.finished" or "call.gone"; what is
    stored then stays as it is.
    """
    claim(target, caller, edition)
    write(target, typed)
    return edition + 1


def claim(target: CallTarget, caller: User, edition: int) -> None:
    """Count one save of `caller`'s form, or raise as `keep` does.

    Comparison and count are one statement, so of two tabs exactly one wins. A reservation that ran out and
    that nobody else has taken is renewed.
    """
    if _won(target, caller, edition):
        return
    row = CallTarget.objects.filter(pk=target.pk, edition=edition).select_related("campaign").first()
    if row is None or not reserve_again(row, caller) or not _won(target, caller, edition):
        raise why_not_mine(target, caller)


def write(target: CallTarget, typed: Typed) -> None:
    """Store what was typed; the person only where it is one of the member's."""
    person = typed.person if typed.person and typed.person.organisation_id == target.organisation_id else None
    CallTarget.objects.filter(pk=target.pk).update(
        fields=dict(typed.fields), notes=typed.notes[:LONGEST_NOTES], person=person
    )


def _won(target: CallTarget, caller: User, edition: int) -> bool:
    mine = CallTarget.objects.filter(
        pk=target.pk, edition=edition, state=CallTarget.State.RESERVED, reserved_by=caller
    )
    later = until(target.campaign, timezone.now())
    return bool(mine.update(edition=F("edition") + 1, reserved_until=later))
