"""The pages of results: what they say, to whom, with how many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.listening.models import Survey
from tests.listening.surveyed import answer, full_survey

EVERYTHING = {
    "abroad": "yes",
    "topics": ["market_access", "_other"],
    "topics~other": "A “test” field",
    "mood": 4,
    "matrix": {"fairs": "often", "visits": "never"},
    "rank": ["b", "a"],
    "staff": 120,
    "since": "2020-05-04",
    "where": ["DK", "NL"],
    "words": "<script>alert(1)</script> مرحبا 🙂",
}


def address(survey, page="survey-results", *more):
    return reverse(f"listening:{page}", args=[survey.cluster.slug, survey.pk, *more])


def closed(cluster, **fields):
    gone = timezone.now() - timedelta(days=2)
    return full_survey(cluster, state=Survey.State.CLOSED, closes_at=gone, closed_at=gone, **fields)


@pytest.mark.parametrize("section", ["one", "two"])
@pytest.mark.parametrize("look", ["", "by=kind", "only=kind:sme", "weight=kind", "by=size&weight=kind"])
def test_every_kind_of_question_is_shown(cluster, manager_client, section, look):
    survey = full_survey(cluster)
    for kind in ("sme", "sme", "large"):
        answer(survey, EVERYTHING, kind=kind)
    answer(survey, {"abroad": "no"}, kind="large")

    response = manager_client.get(f"{address(survey)}?section={section}&{look}")

    assert (response.status_code, len(response.context["results"])) == (200, {"one": 4, "two": 5}[section])


def test_shares_are_of_those_who_answered(cluster, manager_client):
    survey = full_survey(cluster)
    answer(survey, {"abroad": "yes"})
    answer(survey, {"abroad": "no"})
    answer(survey, {})

    result = manager_client.get(address(survey)).context["results"][0]

    assert ([row.share for row in result.rows], result.people, result.silent) == ([0.5, 0.5], 2, 1)


def test_who_was_not_asked_is_counted_apart(cluster, manager_client):
    survey = full_survey(cluster)
    answer(survey, {"abroad": "yes", "topics": ["none"]})
    answer(survey, {"abroad": "no"})
    answer(survey, {"abroad": "yes"})

    result = manager_client.get(address(survey)).context["results"][1]

    assert (result.people, result.silent, result.unasked) == (1, 1, 1)


def test_a_new_answer_is_seen_at_once(cluster, manager_client):
    survey = full_survey(cluster)
    answer(survey, {"abroad": "yes"})
    manager_client.get(address(survey))
    answer(survey, {"abroad": "yes"})

    assert manager_client.get(address(survey)).context["results"][0].people == 2


def test_a_changed_answer_is_seen_once_the_revision_is_counted(cluster, manager_client):
    survey = full_survey(cluster, answers_revision=1)
    given = answer(survey, {"abroad": "yes"})
    manager_client.get(address(survey))
    given.answers = {"abroad": "no"}
    given.save()
    Survey.objects.filter(pk=survey.pk).update(answers_revision=2)

    leading = manager_client.get(address(survey)).context["results"][0].leading

    assert leading.key == "no"


def test_results_ask_the_database_the_same_however_many_answered(cluster, manager_client):
    survey = full_survey(cluster)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            answer(survey, EVERYTHING, kind="sme")
        manager_client.get(address(survey))
        with CaptureQueriesContext(connection) as queries:
            manager_client.get(f"{address(survey)}?by=kind")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["survey-responses", "survey-texts", "survey-named"])
def test_lists_ask_the_database_the_same_however_many_answered(cluster, manager_client, page):
    survey = full_survey(cluster)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            answer(survey, EVERYTHING, kind="sme")
        manager_client.get(address(survey))
        with CaptureQueriesContext(connection) as queries:
            manager_client.get(f"{address(survey, page)}?question=abroad&answer=yes")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_hostile_words_are_shown_as_words(cluster, manager_client):
    survey = full_survey(cluster)
    given = answer(survey, EVERYTHING | {"words": "<script>alert(1)</script> مرحبا" + "ü" * 100_000})
    pages = [
        f"{address(survey)}?section=two",
        address(survey, "survey-said", "words"),
        address(survey, "survey-response", given.pk),
        address(survey, "survey-texts"),
        address(survey, "survey-text", given.pk, "words"),
    ]

    texts = [manager_client.get(page).content.decode() for page in pages]

    assert ["<script>alert" in text for text in texts] == [False] * 5
    assert ["&lt;script&gt;alert" in text for text in texts] == [True] * 5


def test_a_figure_leads_to_those_behind_it(cluster, manager_client):
    survey = full_survey(cluster)
    behind = answer(survey, {"abroad": "yes"})
    answer(survey, {"abroad": "no"})

    page = manager_client.get(f"{address(survey, 'survey-named')}?question=abroad&answer=yes").context["page"]

    assert [each.pk for each in page] == [behind.pk]


@pytest.mark.parametrize("kind", [RoleKind.BOARD])
@pytest.mark.parametrize(
    "page", ["survey-named", "survey-responses", "survey-texts", "survey-responses-xlsx"]
)
def test_the_board_sees_no_single_answers(cluster, client_of, key_to, kind, page):
    survey = closed(cluster)
    answer(survey, EVERYTHING)

    assert client_of(key_to(kind)).get(address(survey, page)).status_code == 403


def test_the_board_sees_no_words_and_no_names(cluster, client_of, key_to):
    survey = closed(cluster)
    for _ in range(6):
        answer(survey, EVERYTHING | {"words": "A word of ours"})

    response = client_of(key_to(RoleKind.BOARD)).get(f"{address(survey)}?section=two")

    assert ("A word of ours" in response.content.decode(), "results/named" in response.content.decode()) == (
        False,
        False,
    )


@pytest.mark.parametrize(
    ("is_anonymous", "kind"), [(True, RoleKind.MANAGER), (True, RoleKind.BOARD), (False, RoleKind.BOARD)]
)
def test_guarded_figures_wait_until_nobody_can_answer_any_more(
    cluster, client_of, key_to, is_anonymous, kind
):
    survey = full_survey(cluster, is_anonymous=is_anonymous)
    for _ in range(9):
        answer(survey, EVERYTHING)

    response = client_of(key_to(kind)).get(address(survey))

    assert (response.status_code, "results" in response.context) == (200, False)


def test_a_survey_without_answers_says_what_will_stand_there(cluster, manager_client):
    response = manager_client.get(address(full_survey(cluster)))

    assert (response.status_code, "No answers yet" in response.content.decode()) == (200, True)


def test_a_survey_in_preparation_opens_too(cluster, manager_client):
    survey = full_survey(cluster, state=Survey.State.DRAFT)
    survey.version_asked = None
    survey.save()

    assert manager_client.get(address(survey)).status_code == 200


def test_nonsense_in_the_address_is_left_out(cluster, manager_client):
    survey = full_survey(cluster)
    answer(survey, EVERYTHING)
    nonsense = "by=x&only=kind&only=:&only=kind:x&weight=y&with=z&section=q"

    assert manager_client.get(f"{address(survey)}?{nonsense}").status_code == 200


def test_an_earlier_survey_with_the_same_question_is_compared(cluster, manager_client):
    before = closed(cluster, opened_at=timezone.now() - timedelta(days=400))
    now = full_survey(cluster, opened_at=timezone.now())
    for yes in (True, False):
        answer(before, {"abroad": "yes" if yes else "no"})
    answer(now, {"abroad": "yes"})

    result = manager_client.get(f"{address(now)}?with={before.pk}").context["results"][0]

    assert [(row.change.before, row.change.difference) for row in result.rows] == [(0.5, 0.5), (0.5, -0.5)]
