"""Keep the notes to the guide, and note that a talk was held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kontor.accounts.services import claim_edit
from kontor.listening.models import Interview
from kontor.listening.problems import ListeningError
from kontor.needs.models import Hearing, Need
from kontor.needs.services import Occasion, note_hearing, take_answers
from kontor.questionnaires.answers import Reading, read
from kontor.questionnaires.vocabulary import vocabulary_of

_CLOSED = (Interview.State.DECLINED, Interview.State.UNUSED)


def reference_of(interview: Interview) -> str:
    """Return where the answers to the guide were given.

    Not just "interview:7": what is taken anew from the answers replaces all needs below their reference, and
    the needs of marked passages ("interview:7:p3") must stay.
    """
    return f"interview:{interview.pk}:guide"


def reading_of(interview: Interview, fields: Mapping[str, Any] | None = None) -> Reading:
    """Return what the notes to the guide say; a talk need not answer every question."""
    guide = interview.study.guide
    if guide is None:
        return Reading({}, {}, frozenset())
    asked = guide.asked
    vocabulary = vocabulary_of(interview.cluster, _language(interview), asked)
    return read(asked, interview.fields if fields is None else fields, vocabulary, is_final=False)


@transaction.atomic
def save_notes(
    *, interview: Interview, fields: Mapping[str, list[str]], edition: int, takes_needs: bool = False
) -> int:
    """Keep the notes as typed, faulty or not, and return the new edition.

    takes_needs: after a talk that was held, bring needs and expectations to what the notes say now. Raises
    ListeningError "interview.notes_changed_meanwhile" where another tab was faster.
    """
    if interview.state in _CLOSED:
        raise ListeningError("interview.not_open")
    won = Interview.objects.filter(pk=interview.pk, edition=edition).update(
        fields=dict(fields), edition=F("edition") + 1, updated_at=timezone.now()
    )
    if not won:
        raise ListeningError("interview.notes_changed_meanwhile")
    reading = reading_of(interview, fields)
    if takes_needs and interview.state == Interview.State.HELD and not reading.faults:
        _take(interview, reading)
    return edition + 1


@transaction.atomic
def hold(*, interview: Interview, expected_version: int, held_on: date, notes: str = "") -> Interview:
    """Note that the talk was held: the member is heard, and the needs in the notes are on record.

    Holding it again after changes brings day, needs and expectations up to date. Raises EditConflict and
    ListeningError "interview.not_open", "interview.future" or "interview.notes_faulty".
    """
    current = claim_edit(interview, expected_version)
    if current.state in _CLOSED:
        raise ListeningError("interview.not_open")
    if held_on > timezone.localdate():
        raise ListeningError("interview.future")
    reading = reading_of(current)
    if reading.faults:
        raise ListeningError("interview.notes_faulty", faults=len(reading.faults))
    current.state, current.held_on, current.notes = Interview.State.HELD, held_on, notes.strip()
    current.clean_fields(exclude=["fields"])
    current.save()
    _take(current, reading)
    return current


@transaction.atomic
def take_back_held(*, interview: Interview, expected_version: int) -> Interview:
    """Note that the talk was not held after all; needs that somebody has worked on stay.

    Raises EditConflict or ListeningError "interview.not_held".
    """
    current = claim_edit(interview, expected_version)
    if current.state != Interview.State.HELD:
        raise ListeningError("interview.not_held")
    _take(current, Reading({}, {}, frozenset()))
    Hearing.objects.filter(cluster=current.cluster_id, reference=reference_of(current)).delete()
    current.state = Interview.State.APPOINTED if current.appointed_at else Interview.State.OPEN
    current.held_on = None
    current.save()
    return current


def _take(interview: Interview, reading: Reading) -> None:
    occasion = Occasion(
        organisation=interview.organisation,
        source=Need.Source.INTERVIEW,
        on=interview.held_on or timezone.localdate(),
        reference=reference_of(interview),
        person=interview.person,
        language=_language(interview),
    )
    guide = interview.study.guide
    if guide is None:
        note_hearing(cluster=interview.cluster, occasion=occasion)
    else:
        take_answers(
            cluster=interview.cluster, occasion=occasion, definition=guide.asked, answers=reading.answers
        )


def _language(interview: Interview) -> str:
    return interview.person.language if interview.person else "de"
