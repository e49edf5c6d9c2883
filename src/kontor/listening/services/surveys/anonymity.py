"""What is left to do for anonymous answers once a survey is over."""

from __future__ import annotations

import random
import uuid

from django.db.models import F
from django.utils import timezone

from kontor.listening.models import Invitee, Survey, SurveyResponse
from kontor.listening.services.surveys.storing import ENOUGH_TO_HIDE
from kontor.needs.models import Hearing, Need


def note_hearings(survey: Survey) -> None:
    """Count the members that took part as heard, dated on the closing day, where at least five did.

    That a member was heard is true and keeps it off the call list; on which day it answered is told to
    nobody. With fewer answers even that says too much, and nobody is counted.
    """
    spoke = Invitee.objects.filter(survey=survey, is_answered=True)
    organisations = sorted(set(spoke.values_list("organisation_id", flat=True)))
    if len(organisations) < ENOUGH_TO_HIDE or survey.closed_at is None:
        return
    on = timezone.localdate(survey.closed_at)
    told = Hearing.objects.filter(cluster=survey.cluster_id, reference__startswith=f"survey:{survey.pk}:h:")
    known = set(told.values_list("reference", flat=True))
    Hearing.objects.bulk_create(
        Hearing(
            cluster_id=survey.cluster_id,
            organisation_id=pk,
            source=Need.Source.SURVEY,
            on=on,
            reference=f"survey:{survey.pk}:h:{pk}",
        )
        for pk in organisations
        if f"survey:{survey.pk}:h:{pk}" not in known
    )


def mix(survey: Survey) -> None:
    """Write all answers anew in an order of chance, and touch all invitees at once.

    A database keeps rows roughly in the order in which they were written, and PostgreSQL an updated row like
    a new one: below the columns, the n-th answer would belong to the n-th invitee who answered.
    """
    answers = list(SurveyResponse.objects.filter(survey=survey))
    SurveyResponse.objects.filter(survey=survey).delete()
    random.SystemRandom().shuffle(answers)
    for answer in answers:
        answer.pk, answer.slot = uuid.uuid4(), uuid.uuid4().hex
    SurveyResponse.objects.bulk_create(answers, batch_size=500)
    Invitee.objects.filter(survey=survey).update(is_answered=F("is_answered"))
