"""Write an answer down: with a name and the needs in it, or so that nothing leads back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from kontor.listening.models import Invitee, Survey, SurveyResponse
from kontor.needs.models import Need
from kontor.needs.services import Occasion, take_answers

# An anonymous answer keeps the kind of organisation only where so many invitees share it.
ENOUGH_TO_HIDE = 5


def slot_of(invitee: Invitee) -> str:
    """Return the place that holds one answer: of the organisation, or of the person invited."""
    if invitee.survey.one_per == Survey.OnePer.ORGANISATION:
        return f"o:{invitee.organisation_id}"
    return f"p:{invitee.pk}"


def store_anonymous(invitee: Invitee, answers: dict[str, Any]) -> None:
    """Store the answer without name, language or time, and note of the invitee only that there is one.

    The two rows have nothing in common: the answer's key and slot are drawn by chance, neither row has a
    time, no link is marked as opened or done, and the audit trail hears of neither. What a database keeps
    below its columns, the place of a row on the disk, is mixed when the survey is settled.
    """
    kind = invitee.segment.get("kind", "")
    sharing = Invitee.objects.filter(survey=invitee.survey_id, segment__kind=kind).count()
    Invitee.objects.filter(pk=invitee.pk).update(is_answered=True)
    SurveyResponse.objects.create(
        cluster_id=invitee.cluster_id,
        survey_id=invitee.survey_id,
        slot=uuid.uuid4().hex,
        answers=answers,
        segment={"kind": kind} if sharing >= ENOUGH_TO_HIDE else {},
    )
    _count_change(invitee)


def store_named(invitee: Invitee, answers: dict[str, Any], *, language: str, now: datetime) -> None:
    """Store or replace the answer and bring the member's needs to what it says."""
    slot = slot_of(invitee)
    SurveyResponse.objects.update_or_create(
        survey_id=invitee.survey_id,
        slot=slot,
        defaults={
            "cluster_id": invitee.cluster_id,
            "organisation_id": invitee.organisation_id,
            "person_id": invitee.person_id,
            "answers": answers,
            "segment": invitee.segment,
            "language": language[:2],
            "submitted_at": now,
        },
    )
    Invitee.objects.filter(pk=invitee.pk).update(is_answered=True, answered_at=now)
    _count_change(invitee)
    version = invitee.survey.version_asked
    assert version is not None  # whoever is invited was asked a version
    take_answers(
        cluster=invitee.survey.cluster,
        occasion=Occasion(
            organisation=invitee.organisation,
            source=Need.Source.SURVEY,
            on=timezone.localdate(now),
            reference=f"survey:{invitee.survey_id}:{slot}",
            person=invitee.person,
            language=language[:2],
        ),
        definition=version.asked,
        answers=answers,
    )


def _count_change(invitee: Invitee) -> None:
    """Let the results notice that they are out of date."""
    surveys = Survey.objects.filter(pk=invitee.survey_id)
    surveys.update(answers_revision=F("answers_revision") + 1)
