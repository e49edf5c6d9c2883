"""Spaces of weights: what they hold, and that samples are spread evenly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.decision.weight_space import (
    BoundedWeights,
    FreeWeights,
    GivenWeights,
    OrderedWeights,
    around,
)
from kontor.methods.errors import MethodError

NAN = float("nan")


def drawn(space, count=20_000) -> np.ndarray:
    return space.draw(np.random.default_rng(5), 0, count)


@pytest.mark.parametrize(
    "space",
    [
        FreeWeights(1),
        FreeWeights(5),
        OrderedWeights(np.array([2, 1, 2, 3])),
        BoundedWeights(np.array([0.1, 0.2, 0.0]), np.array([0.3, 0.9, 0.4])),
        BoundedWeights(np.full(20, 0.04), np.full(20, 0.06)),
        BoundedWeights(np.array([0.25, 0.75]), np.array([0.25, 0.75])),
        GivenWeights(np.array([[1, 3], [2, 2]])),
        around([1, 2, 3], 0.3),
        around([1, 0, 3], 0),
    ],
)
def test_samples_are_shares(space):
    samples = drawn(space, 500)

    assert samples.shape == (500, space.n)
    assert samples.min() >= 0
    np.testing.assert_allclose(samples.sum(axis=1), 1, atol=1e-9)


def test_free_weights_have_the_means_and_variances_of_the_simplex():
    samples = drawn(FreeWeights(4))

    np.testing.assert_allclose(samples.mean(axis=0), 1 / 4, atol=0.005)
    np.testing.assert_allclose(samples.var(axis=0), 3 / 80, atol=0.002)


def test_ordered_weights_have_the_rank_order_centroid_as_their_mean():
    """Barron & Barrett (1996): (1 + 1/2 + 1/3) / 3 and so on."""
    samples = drawn(OrderedWeights(np.array([2, 1, 3])))

    assert (samples[:, 1] >= samples[:, 0]).all()
    assert (samples[:, 0] >= samples[:, 2]).all()
    np.testing.assert_allclose(samples.mean(axis=0), [5 / 18, 11 / 18, 2 / 18], atol=0.005)


def test_between_equal_ranks_nothing_is_said():
    samples = drawn(OrderedWeights(np.array([1, 2, 2])))

    assert (samples[:, :1] >= samples[:, 1:]).all()
    np.testing.assert_allclose(samples.mean(axis=0), [11 / 18, 7 / 36, 7 / 36], atol=0.005)


def test_bounded_weights_keep_their_bounds_and_are_spread_evenly():
    low, high = np.array([0.1, 0.0, 0.2]), np.array([0.5, 0.4, 0.9])
    samples = drawn(BoundedWeights(low, high))
    every = drawn(FreeWeights(3), 400_000)
    wanted = every[((every >= low) & (every <= high)).all(axis=1)]

    assert ((samples >= low - 1e-9) & (samples <= high + 1e-9)).all()
    np.testing.assert_allclose(samples.mean(axis=0), wanted.mean(axis=0), atol=0.005)
    np.testing.assert_allclose(np.cov(samples.T), np.cov(wanted.T), atol=0.001)


def test_walks_reach_what_throws_reach():
    space = BoundedWeights(np.array([0.1, 0.0, 0.2]), np.array([0.5, 0.4, 0.9]))
    thrown, walked = drawn(space), space._walked(np.random.default_rng(6), 20_000)

    np.testing.assert_allclose(walked.mean(axis=0), thrown.mean(axis=0), atol=0.005)
    np.testing.assert_allclose(np.cov(walked.T), np.cov(thrown.T), atol=0.001)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any), st.floats(0, 1))
def test_weights_around_given_ones_stay_near(weights, spread):
    centre = np.array(weights) / sum(weights)
    samples = drawn(around(weights, spread), 50)

    assert (np.abs(samples - centre) <= spread * centre + 1e-9).all()


def test_given_weights_come_in_turn():
    space = GivenWeights(np.array([[1, 3], [2, 2]]))

    assert space.draw(np.random.default_rng(1), 1, 3).tolist() == [[0.5, 0.5], [0.25, 0.75], [0.5, 0.5]]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: FreeWeights(0), "decision.nothing"),
        (lambda: OrderedWeights(np.array([])), "decision.nothing"),
        (lambda: OrderedWeights(np.array([1, NAN])), "decision.ranking"),
        (lambda: BoundedWeights(np.ones(2), np.ones(3)), "decision.shape"),
        (lambda: BoundedWeights(np.ones(0), np.ones(0)), "decision.nothing"),
        (lambda: BoundedWeights(np.array([0.6, 0.6]), np.ones(2)), "decision.weight_bounds"),
        (lambda: BoundedWeights(np.zeros(2), np.array([0.4, 0.4])), "decision.weight_bounds"),
        (lambda: BoundedWeights(np.array([0.6, 0]), np.array([0.4, 1])), "decision.weight_bounds"),
        (lambda: BoundedWeights(np.array([NAN, 0]), np.ones(2)), "decision.weight_bounds"),
        (lambda: BoundedWeights(np.array([-0.1, 0]), np.ones(2)), "decision.weight_bounds"),
        (lambda: GivenWeights(np.zeros((2, 2))), "decision.weights_not_positive"),
        (lambda: GivenWeights(np.array([[1, NAN]])), "decision.weights_not_positive"),
        (lambda: GivenWeights(np.ones((2, 2, 2))), "decision.shape"),
        (lambda: GivenWeights(np.ones((0, 2))), "decision.nothing"),
        (lambda: around([0, 0], 0.1), "decision.weights_not_positive"),
        (lambda: around([1, 1], 1.1), "decision.spread"),
        (lambda: around([1, 1], NAN), "decision.spread"),
    ],
)
def test_weights_that_cannot_be_are_refused(make, code):
    with pytest.raises(MethodError) as refused:
        make()

    assert refused.value.code == code
