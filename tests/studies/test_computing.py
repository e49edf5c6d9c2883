"""The figures of a study, from scores to what could change them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.methods.decision.problem import DecisionProblem
from kontor.methods.decision.topsis import topsis
from kontor.studies.computing import mean_weights, places, plain
from kontor.studies.figures import Plain, as_json, from_json
from kontor.studies.matrix import changed
from kontor.studies.settling import Said
from tests.studies.matrices import column, matrix, person

# Two criteria that weigh 3 : 1; the first candidate is best on what counts most.
THREE = [[5, 2], [3, 5], [1, 1]]
WEIGHED = [column(1, weight=3.0), column(2, weight=1.0)]


def values_of(found):
    return {each.candidate: round(each.value, 4) for each in found.standings}


def test_the_value_is_the_weighted_sum_of_what_each_score_is_worth():
    assert values_of(plain(matrix(THREE, WEIGHED))) == {1: 0.8125, 2: 0.625, 3: 0.0}


def test_the_parts_add_up_to_the_value():
    first = plain(matrix(THREE, WEIGHED)).standings[0]

    assert (first.parts, sum(first.parts)) == ((0.75, 0.0625), first.value)


def test_equal_values_share_a_place():
    assert places(np.array([0.3, 0.8, 0.8, 0.1])) == [3, 1, 1, 4]


def test_topsis_stands_beside_the_plain_result():
    found = plain(matrix(THREE, WEIGHED))
    values = np.array([[1.0, 0.25], [0.5, 1.0], [0.0, 0.0]])
    expected = topsis(DecisionProblem(values, np.array([3.0, 1.0]), np.array([True, True])))

    assert [each.topsis for each in found.standings] == pytest.approx(expected.tolist())


def test_the_first_by_far_has_the_greatest_net_flow():
    found = plain(matrix(THREE, WEIGHED))

    assert ([each.net_place for each in found.standings], sum(e.net for e in found.standings)) == (
        [1, 2, 3],
        pytest.approx(0.0),
    )


def test_the_weight_may_fall_until_both_are_level():
    # Level at w: w·1 + (1-w)·0.25 = w·0.5 + (1-w)·1, so w = 0.6.
    first = plain(matrix(THREE, WEIGHED)).intervals[0]

    assert (first.low, first.high, first.rival_below, first.rival_above) == (
        pytest.approx(0.6),
        1.0,
        2,
        None,
    )


def test_a_single_score_would_put_the_second_level_with_the_first():
    found = plain(matrix(THREE, WEIGHED)).reversal
    smallest = found.flips[0]

    # 0.1875 are missing; on the first criterion, with three quarters of the weight, that is one point.
    assert (found.rival, smallest.code, abs(smallest.after - smallest.before)) == (
        2,
        "c1",
        pytest.approx(1.0),
    )


def test_the_next_best_fact_is_the_one_that_could_change_the_first_place():
    found = plain(matrix([[4, None], [4, 3.5], [1, 1]], WEIGHED)).next_facts[0]

    assert (found.candidate, found.code, found.is_unknown, found.favours) == (1, "c2", True, 1)


def test_nothing_is_left_to_find_out_where_all_is_certain():
    assert plain(matrix(THREE, WEIGHED)).next_facts == ()


def test_surely_no_better_anywhere_is_dominated():
    assert plain(matrix(THREE, WEIGHED)).dominated == {"3": (1, 2)}


def test_groups_see_it_with_their_own_weights_and_judgements():
    people = [person(1, {"c1": 1.0, "c2": 0.0}, "sme"), person(2, {"c1": 0.0, "c2": 1.0}, "research")]
    study = matrix([[None, None], [None, None]], people=people)
    said = {
        (row, pk): tuple(
            Said("assessor", score, score, score, 3, n, group)
            for n, group in enumerate(("sme", "research"), 1)
        )
        for (row, pk), score in {(1, 1): 5.0, (1, 2): 1.0, (2, 1): 1.0, (2, 2): 5.0}.items()
    }
    study = type(study)(study.candidates, study.criteria, said, study.people)

    assert {each.group: each.first for each in plain(study).groups} == {"sme": (1,), "research": (2,)}


def test_people_count_the_same_however_many_points_they_give():
    people = [person(1, {"a": 30.0, "b": 10.0}), person(2, {"a": 1.0, "b": 3.0})]

    assert mean_weights(people) == {"a": pytest.approx(0.5), "b": pytest.approx(0.5)}


@pytest.mark.parametrize(
    "study",
    [
        matrix([[None, None]]),
        matrix([[3, 3], [3, 3]]),
        matrix([[3]]),
        matrix([[1], [1]], [column(knock_out_below=2.0)]),
        matrix([[3, 4]], excluded=[1]),
        matrix([[7, 9], [7, 9]], [column(1, low=None, high=None), column(2, low=None, high=None)]),
    ],
)
def test_nonsense_has_figures_too(study):
    found = plain(study)

    assert from_json(Plain, json.loads(json.dumps(as_json(found), allow_nan=False))) == found


def test_a_scenario_changes_weights_scores_and_who_takes_part():
    study = matrix(THREE, WEIGHED)
    changes = {"weights": {"c1": 1.0, "c2": 3.0}, "scores": [[1, "c2", 5.0]], "without": [3]}

    assert values_of(plain(changed(study, changes))) == {1: 1.0, 2: 0.875}


scores = st.lists(
    st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=3, max_size=3), min_size=2, max_size=5
)


@settings(max_examples=60)
@given(scores, st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_are_listed_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    one, other = plain(matrix(rows)), plain(matrix([rows[place] for place in order]))

    assert values_of(one) == {order[pk - 1] + 1: value for pk, value in values_of(other).items()}


@settings(max_examples=60)
@given(scores)
def test_a_criterion_on_which_all_are_equal_changes_no_places(rows):
    one = plain(matrix(rows))
    other = plain(matrix([[*row, 3] for row in rows]))

    assert {e.candidate: e.place for e in one.standings} == {e.candidate: e.place for e in other.standings}
