"""Attacks on small groups: from everything that the pages show, nobody's answers can be worked out."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import product

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kontor.accounts.models import RoleKind
from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.models import Survey
from kontor.listening.queries.looking import Look
from tests.listening.surveyed import answer, answers, full_survey
from tests.listening.test_result_counts import KINDS, read

LIMIT = 5
crowds = st.lists(st.tuples(answers(), st.sampled_from(KINDS)), min_size=4, max_size=30)


def closed(cluster, **fields):
    gone = timezone.now() - timedelta(days=2)
    return full_survey(cluster, state=Survey.State.CLOSED, closes_at=gone, closed_at=gone, **fields)


def address(survey, page="survey-results", *more):
    return reverse(f"listening:{page}", args=[survey.cluster.slug, survey.pk, *more])


@settings(max_examples=150, deadline=None)
@given(crowds)
def test_no_figure_of_any_page_speaks_of_fewer_than_five(rows):
    looks = [Look(), Look(by=Dimension.KIND), *(Look(only=((Dimension.KIND, kind),)) for kind in KINDS)]

    bases = [
        base
        for look in looks
        for result in read(rows, look, LIMIT).values()
        for base in (
            result.people,
            *(group.people for group in result.groups if result.people is not None),
            *(line.people for line in result.matrix),
        )
        if base is not None
    ]

    assert [base for base in bases if base < LIMIT] == []


@settings(max_examples=150, deadline=None)
@given(crowds)
def test_what_is_left_after_subtraction_speaks_of_nobody_or_of_five(rows):
    whole, alone = (
        read(rows, Look(), LIMIT),
        {kind: read(rows, Look(only=((Dimension.KIND, kind),)), LIMIT) for kind in KINDS},
    )

    for code, result in read(rows, Look(by=Dimension.KIND), LIMIT).items():
        if whole[code].people is None:
            continue
        beside = {group.key: group.people or 0 for group in result.groups}
        told = sum(max(beside.get(kind, 0), alone[kind][code].people or 0) for kind in KINDS)
        rest = whole[code].people - told
        assert rest == 0 or rest >= LIMIT
        for number, line in enumerate(whole[code].matrix):
            parts = [alone[kind][code].matrix for kind in KINDS]
            shown = sum((part[number].people or 0) for part in parts if part)
            assert line.people is None or line.people == shown or line.people - shown >= LIMIT


@pytest.fixture
def anonymous(cluster):
    """Return an anonymous survey of 6 small and 4 large members, of whom 2 are start-ups."""
    survey = closed(cluster, is_anonymous=True)
    for number in range(6):
        answer(
            survey,
            {"abroad": "yes", "words": f"Small {number}"},
            kind="sme",
            start_up="yes" if number < 2 else "no",
        )
    for number in range(4):
        answer(survey, {"abroad": "no", "words": f"Large {number}"}, kind="large", start_up="no")
    return survey


@pytest.mark.parametrize("kind", [RoleKind.MANAGER, RoleKind.TEAM, RoleKind.BOARD])
def test_nobody_sees_four_anonymous_people_beside_six(anonymous, client_of, key_to, kind):
    client = client_of(key_to(kind))

    looks = ("by=kind", "only=kind:large", "only=kind:sme", "by=start_up", "only=start_up:yes", "weight=kind")
    seen = [client.get(f"{address(anonymous)}?{look}").context["results"][0] for look in looks]

    shown = {(result.people, *(group.people for group in result.groups)) for result in seen}
    assert shown == {(10,)}


def test_filters_of_an_anonymous_survey_cannot_be_joined(anonymous, manager_client):
    for _ in range(20):
        answer(anonymous, {"abroad": "no"}, kind="large", start_up="no")
        answer(anonymous, {"abroad": "no"}, kind="sme", start_up="yes")

    looks = [
        f"only={one}&only={two}&by={by}"
        for one, two, by in product(("kind:sme",), ("start_up:yes",), ("kind", "size"))
    ]
    seen = [manager_client.get(f"{address(anonymous)}?{look}").context["results"][0] for look in looks]

    assert [(result.people, result.groups) for result in seen] == [(26, ())] * 2


def test_weighted_shares_tell_nothing_about_a_hidden_group(anonymous, manager_client):
    """With weights by a grouping that is not shown, two totals would give two groups."""
    result = manager_client.get(f"{address(anonymous)}?weight=start_up").context["results"][0]

    assert [row.weighted for row in result.rows] == [None, None]


def test_anonymous_words_stand_in_no_order_of_people(anonymous, manager_client):
    page = manager_client.get(address(anonymous, "survey-said", "words")).context["page"]

    texts = [text for text, _organisation, _key in page]
    assert (texts, {key for _text, _name, key in page}) == (sorted(texts), {None})


def test_anonymous_words_of_a_group_are_not_shown(anonymous, manager_client):
    for _ in range(9):
        answer(anonymous, {"abroad": "no", "words": "Large"}, kind="large", start_up="no")

    results = manager_client.get(f"{address(anonymous)}?section=two&only=kind:sme").context["results"]

    assert [result.texts for result in results] == [()] * 5


@pytest.mark.parametrize("page", ["survey-response", "survey-text"])
def test_no_anonymous_answer_can_be_opened(anonymous, manager_client, page):
    one = anonymous.responses.first()
    more = [one.pk, "words"] if page == "survey-text" else [one.pk]

    assert manager_client.get(address(anonymous, page, *more)).status_code == 404


def test_nobody_stands_behind_an_anonymous_figure(anonymous, manager_client):
    assert manager_client.get(f"{address(anonymous, 'survey-named')}?question=abroad").status_code == 404


def test_an_anonymous_file_holds_no_words_and_no_small_groups(anonymous, manager_client):
    content = manager_client.get(address(anonymous, "survey-responses-xlsx")).content
    book = load_workbook(BytesIO(content))

    heads = [cell.value for cell in book.worksheets[0][1]]
    assert (
        "words" in heads,
        "topics~other" in heads,
        [h for h in heads if h in {"Kind of organisation", "Start-up"}],
    ) == (
        False,
        False,
        [],
    )


def test_an_anonymous_file_shows_groups_only_where_five_share_all_of_them(cluster, manager_client):
    survey = closed(cluster, is_anonymous=True)
    for kind, start_up, number in (("sme", "yes", 6), ("sme", "no", 7), ("large", "no", 8)):
        for _ in range(number):
            answer(survey, {"abroad": "yes"}, kind=kind, start_up=start_up)

    book = load_workbook(BytesIO(manager_client.get(address(survey, "survey-responses-xlsx")).content))
    rows = list(book.worksheets[0].values)
    told = [rows[0].index(head) for head in ("Kind of organisation", "Start-up") if head in rows[0]]
    _kinds, sizes = np.unique(
        np.array([[row[each] for each in told] for row in rows[1:]]), axis=0, return_counts=True
    )

    assert (len(told), sizes.min() >= LIMIT) == (2, True)


def test_too_few_anonymous_answers_give_no_page_and_no_file(cluster, manager_client):
    survey = closed(cluster, is_anonymous=True)
    for _ in range(4):
        answer(survey, {"abroad": "yes"})

    pages = ["survey-results-xlsx", "survey-results-csv", "survey-responses-xlsx", "survey-responses-csv"]
    statuses = [manager_client.get(address(survey, page)).status_code for page in pages]

    assert (statuses, "results" in manager_client.get(address(survey)).context) == ([404] * 4, False)


def test_the_board_sees_no_group_of_two_of_a_named_survey(cluster, client_of, key_to):
    survey = closed(cluster)
    for kind in ("sme",) * 4 + ("large",) * 3 + ("research",) * 2:
        answer(survey, {"abroad": "yes"}, kind=kind)

    result = client_of(key_to(RoleKind.BOARD)).get(f"{address(survey)}?by=kind").context["results"][0]

    assert [(group.key, group.people) for group in result.groups] == [
        ("sme", 4),
        ("large", None),
        ("research", None),
    ]


def test_a_group_is_unknown_where_it_was_not_kept(cluster, manager_client):
    survey = closed(cluster, is_anonymous=True)
    for _ in range(6):
        answer(survey, {"abroad": "yes"}, kind="sme")
        answer(survey, {"abroad": "yes"})

    result = manager_client.get(f"{address(survey)}?by=kind").context["results"][0]

    assert [(group.key, group.people) for group in result.groups] == [("sme", 6), (UNKNOWN, 6)]
