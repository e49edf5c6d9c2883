"""What surveys tell the strategy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kontor.listening.evidence import EVIDENCE
from kontor.listening.models import Survey
from kontor.reports.model import Missing, Table
from tests.factories import InviteeFactory, SurveyFactory

TODAY = date(2026, 11, 24)


def finished(cluster, **fields):
    closed = {"state": Survey.State.CLOSED, "closed_at": datetime(2026, 5, 4, tzinfo=UTC)}
    return SurveyFactory(cluster=cluster, **closed | fields)


def invited(survey, kind, number, answered):
    for each in range(number):
        InviteeFactory(survey=survey, segment={"kind": kind}, is_answered=each < answered)


@pytest.mark.parametrize("key", EVIDENCE)
def test_without_answers_the_document_says_what_to_do(cluster, key):
    assert isinstance(EVIDENCE[key](cluster, TODAY), Missing)


def test_the_response_is_told_by_kind_of_organisation(cluster):
    survey = finished(cluster)
    invited(survey, "sme", 8, 4)
    invited(survey, "large", 5, 3)

    table = EVIDENCE["listening.response"](cluster, TODAY)

    assert isinstance(table, Table)
    assert [row[1:] for row in table.rows] == [(8, 4, 0.5), (5, 3, 0.6)]


def test_the_response_of_two_is_not_told_even_by_subtraction(cluster):
    survey = finished(cluster)
    invited(survey, "sme", 8, 6)
    invited(survey, "research", 6, 5)
    invited(survey, "large", 5, 2)

    table = EVIDENCE["listening.response"](cluster, TODAY)

    assert [row[2] for row in table.rows] == [6, None, None]


def test_the_last_survey_finished_by_the_day_is_meant(cluster):
    survey = finished(cluster)
    invited(survey, "sme", 3, 3)
    invited(finished(cluster, state=Survey.State.RUNNING), "sme", 9, 9)
    later = finished(cluster)
    Survey.objects.filter(pk=later.pk).update(closed_at=timezone.now() + timedelta(days=4000))

    assert [row[1] for row in EVIDENCE["listening.response"](cluster, TODAY).rows] == [3]
