"""Open a survey: freeze its questions and write down who is invited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.actors.models import Person
from kontor.actors.queries.segments import Segment
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.queries.surveys.reach import chosen_people
from kontor.listening.services.surveys.links import links_for
from kontor.questionnaires.services import release

BATCH = 1000


@transaction.atomic
def open_survey(*, survey: Survey, user: User | None, now: datetime) -> int:
    """Let the survey run and return how many people are invited; the mails go out afterwards, as a job.

    Raises ListeningError "survey.already_open", "survey.closing_needed" or "survey.nobody", and
    QuestionnaireError "questionnaire.not_sound".
    """
    current = Survey.objects.select_for_update().select_related("questionnaire", "cluster").get(pk=survey.pk)
    if current.state != Survey.State.DRAFT:
        raise ListeningError("survey.already_open")
    if current.closes_at is None or current.closes_at <= now:
        raise ListeningError("survey.closing_needed")
    current.version_asked = release(questionnaire=current.questionnaire, user=user)
    current.state, current.opened_at = Survey.State.RUNNING, now
    current.version += 1
    current.save()
    on = timezone.localdate(now)
    people = chosen_people(current.cluster, current.chosen, on, one_per=current.one_per)
    if not people:
        raise ListeningError("survey.nobody")
    invite(current, people)
    return len(people)


def invite(survey: Survey, people: Iterable[tuple[Person, Segment]]) -> list[Invitee]:
    """Write down the people as invited, with their groups of today; named ones get their links at once."""
    invitees = Invitee.objects.bulk_create(
        [
            Invitee(
                cluster_id=survey.cluster_id,
                survey=survey,
                organisation_id=person.organisation_id,
                person=person,
                email=person.email.strip().lower(),
                language=person.language,
                segment=asdict(segment),
            )
            for person, segment in people
        ],
        batch_size=BATCH,
    )
    if not survey.is_anonymous:
        links_for(survey, invitees)
    return invitees
