"""Results equal a plain count, one answer after the other."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.confidentiality import Guard
from kontor.listening.queries.columns import columns_of
from kontor.listening.queries.encoded import Encoded, group_codes
from kontor.listening.queries.looking import Look
from kontor.listening.queries.results import results_of
from kontor.listening.queries.viewing import Reading
from kontor.listening.queries.wording import Wording
from kontor.questionnaires.answers import Vocabulary
from kontor.questionnaires.definition import Kind
from tests.listening.surveyed import answers, full_definition

DEFINITION = full_definition()
KINDS = ("sme", "large", UNKNOWN)
people = st.lists(st.tuples(answers(), st.sampled_from(KINDS)), max_size=25)


def read(rows, look=None, limit=1):
    """Return question code → result."""
    n = len(rows)
    groups = {each: np.full(n, group_codes(each).index(UNKNOWN)) for each in Dimension}
    kinds = group_codes(Dimension.KIND)
    groups[Dimension.KIND] = np.array([kinds.index(kind) for _given, kind in rows], np.int64)
    data = Encoded(
        definition=DEFINITION,
        n=n,
        columns=columns_of(DEFINITION, [given for given, _kind in rows]),
        groups=groups,
        organisations=np.zeros(n, np.int64),
        keys=(),
    )
    guard = Guard(limit, may_name=limit == 1, is_open=True)
    reading = Reading(data, look or Look(), guard, Wording(DEFINITION, "en", Vocabulary()))
    return {result.question.code: result for result in results_of(reading)}


def held(value):
    return value if isinstance(value, list) else [value]


@settings(max_examples=60, deadline=None)
@given(people)
def test_choices_are_counted_as_one_would_by_hand(rows):
    found = read(rows)

    for code in ("abroad", "topics", "mood", "where"):
        wanted = Counter(str(each) for given, _kind in rows if code in given for each in held(given[code]))
        assert {row.key: row.count for row in found[code].rows if row.count} == dict(wanted)


@settings(max_examples=60, deadline=None)
@given(people)
def test_bases_are_counted_as_one_would_by_hand(rows):
    found = read(rows)

    for question in DEFINITION.questions():
        answered = sum(question.code in given for given, _kind in rows)
        asked = sum(question.show_if is None or question.show_if.holds(given) for given, _kind in rows)
        result = found[question.code]
        assert (result.people, result.silent, result.unasked) == (
            answered,
            asked - answered,
            len(rows) - asked,
        )


@settings(max_examples=60, deadline=None)
@given(people)
def test_the_lines_of_a_matrix_are_counted_as_one_would_by_hand(rows):
    found = read(rows)["matrix"]

    for line in found.matrix:
        wanted = Counter(
            given["matrix"][line.key] for given, _k in rows if line.key in given.get("matrix", {})
        )
        codes = found.question.codes
        assert {codes[n]: cell.count for n, cell in enumerate(line.cells) if cell.count} == dict(wanted)
        assert line.people == wanted.total()


@settings(max_examples=60, deadline=None)
@given(people)
def test_a_ranking_is_counted_as_one_would_by_hand(rows):
    found = read(rows)["rank"]
    given_ranks = [given["rank"] for given, _kind in rows if "rank" in given]

    for row in found.ranks:
        points = [2 - rank.index(row.key) if row.key in rank else 0 for rank in given_ranks]
        assert abs(row.points - (sum(points) / len(points) if points else 0)) < 1e-9
        assert row.firsts == sum(rank[0] == row.key for rank in given_ranks)


@settings(max_examples=60, deadline=None)
@given(people)
def test_groups_side_by_side_are_each_group_alone(rows):
    beside = read(rows, Look(by=Dimension.KIND))

    for code, result in beside.items():
        for place, group in enumerate(result.groups):
            alone = read(rows, Look(only=((Dimension.KIND, group.key),)))[code]
            assert group.people == alone.people
            counts = {row.key: row.parts[place].count for row in result.rows if row.parts}
            assert {key: count for key, count in counts.items() if count} == (
                {row.key: row.count for row in alone.rows if row.count} if counts else {}
            )


@settings(max_examples=60, deadline=None)
@given(people)
def test_bars_of_numbers_hold_every_number_once(rows):
    found = read(rows)["staff"]

    for row in found.rows:
        inside = sum(row.low <= given["staff"] < row.high for given, _kind in rows if "staff" in given)
        assert row.count == inside
    assert sum(row.count for row in found.rows) == found.people


def test_what_is_no_answer_counts_as_none():
    broken = {
        "abroad": ["yes"],
        "mood": "4",
        "staff": "many",
        "since": "soon",
        "rank": "a",
        "matrix": [],
        "topics": 3,
    }

    found = read([(broken, "sme")])

    assert {code: found[code].people for code in broken} == dict.fromkeys(broken, 0)


def test_every_kind_of_question_is_in_the_questionnaire_of_these_tests():
    missing = set(Kind) - {question.kind for question in DEFINITION.questions()}

    assert missing == {Kind.NOTE, Kind.COMPETENCE}
