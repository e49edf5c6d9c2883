"""The 19 points: computed where there is data, by hand where not."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from kontor.journey.catalogue import points
from kontor.journey.checklist import answered_points, computed_points
from kontor.journey.models import PointAnswer
from kontor.journey.services import answer_point
from kontor.ui.components import PointState
from tests.factories import HearingFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
KICK_OFF = 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_there_are_nineteen_points_in_order(language):
    assert [point.number for point in points(language)] == list(range(1, 20))


def test_every_point_is_answered_once(cluster):
    assert [each.check.point for each in answered_points(cluster, TODAY)] == list(range(1, 20))


def test_an_answer_by_hand_counts_where_no_chapter_computes(cluster):
    answer_point(
        cluster=cluster,
        point=KICK_OFF,
        state="done",
        note=LazyI18nString("In May."),
        user=None,
        expected_version=0,
    )

    check = answered_points(cluster, TODAY)[KICK_OFF - 1].check
    assert (check.state, check.reason, check.is_by_hand) == (PointState.DONE, "In May.", True)


def test_a_computed_point_cannot_be_answered_by_hand(manager_client, cluster):
    computed = min(computed_points(cluster, TODAY))

    response = manager_client.post(
        reverse("journey:answer", args=[cluster.slug, computed]), {"state": "done"}
    )

    assert (response.status_code, PointAnswer.objects.count()) == (404, 0)


def test_answering_works_with_a_plain_form(manager_client, cluster):
    url = reverse("journey:answer", args=[cluster.slug, KICK_OFF])

    manager_client.post(url, {"state": "running", "note_de": "Im Mai.", "note_en": "In May.", "version": "0"})

    answer = PointAnswer.objects.get()
    assert (answer.state, answer.note.data) == ("running", {"de": "Im Mai.", "en": "In May."})


def test_two_answers_at_once_end_in_a_conflict(manager_client, cluster):
    answer_point(
        cluster=cluster,
        point=KICK_OFF,
        state="done",
        note=LazyI18nString("In May."),
        user=None,
        expected_version=0,
    )

    response = manager_client.post(
        reverse("journey:answer", args=[cluster.slug, KICK_OFF]), {"state": "open", "version": "0"}
    )

    assert (response.status_code, PointAnswer.objects.get().state) == (409, "done")


def test_a_point_of_two_chapters_is_as_far_as_the_weaker_one_and_tells_both_reasons(cluster):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    PersonFactory(organisation=firm, consent_on=date(2024, 1, 1))

    check = answered_points(cluster, TODAY)[9].check

    assert (check.state, check.is_by_hand) == (PointState.OPEN, False)
    assert check.reason == (
        "1 of 1 member has a contact who agreed to be written to. "
        "No member has been heard in the last twelve months."
    )


def test_point_ten_is_no_longer_answered_by_hand(manager_client, cluster):
    HearingFactory(organisation=MembershipFactory(organisation__cluster=cluster).organisation)

    assert manager_client.get(reverse("journey:answer", args=[cluster.slug, 10])).status_code == 404
