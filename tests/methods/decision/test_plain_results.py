"""Weighted sum and TOPSIS: the published example, and what holds for any problem."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.decision.topsis import topsis
from kontor.methods.decision.weighted_sum import weighted_sum
from tests.methods.decision.problems import changed, dominates, problem, problems

METHODS = pytest.mark.parametrize("method", [weighted_sum, topsis])
NAN = float("nan")


def test_topsis_agrees_with_the_worked_example_of_tzeng_and_huang():
    closeness = topsis(problem([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3]))

    np.testing.assert_allclose(closeness, [0.5037, 0.6581, 0.7482, 0.3340], atol=5e-5)


def test_weighted_sum_is_what_one_works_out_by_hand():
    values = weighted_sum(problem([[1, 200], [3, 100], [2, 100]], [3, 1], [True, False]))

    assert values.tolist() == [0.0, 1.0, 0.625]


def test_what_is_not_known_is_left_out_of_the_weighted_sum():
    values = weighted_sum(problem([[0, None, 4], [10, 1, None], [5, 0, 0]], [2, 1, 1]))

    np.testing.assert_allclose(values, [1 / 3, 1.0, 0.25])


@METHODS
def test_of_whom_nothing_is_known_nothing_is_said(method):
    assert np.isnan(method(problem([[None, None], [1, 2], [2, 1]]))).tolist() == [True, False, False]


@METHODS
def test_a_fact_without_weight_is_not_enough(method):
    values = method(problem([[None, 3], [1, 2], [2, 1]], [1, 0]))

    np.testing.assert_array_equal(values, [NAN, 0, 1])


@METHODS
def test_where_nothing_is_known_at_all_nothing_is_said(method):
    assert np.isnan(method(problem([[None], [None]]))).all()


@METHODS
def test_one_candidate_and_one_criterion_give_the_middle(method):
    assert method(problem([[7]])).tolist() == [0.5]


@METHODS
@given(st.integers(1, 50), st.integers(1, 80), st.floats(-1e6, 1e6))
def test_equal_candidates_get_equal_values(method, m, n, score):
    assert method(problem(np.full((m, n), score))).tolist() == pytest.approx([0.5] * m, abs=1e-12)
    assert len(set(method(problem(np.full((m, n), score))).tolist())) == 1


@METHODS
@given(problems(unknown=True))
def test_values_stay_between_zero_and_one(method, given_problem):
    values = method(given_problem)

    assert (np.isnan(values) | ((values >= 0) & (values <= 1))).all()


@METHODS
@given(problems())
def test_who_is_nowhere_worse_never_comes_behind(method, given_problem):
    values = method(given_problem)

    assert (values[:, None] >= values[None, :] - 1e-12)[dominates(given_problem)].all()


@METHODS
@given(problems(unknown=True), st.data())
def test_another_order_of_candidates_changes_their_order_only(method, given_problem, data):
    order = data.draw(st.permutations(range(len(given_problem.scores))))

    moved = method(changed(given_problem, scores=given_problem.scores[order]))

    np.testing.assert_allclose(moved, method(given_problem)[order], atol=1e-12)


@METHODS
@given(problems(), st.data())
def test_other_units_change_nothing(method, given_problem, data):
    factors = data.draw(st.lists(st.floats(1e-3, 1e3), min_size=5, max_size=5))
    scores = given_problem.scores * np.array(factors)[: given_problem.scores.shape[1]]

    other = method(changed(given_problem, scores=scores, weights=given_problem.weights * 7))

    np.testing.assert_allclose(other, method(given_problem), atol=1e-9)


@METHODS
@given(problems(), st.integers(-5, 5))
def test_a_constant_criterion_keeps_the_order(method, given_problem, constant):
    n = len(given_problem.weights)
    widened = changed(
        given_problem,
        scores=np.c_[given_problem.scores, np.full(len(given_problem.scores), float(constant))],
        weights=np.r_[given_problem.weights, 1 / n],
        benefit=np.r_[given_problem.benefit, True],
        low=np.full(n + 1, np.nan),
        high=np.full(n + 1, np.nan),
    )

    before, after = method(given_problem), method(widened)

    is_above = before[:, None] > before[None, :] + 1e-9
    assert (after[:, None] > after[None, :])[is_above].all()


@METHODS
@pytest.mark.parametrize("size", [1e-150, 1e-120, 1e120, 1e149])
def test_very_large_and_very_small_units_are_no_hindrance(method, size):
    scores = np.array([[1.0, 3.0], [2.0, 2.0], [4.0, 1.0]])

    np.testing.assert_allclose(method(problem(scores * size)), method(problem(scores)), rtol=1e-12)


@METHODS
def test_a_long_list_gives_the_same_as_its_parts(method):
    rng = np.random.default_rng(3)
    scores = rng.random((5_000, 40))
    scores[0], scores[1] = 0, 1
    scores[4_998:] = scores[:2]
    long = method(problem(scores))

    assert long[4_998:].tolist() == long[:2].tolist() == [0.0, 1.0]
