"""Anonymous means anonymous: nothing that is stored leads from an answer to whoever gave it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from kontor.jobs.models import Job
from kontor.listening.models import Invitee, Survey, SurveyResponse
from kontor.listening.problems import ListeningError
from kontor.listening.services import surveys
from kontor.needs.models import Hearing
from tests.factories import InviteeFactory
from tests.listening.answering import link_of, running

pytestmark = pytest.mark.django_db

ANSWERS = [
    {"q-topics": "market_access", "q-words": "first"},
    {"q-topics": "skilled_staff", "q-words": "second"},
]


def answer(client, invitees, order):
    for invitee, given in zip(invitees, order, strict=True):
        client.post(link_of(invitee), {"send": 1, **given})


@pytest.fixture
def people(cluster):
    """Return six people of an anonymous survey."""
    survey = running(cluster, is_anonymous=True)
    return [InviteeFactory(survey=survey, segment={"kind": "sme"}) for _ in range(6)]


def state_of(people) -> str:
    """Return every column of what is stored about the people themselves."""
    rows = Invitee.objects.filter(pk__in=[each.pk for each in people]).order_by("pk").values()
    return json.dumps(list(rows), default=str)


def test_two_people_who_swap_their_answers_leave_the_same_rows(client, people):
    """Whoever compares the two databases sees no difference, so neither tells who gave which answer."""
    found = []
    with time_machine.travel(timezone.now(), tick=False):
        for order in (ANSWERS, ANSWERS[::-1]):
            mark = transaction.savepoint()
            answer(client, people[:2], order)
            drawn = {"id", "slot"}
            rows = [
                {name: value for name, value in row.items() if name not in drawn}
                for row in SurveyResponse.objects.values()
            ]
            found.append((state_of(people), sorted(json.dumps(row, default=str) for row in rows)))
            transaction.savepoint_rollback(mark)

    assert found[0] == found[1]


def test_no_other_row_changes_with_the_answer(client, people):
    """Only the invitee's tick and the answer are new: no session, job, audit entry, need or hearing."""
    link = link_of(people[0])
    before = {model: model._base_manager.count() for model in apps.get_models()}
    client.post(link, {"send": 1, **ANSWERS[0]})
    grown = {model.__name__ for model, count in before.items() if model._base_manager.count() != count}

    assert grown == {"SurveyResponse"}


def test_neither_trail_nor_jobs_know_of_the_answer(client, people):
    link = link_of(people[0])
    client.post(link, {"send": 1, **ANSWERS[0]})

    told = json.dumps([list(LogEntry.objects.values()), list(Job.objects.values())], default=str)
    assert [
        word for word in ("first", people[0].email, str(SurveyResponse.objects.get().pk)) if word in told
    ] == []


@pytest.mark.parametrize(("answered", "heard"), [(4, 0), (5, 5)])
def test_members_count_as_heard_on_the_closing_day_where_enough_took_part(client, people, answered, heard):
    answer(client, people[:answered], [ANSWERS[0]] * answered)
    survey = people[0].survey
    with time_machine.travel(
        survey.closes_at + timedelta(minutes=survey.grace_minutes, seconds=1), tick=False
    ):
        surveys.tend_surveys(now=timezone.now())
        surveys.tend_surveys(now=timezone.now())

    days = {each.on for each in Hearing.objects.all()}
    closing = {timezone.localdate(survey.closes_at)} if heard else set()
    assert (Hearing.objects.count(), days) == (heard, closing)


def test_once_it_is_over_all_answers_are_written_anew(client, people):
    answer(client, people[:5], [ANSWERS[0]] * 5)
    before = set(SurveyResponse.objects.values_list("pk", "slot"))
    survey = people[0].survey
    with time_machine.travel(survey.closes_at + timedelta(days=1), tick=False):
        surveys.tend_surveys(now=timezone.now())
    after = set(SurveyResponse.objects.values_list("pk", "slot"))

    assert (len(after), before & after) == (5, set())


def test_the_list_of_invited_people_never_says_who_has_answered(client, manager_client, people):
    survey = people[0].survey
    address = f"/{survey.cluster.slug}/listening/surveys/{survey.pk}/invitees/"
    before = manager_client.get(address).content.decode()
    Invitee.objects.filter(pk=people[0].pk).update(is_answered=True)

    def stripped(text: str) -> str:
        return text.split('id="main"')[1]

    assert stripped(manager_client.get(address).content.decode()) == stripped(before)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_once_its_figures_are_out_an_anonymous_survey_stays_closed(cluster, is_anonymous):
    """One person more, and the difference between two looks would be that person's answers."""
    now = timezone.now()
    survey = running(cluster, is_anonymous=is_anonymous)
    surveys.close_survey(survey=survey, now=now - timedelta(minutes=survey.grace_minutes))
    survey.refresh_from_db()
    code = ""
    try:
        surveys.reopen_survey(survey=survey, closes_at=now + timedelta(days=1), now=now)
    except ListeningError as problem:
        code = problem.code

    assert code == ("survey.figures_are_out" if is_anonymous else "")


def test_within_the_grace_time_an_anonymous_survey_opens_again(cluster):
    now = timezone.now()
    survey = running(cluster, is_anonymous=True)
    surveys.close_survey(survey=survey, now=now)
    surveys.reopen_survey(survey=survey, closes_at=now + timedelta(days=1), now=now + timedelta(minutes=1))

    assert survey.state == Survey.State.RUNNING
