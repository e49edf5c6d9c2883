"""Weights from points, orders, swings and cards: published figures and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.weights import (
    from_points,
    rank_order_centroid,
    rank_sum,
    simos_roy_figueira,
    swing,
)
from kontor.methods.errors import MethodError

RANKS = hnp.arrays(np.float64, st.integers(1, 12), elements=st.integers(1, 6).map(float))
POINTS = hnp.arrays(np.float64, st.integers(1, 12), elements=st.integers(0, 100).map(float))
BY_RANK = [rank_order_centroid, rank_sum, lambda ranks: simos_roy_figueira(ranks, 4.5)]

# Figueira & Roy (2002), table 1, criteria a to l; there 1 is the least important, here the most.
CARDS = 7 - np.array([5, 3, 1, 2, 4, 3, 1, 5, 3, 3, 6, 1])
BLANKS = [0, 0, 0, 1, 0]


def test_the_centroid_agrees_with_barron_and_barrett():
    """Barron & Barrett (1996), table 1, n = 4."""
    np.testing.assert_allclose(rank_order_centroid([1, 2, 3, 4]), [0.5208, 0.2708, 0.1458, 0.0625], atol=5e-5)


def test_the_rank_sum_agrees_with_the_formula_of_stillwell_seaver_and_edwards():
    """Stillwell, Seaver & Edwards (1981): (n + 1 − i) / Σ, for n = 4."""
    np.testing.assert_allclose(rank_sum([1, 2, 3, 4]), [0.4, 0.3, 0.2, 0.1])


def test_cards_agree_with_figueira_and_roy_before_rounding():
    """Figueira & Roy (2002), z = 6.5: non-normalised 1.00 to 6.50, which sum to 42.25."""
    weights = simos_roy_figueira(CARDS, 6.5, BLANKS)

    heights = [5.58, 3.75, 1.00, 1.92, 4.67, 3.75, 1.00, 5.58, 3.75, 3.75, 6.50, 1.00]
    np.testing.assert_allclose(weights * 42.25, heights, atol=0.005)


def test_cards_agree_with_figueira_and_roy_after_rounding():
    """Figueira & Roy (2002), z = 6.5, one decimal: e and k go down although k is nearer to 15.4."""
    weights = simos_roy_figueira(CARDS, 6.5, BLANKS, decimals=1)

    published = [13.2, 8.9, 2.4, 4.5, 11.0, 8.9, 2.4, 13.2, 8.9, 8.9, 15.3, 2.4]
    np.testing.assert_allclose(weights * 100, published, atol=1e-9)


def test_swing_and_points_are_shares():
    np.testing.assert_allclose(swing([100, 50, 50]), from_points([2, 1, 1]))


def test_equal_ranks_share_the_mean_of_their_places():
    np.testing.assert_allclose(
        rank_order_centroid([1, 2, 2, 4]), [0.5208333, 0.2083333, 0.2083333, 0.0625], atol=1e-6
    )


@pytest.mark.parametrize("method", BY_RANK)
@settings(deadline=None)
@given(ranks=RANKS)
def test_weights_by_rank_are_positive_sum_to_one_and_keep_the_order(method, ranks):
    weights = method(ranks)

    assert weights.min() > 0
    np.testing.assert_allclose(weights.sum(), 1.0)
    earlier = ranks[:, None] < ranks[None, :]
    assert (weights[:, None] > weights[None, :])[earlier].all()


@pytest.mark.parametrize("method", BY_RANK)
@settings(deadline=None)
@given(ranks=RANKS, seed=st.integers(0, 99))
def test_criteria_in_another_order_get_the_same_weights(method, ranks, seed):
    order = np.random.default_rng(seed).permutation(ranks.size)

    np.testing.assert_allclose(method(ranks[order]), method(ranks)[order], atol=1e-15)


@pytest.mark.parametrize("method", [*BY_RANK, from_points])
@settings(deadline=None)
@given(n=st.integers(1, 12))
def test_all_equal_gives_equal_weights(method, n):
    np.testing.assert_allclose(method(np.full(n, 3.0)), 1 / n)


@settings(deadline=None)
@given(RANKS, st.floats(1, 20), st.data())
def test_the_top_pile_is_as_many_times_as_important_as_was_said(ranks, ratio, data):
    piles = np.unique(ranks).size
    assume(piles > 1)
    blanks = data.draw(st.lists(st.integers(0, 3), min_size=piles - 1, max_size=piles - 1))

    weights = simos_roy_figueira(ranks, ratio, blanks)

    np.testing.assert_allclose(weights.max() / weights.min(), ratio)


@settings(deadline=None)
@given(RANKS, st.floats(1, 20), st.integers(1, 4))
def test_rounded_cards_sum_to_exactly_a_hundred_and_move_by_less_than_a_unit(ranks, ratio, decimals):
    exact = simos_roy_figueira(ranks, ratio)
    rounded = simos_roy_figueira(ranks, ratio, decimals=decimals)

    unit = 10.0**-decimals
    units = np.rint(rounded * 100 / unit).astype(int)
    assert units.sum() == 100 * 10**decimals
    assert (np.abs(rounded - exact) * 100 < unit + 1e-9).all()


@settings(deadline=None)
@given(POINTS, st.floats(0.01, 1e200))
def test_the_scale_of_points_does_not_matter(points, factor):
    assume(points.max() > 0)

    np.testing.assert_allclose(from_points(points * factor), from_points(points), atol=1e-12)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: from_points([]), "weights.shape"),
        (lambda: from_points([[1.0]]), "weights.shape"),
        (lambda: from_points(["many"]), "weights.shape"),
        (lambda: from_points([1, -1]), "weights.not_points"),
        (lambda: from_points([1, np.nan]), "weights.not_points"),
        (lambda: from_points([0, 0]), "weights.all_zero"),
        (lambda: swing([90, 10]), "weights.swing_best_not_100"),
        (lambda: swing([0, 0]), "weights.all_zero"),
        (lambda: rank_sum([1, np.inf]), "weights.not_ranks"),
        (lambda: rank_order_centroid([]), "weights.shape"),
        (lambda: simos_roy_figueira([1, 2], 0.5), "weights.ratio_below_one"),
        (lambda: simos_roy_figueira([1, 2], np.nan), "weights.ratio_below_one"),
        (lambda: simos_roy_figueira([1, 2], 3, [1, 1]), "weights.blanks"),
        (lambda: simos_roy_figueira([1, 2], 3, [-1]), "weights.blanks"),
        (lambda: simos_roy_figueira([1, 2], 3, [0.5]), "weights.blanks"),
        (lambda: simos_roy_figueira([1, 2], 3, decimals=10), "weights.decimals"),
        (lambda: simos_roy_figueira(np.arange(300.0), 3, decimals=0), "weights.decimals"),
    ],
)
def test_what_says_nothing_about_weights_is_refused(call, code):
    with pytest.raises(MethodError) as refused:
        call()

    assert refused.value.code == code
