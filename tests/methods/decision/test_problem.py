"""What a decision problem takes and refuses, and the values on each criterion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from kontor.methods.decision.problem import DecisionProblem, utilities
from kontor.methods.errors import MethodError
from tests.methods.decision.problems import problem, problems

NAN, INF = float("nan"), float("inf")


def refusal(**fields) -> tuple[str, dict[str, object]]:
    """Return code and parameters with which a problem of two candidates and criteria is refused."""
    sound = {"scores": np.ones((2, 2)), "weights": np.ones(2), "benefit": np.ones(2, bool)}
    with pytest.raises(MethodError) as refused:
        DecisionProblem(**(sound | fields))
    return refused.value.code, refused.value.params


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [-1, -1], [1, NAN], [NAN, NAN], [INF, 1]])
def test_weights_that_say_nothing_are_refused(weights):
    assert refusal(weights=np.array(weights, float)) == ("decision.weights_not_positive", {})


@pytest.mark.parametrize("shape", [(0, 2), (2, 0), (0, 0)])
def test_a_problem_without_candidates_or_criteria_is_refused(shape):
    assert refusal(scores=np.ones(shape)) == ("decision.nothing", {})


@pytest.mark.parametrize(
    "fields",
    [
        {"scores": np.ones(2)},
        {"scores": [["high", "low"], ["low", "high"]]},
        {"scores": [[1.0], [1.0, 2.0]]},
        {"weights": np.ones(3)},
        {"weights": np.ones((1, 2))},
        {"benefit": np.ones(1, bool)},
        {"low": np.zeros(3)},
    ],
)
def test_what_does_not_fit_together_is_refused(fields):
    assert refusal(**fields) == ("decision.shape", {})


@pytest.mark.parametrize("score", [INF, -INF, 1e200])
def test_an_infinite_score_is_named(score):
    assert refusal(scores=np.array([[NAN, 1], [1, score]])) == (
        "decision.infinite",
        {"candidate": 2, "criterion": 2},
    )


@pytest.mark.parametrize(("low", "high"), [([0, 5], [1, 5]), ([0, 6], [1, 5]), ([0, -INF], [1, 1])])
def test_a_scale_without_width_is_named(low, high):
    assert refusal(low=np.array(low, float), high=np.array(high, float)) == (
        "decision.scale_ends",
        {"criterion": 2},
    )


def test_weights_are_stored_summing_to_one():
    assert problem([[1, 2, 3]], [2, 0, 6]).weights.tolist() == [0.25, 0.0, 0.75]


def test_very_large_weights_keep_their_proportions():
    assert problem([[1, 2]], [1e308, 1e308]).weights.tolist() == [0.5, 0.5]


def test_what_was_checked_cannot_be_changed():
    checked = problem([[1, 2]])

    with pytest.raises(ValueError, match="read-only"):
        checked.scores[0, 0] = INF


def test_values_run_from_the_bad_to_the_good_end():
    values = utilities(problem([[1, 30], [2, 10], [3, None]], benefit=[True, False]))

    np.testing.assert_array_equal(values, [[0, 0], [0.5, 1], [1, NAN]])


def test_given_ends_of_the_scale_hold_and_what_lies_beyond_counts_as_the_end():
    values = utilities(problem([[1, 0], [5, 3], [7, 9]], low=[1, NAN], high=[5, 6], benefit=[True, False]))

    np.testing.assert_array_equal(values, [[0, 1], [1, 0.5], [1, 0]])


@pytest.mark.parametrize(("low", "high"), [(None, None), (None, [4.0]), ([9.0], None)])
def test_a_column_that_tells_nothing_is_worth_a_half(low, high):
    values = utilities(problem([[5], [None], [5]], low=low, high=high))

    np.testing.assert_array_equal(values, [[0.5], [NAN], [0.5]])


def test_a_column_of_which_nothing_is_known_stays_unknown():
    np.testing.assert_array_equal(utilities(problem([[None, 1], [None, 2]])), [[NAN, 0], [NAN, 1]])


@given(problems(unknown=True))
def test_values_stay_between_zero_and_one_and_gaps_stay_gaps(given_problem):
    values = utilities(given_problem)

    assert (np.isnan(values) == np.isnan(given_problem.scores)).all()
    assert ((np.nan_to_num(values) >= 0) & (np.nan_to_num(values) <= 1)).all()
