"""Members' own words: which wait, what becomes of them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.listening.models import ReadText
from kontor.listening.queries.texts import words_in
from kontor.needs.models import Need
from kontor.needs.services import Occasion, take_answers
from tests.factories import NeedTopicFactory
from tests.listening.surveyed import answer, full_survey

WORDS = {
    "abroad": "yes",
    "topics": ["_other"],
    "topics~other": "A test field",
    "where": ["NL"],
    "words": "Thanks",
}


def address(survey, page, *more):
    return reverse(f"listening:{page}", args=[survey.cluster.slug, survey.pk, *more])


def form(topic, **fields):
    return {
        "make": "",
        "topic": topic.pk,
        "statement": "A test field",
        "urgency": 3,
        "country": "NL",
    } | fields


@pytest.fixture
def survey(cluster):
    """Return a survey with every kind of question."""
    return full_survey(cluster)


def test_words_about_needs_come_first(survey):
    answer(survey, WORDS)

    assert [(each.name, each.text, each.state) for each in words_in(survey)] == [
        ("topics~other", "A test field", "waiting"),
        ("words", "Thanks", "waiting"),
    ]


def test_a_text_becomes_a_need_with_what_the_answer_says(survey, manager_client):
    given = answer(survey, WORDS)
    topic = NeedTopicFactory(cluster=survey.cluster)

    manager_client.post(address(survey, "survey-text", given.pk, "topics~other"), form(topic))

    need = Need.objects.get()
    assert (need.organisation, need.topic, need.country, need.urgency, need.source, need.recorded_on) == (
        given.organisation,
        topic,
        "NL",
        3,
        "survey",
        timezone.localdate(given.submitted_at),
    )


def test_the_form_begins_with_country_and_words_of_the_answer(survey, manager_client):
    given = answer(survey, WORDS)

    page = manager_client.get(address(survey, "survey-text", given.pk, "topics~other"))

    initial = page.context["form"].initial
    assert (initial["country"], initial["statement"], initial["urgency"]) == ("NL", "A test field", 2)


def test_a_text_is_put_before_nobody_twice(survey, manager_client):
    given = answer(survey, WORDS)
    topic = NeedTopicFactory(cluster=survey.cluster)
    url = address(survey, "survey-text", given.pk, "topics~other")

    statuses = [manager_client.post(url, form(topic)).status_code for _ in range(2)]

    assert (statuses, Need.objects.count(), ReadText.objects.count()) == ([302, 422], 1, 1)


def test_no_need_is_remembered_and_can_be_decided_anew(survey, manager_client):
    given = answer(survey, WORDS)
    url = address(survey, "survey-text", given.pk, "words")

    manager_client.post(url, {"none": ""})
    noted = [each.state for each in words_in(survey)]
    manager_client.post(url, {"again": ""})

    assert (noted, [each.state for each in words_in(survey)]) == (["waiting", "none"], ["waiting", "waiting"])


def test_changed_words_are_read_anew(survey, manager_client):
    given = answer(survey, WORDS)
    manager_client.post(address(survey, "survey-text", given.pk, "words"), {"none": ""})
    given.answers = WORDS | {"words": "We need staff"}
    given.save()
    survey.answers_revision += 1
    survey.save()

    assert [each.state for each in words_in(survey)] == ["waiting", "waiting"]


def test_a_need_of_a_text_stays_when_the_answers_are_taken_again(survey, manager_client):
    given = answer(survey, WORDS)
    topic = NeedTopicFactory(cluster=survey.cluster)
    manager_client.post(address(survey, "survey-text", given.pk, "topics~other"), form(topic))
    occasion = Occasion(
        organisation=given.organisation,
        source="survey",
        on=given.submitted_at.date(),
        reference=f"survey:{survey.pk}:{given.slot}",
    )

    take_answers(
        cluster=survey.cluster,
        occasion=occasion,
        definition=survey.version_asked.asked,
        answers=given.answers,
    )

    assert [need.statement for need in Need.objects.all()] == ["A test field"]


def test_a_faulty_form_loses_nothing(survey, manager_client):
    given = answer(survey, WORDS)

    page = manager_client.post(
        address(survey, "survey-text", given.pk, "words"),
        {"make": "", "statement": "My own words", "urgency": 3},
    )

    assert (page.status_code, page.context["form"]["statement"].value(), ReadText.objects.count()) == (
        422,
        "My own words",
        0,
    )


def test_a_topic_of_another_cluster_is_refused(survey, manager_client):
    given = answer(survey, WORDS)

    page = manager_client.post(address(survey, "survey-text", given.pk, "words"), form(NeedTopicFactory()))

    assert (page.status_code, Need.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["topics", "nothing", "mood", "words~other"])
def test_only_words_can_be_read(survey, manager_client, name):
    given = answer(survey, WORDS | {"mood": 3})

    assert manager_client.get(address(survey, "survey-text", given.pk, name)).status_code == 404


def test_an_answer_to_another_survey_is_not_found(survey, manager_client):
    elsewhere = answer(full_survey(survey.cluster), WORDS)

    assert manager_client.get(address(survey, "survey-response", elsewhere.pk)).status_code == 404


def test_anonymous_words_wait_for_nobody(cluster):
    anonymous = full_survey(cluster, is_anonymous=True)
    answer(anonymous, WORDS)

    assert words_in(anonymous) == []


def test_the_board_decides_nothing(survey, client_of, key_to):
    given = answer(survey, WORDS)

    page = client_of(key_to(RoleKind.BOARD)).post(
        address(survey, "survey-text", given.pk, "words"), {"none": ""}
    )

    assert (page.status_code, ReadText.objects.count()) == (403, 0)
