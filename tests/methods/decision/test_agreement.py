"""Agreement on weights: published coefficients and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.agreement import GroupMean, agreement, kendall_w, rank_correlations
from kontor.methods.errors import MethodError

WEIGHTS = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(1, 9).map(float)
)


def test_w_with_ties_agrees_with_the_example_of_the_nag_library():
    """NAG Library, routine G08DAF, example 10.3: three comparisons of ten, with ties, W = 0.828."""
    scores = [
        [1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
        [2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
        [2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
    ]

    assert round(kendall_w(scores), 3) == 0.828


def test_w_with_many_ties_agrees_with_the_anxiety_ratings_of_irr():
    """R package irr, data set anxiety, 20 subjects and 3 raters: Wt = 0.540, chi-squared 30.8."""
    ratings = [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]

    assert round(kendall_w(ratings), 2) == 0.54
    assert round(kendall_w(ratings) * 3 * 19, 1) == 30.8


def test_distances_and_the_group_by_hand():
    found = agreement([[60, 30, 10], [60, 30, 10], [10, 30, 60]])

    np.testing.assert_allclose(found.distances, [[0, 0, 0.5], [0, 0, 0.5], [0.5, 0.5, 0]], atol=1e-15)
    np.testing.assert_allclose(found.group_weights, [13 / 30, 0.3, 8 / 30])
    np.testing.assert_allclose(found.from_others, [0.25, 0.25, 0.5])
    assert found.furthest == 2
    np.testing.assert_allclose(found.spread[1], 0, atol=1e-15)


def test_the_geometric_mean_keeps_ratios():
    """1 : 4 and 4 : 1 make 1 : 1; so do 9 : 1 and 1 : 9."""
    found = agreement([[1, 4], [4, 1]], mean=GroupMean.GEOMETRIC)

    np.testing.assert_allclose(found.group_weights, [0.5, 0.5])


@settings(deadline=None)
@given(WEIGHTS, st.data())
def test_who_counts_double_counts_as_two(weights, data):
    mean = data.draw(st.sampled_from(GroupMean))
    person = data.draw(st.integers(0, len(weights) - 1))
    double = np.ones(len(weights))
    double[person] = 2

    one = agreement(weights, double, mean)
    two = agreement(np.vstack([weights, weights[person]]), mean=mean)

    np.testing.assert_allclose(one.group_weights, two.group_weights)


@settings(deadline=None)
@given(WEIGHTS)
def test_all_figures_stay_within_their_bounds(weights):
    found = agreement(weights)

    assert 0 <= found.kendall_w <= 1
    assert ((found.distances >= 0) & (found.distances <= 1)).all()
    assert (np.abs(found.correlations) <= 1).all()
    np.testing.assert_allclose(found.group_weights.sum(), 1)
    assert (
        (found.lowest <= found.group_weights + 1e-12) & (found.group_weights <= found.highest + 1e-12)
    ).all()


@settings(deadline=None)
@given(WEIGHTS)
def test_w_and_the_mean_rank_correlation_say_the_same_without_ties(weights):
    """Kendall (1948): mean correlation = (k W − 1) / (k − 1)."""
    weights = weights + np.random.default_rng(0).random(weights.shape) / 100
    k = len(weights)
    assume(k > 1)
    assume(weights.shape[1] > 1)
    correlations = rank_correlations(weights)

    mean = (correlations.sum() - k) / (k * (k - 1))

    np.testing.assert_allclose(mean, (k * kendall_w(weights) - 1) / (k - 1), atol=1e-9)


@settings(deadline=None)
@given(WEIGHTS, st.integers(0, 99))
def test_people_and_criteria_in_another_order_change_only_the_order(weights, seed):
    rng = np.random.default_rng(seed)
    people, criteria = rng.permutation(len(weights)), rng.permutation(weights.shape[1])
    found, turned = agreement(weights), agreement(weights[np.ix_(people, criteria)])

    np.testing.assert_allclose(turned.kendall_w, found.kendall_w)
    np.testing.assert_allclose(turned.distances, found.distances[np.ix_(people, people)], atol=1e-12)
    np.testing.assert_allclose(turned.correlations, found.correlations[np.ix_(people, people)], atol=1e-9)
    np.testing.assert_allclose(turned.group_weights, found.group_weights[criteria])
    assert (turned.furthest == found.furthest == -1) or people[turned.furthest] == found.furthest


@settings(deadline=None)
@given(WEIGHTS, st.lists(st.integers(1, 50), min_size=6, max_size=6))
def test_each_may_use_a_scale_of_its_own(weights, factors):
    scale = np.array(factors[: len(weights)], dtype=float)[:, None]
    found, scaled = agreement(weights), agreement(weights * scale)

    np.testing.assert_allclose(scaled.distances, found.distances, atol=1e-12)
    np.testing.assert_allclose(scaled.kendall_w, found.kendall_w)


@settings(deadline=None)
@given(WEIGHTS)
def test_all_equal_agree_fully_and_nobody_stands_apart(weights):
    found = agreement(np.repeat(weights[:1], 4, axis=0))

    assert (found.kendall_w, found.furthest) == (1, -1)
    np.testing.assert_allclose(found.distances, 0, atol=1e-15)
    np.testing.assert_allclose(found.spread, 0, atol=1e-15)


def test_one_person_agrees_with_itself():
    found = agreement([[3, 1]])

    assert (found.kendall_w, found.by_chance, found.furthest) == (1, 1, -1)
    assert (found.from_others.tolist(), found.spread.tolist()) == ([0], [0, 0])


def test_two_people_are_equally_far_from_each_other():
    assert agreement([[3, 1], [1, 3]]).furthest == -1


def test_who_ranks_nothing_agrees_in_order_with_nobody_but_its_like():
    correlations = agreement([[1, 1], [1, 1], [1, 2]]).correlations

    assert correlations.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_a_zero_is_outvoted_in_the_arithmetic_and_refused_in_the_geometric_mean():
    assert agreement([[1, 0], [1, 1]]).group_weights.tolist() == [0.75, 0.25]
    with pytest.raises(MethodError) as refused:
        agreement([[1, 0], [1, 1]], mean=GroupMean.GEOMETRIC)

    assert refused.value.code == "opinions.zero_in_geometric_mean"


@pytest.mark.parametrize(
    ("weights", "importance", "code"),
    [
        ([], None, "opinions.nothing"),
        ([[]], None, "opinions.nothing"),
        ([1, 2], None, "opinions.shape"),
        ([["a"]], None, "opinions.shape"),
        ([[1, 2], [0, 0]], None, "opinions.not_weights"),
        ([[1, 2], [-1, 1]], None, "opinions.not_weights"),
        ([[1, np.nan]], None, "opinions.not_weights"),
        ([[1, 2]], [1, 1], "opinions.importance"),
        ([[1, 2]], [0], "opinions.importance"),
        ([[1, 2]], [-1], "opinions.importance"),
    ],
)
def test_what_are_no_weights_of_people_is_refused(weights, importance, code):
    with pytest.raises(MethodError) as refused:
        agreement(weights, importance)

    assert refused.value.code == code


def test_the_person_with_the_fault_is_named():
    with pytest.raises(MethodError) as refused:
        agreement([[1, 2], [0, 0]])

    assert refused.value.params == {"person": 2}
