"""What would make another one first: by hand, against samples, and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.nearest_point import nearest_point, non_negative_least_squares
from kontor.methods.decision.reversal import what_would_flip
from kontor.methods.decision.weighted_sum import weighted_mean
from kontor.methods.errors import MethodError

NONE = float("nan")
CELL = st.integers(0, 10).map(lambda tenth: tenth / 10)


@st.composite
def cases(draw, *, unknown=True):
    m, n = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    cells = st.one_of(CELL, st.just(NONE)) if unknown else CELL
    utilities = draw(hnp.arrays(np.float64, (m, n), elements=cells))
    utilities[:2] = np.where(np.isnan(utilities[:2]), 0.5, utilities[:2])
    weights = draw(hnp.arrays(np.float64, n, elements=st.integers(1, 9).map(float)))
    return utilities, weights / weights.sum()


def is_first(utilities, weights, candidate, tolerance=1e-8):
    values = weighted_mean(utilities, weights)
    return values[candidate] >= np.nanmax(values) - tolerance


def test_the_levels_by_hand():
    """A 0.75, B 0.65: B lacks 0.1, which is 0.2 on a criterion with half of the weight."""
    found = what_would_flip([[1.0, 0.5], [0.5, 0.8]], [0.5, 0.5])

    assert (found.leader, found.rival, round(found.gap, 9)) == (0, 1, 0.1)
    np.testing.assert_allclose(found.rival_level, [0.7, 1.0])
    np.testing.assert_allclose(found.leader_level, [0.8, 0.3])
    assert (found.rival_can.tolist(), found.leader_can.tolist()) == ([True, True], [True, True])


def test_the_transfer_by_hand():
    """Each point from the first to the second criterion brings B nearer by 0.5 + 0.3: 0.1 / 0.8."""
    transfer = what_would_flip([[1.0, 0.5], [0.5, 0.8]], [0.5, 0.5]).transfer

    assert (transfer.giver, transfer.taker, round(transfer.amount, 9)) == (0, 1, 0.125)
    np.testing.assert_allclose(transfer.weights, [0.375, 0.625])


def test_the_nearest_weights_by_hand():
    """With two criteria there is one way only to change the weights."""
    nearest = what_would_flip([[1.0, 0.5], [0.5, 0.8]], [0.5, 0.5]).nearest

    np.testing.assert_allclose(nearest.weights, [0.375, 0.625])
    np.testing.assert_allclose([nearest.distance, nearest.moved], [0.125 * np.sqrt(2), 0.125])


def test_what_is_not_known_must_turn_out_well_enough():
    """B has 0.6 on what is known; to reach 0.7 with half of the weight open it needs 0.8 there."""
    found = what_would_flip([[0.7, 0.7], [0.6, NONE]], [1, 1])

    np.testing.assert_allclose(found.rival_level, [0.7, 0.8])
    assert found.smallest.criterion == 0


def test_the_fall_of_the_first_is_no_use_to_the_third():
    found = what_would_flip([[0.9, 0.9], [0.8, 0.8], [0.7, 0.7]], [1, 1], rival=2)

    assert found.leader_can.tolist() == [False, False]
    assert found.smallest is None  # for itself it would need 1.1 on either


def test_who_is_worse_everywhere_is_not_first_for_any_weights():
    found = what_would_flip([[0.9, 0.8], [0.5, 0.7]], [1, 1])

    assert (found.transfer, found.nearest) == (None, None)


def test_who_is_never_best_is_not_first_although_nobody_is_better_everywhere():
    """B lies below the line between A and C: no weights favour it, and the projection proves it."""
    found = what_would_flip([[1.0, 0.0], [0.4, 0.4], [0.0, 1.0]], [0.5, 0.5], rival=1)

    assert (found.transfer, found.nearest) == (None, None)


def test_two_givers_may_be_needed_where_one_has_too_little():
    found = what_would_flip([[1, 1, 0], [0, 0, 1]], [0.4, 0.4, 0.2])

    assert found.transfer.amount == pytest.approx(0.3)
    found = what_would_flip([[1, 1, 0], [0, 0, 0.6]], [0.4, 0.4, 0.2])
    assert found.transfer is None
    np.testing.assert_allclose(found.nearest.weights.sum(), 1)
    assert is_first(np.array([[1, 1, 0], [0, 0, 0.6]]), found.nearest.weights, 1)


def test_a_tie_needs_no_change():
    found = what_would_flip([[0.5, 0.7], [0.7, 0.5]], [1, 1])

    assert (found.gap, found.transfer.amount, found.nearest.moved) == (0, 0, pytest.approx(0, abs=1e-9))
    np.testing.assert_allclose(found.rival_level, [0.7, 0.5])


@settings(deadline=None)
@given(cases())
def test_at_the_level_the_rival_has_what_the_first_has(case):
    utilities, weights = case
    found = what_would_flip(utilities, weights)

    for who, levels, can in (
        (found.rival, found.rival_level, found.rival_can),
        (found.leader, found.leader_level, found.leader_can),
    ):
        for criterion in np.flatnonzero(can):
            changed = utilities.copy()
            changed[who, criterion] = np.clip(levels[criterion], 0, 1)
            values = weighted_mean(changed, weights)
            np.testing.assert_allclose(values[found.rival], values[found.leader], atol=1e-9)
            assert is_first(changed, weights, found.rival)


@settings(deadline=None)
@given(cases())
def test_the_smallest_change_of_a_score_is_enough_and_no_other_is_smaller(case):
    utilities, weights = case
    found = what_would_flip(utilities, weights)
    changes = [
        abs(level - utilities[who, criterion])
        for who, levels, can in (
            (found.rival, found.rival_level, found.rival_can),
            (found.leader, found.leader_level, found.leader_can),
        )
        for criterion, level in enumerate(levels)
        if can[criterion] and not np.isnan(utilities[who, criterion])
    ]

    if found.smallest is None:
        assert changes == []
    else:
        np.testing.assert_allclose(
            abs(found.smallest.level - found.smallest.present), min(changes), atol=1e-9
        )


@settings(deadline=None)
@given(cases(), st.data())
def test_after_the_transfer_nobody_is_ahead_and_a_little_less_is_not_enough(case, data):
    utilities, weights = case
    rival = data.draw(st.integers(0, len(utilities) - 1))
    values = weighted_mean(utilities, weights)
    assume(not np.isnan(values[rival]) and not is_first(utilities, weights, rival, 1e-6))
    transfer = what_would_flip(utilities, weights, rival).transfer

    steps = np.linspace(0, 1, 40)
    for giver in range(weights.size):
        for taker in range(weights.size):
            for amount in steps * weights[giver] * 0.999:
                if transfer and amount > transfer.amount - 1e-6:
                    continue
                less = weights.copy()
                less[giver] -= amount
                less[taker] += amount
                assert not is_first(utilities, less, rival, 0)
    if transfer:
        assert transfer.weights.min() >= 0
        np.testing.assert_allclose(transfer.weights.sum(), 1)
        assert is_first(utilities, transfer.weights, rival)


@settings(deadline=None)
@given(cases(unknown=False), st.data())
def test_no_weights_are_nearer_and_none_means_that_there_are_none(case, data):
    utilities, weights = case
    rival = data.draw(st.integers(0, len(utilities) - 1))
    assume(rival != what_would_flip(utilities, weights).leader)
    nearest = what_would_flip(utilities, weights, rival).nearest

    sample = np.random.default_rng(7).dirichlet(np.ones(weights.size), 2000)
    values = utilities @ sample.T
    makes_first = values[rival] >= values.max(axis=0)
    if nearest is None:
        assert not makes_first.any()
    else:
        assert is_first(utilities, nearest.weights, rival)
        distances = np.linalg.norm(sample[makes_first] - weights, axis=1)
        assert nearest.distance <= distances.min(initial=np.inf) + 1e-9


@settings(deadline=None)
@given(cases())
def test_the_nearest_weights_make_the_rival_first_and_are_no_further_than_the_transfer(case):
    utilities, weights = case
    found = what_would_flip(utilities, weights)

    if found.transfer:
        assert found.nearest.distance <= found.transfer.amount * np.sqrt(2) + 1e-9
    if found.nearest:
        np.testing.assert_allclose(found.nearest.weights.sum(), 1)
        assert found.nearest.weights.min() >= 0
        assert is_first(utilities, found.nearest.weights, found.rival)


@settings(deadline=None)
@given(cases(unknown=False), st.integers(0, 99))
def test_another_order_changes_only_the_order(case, seed):
    utilities, weights = case
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(utilities)), rng.permutation(weights.size)
    values = np.sort(utilities @ weights)
    assume(values.size == np.unique(values.round(9)).size)
    found = what_would_flip(utilities, weights)
    turned = what_would_flip(utilities[np.ix_(rows, columns)], weights[columns])

    assert (rows[turned.leader], rows[turned.rival]) == (found.leader, found.rival)
    np.testing.assert_allclose(turned.rival_level, found.rival_level[columns], atol=1e-9)
    assert (turned.transfer is None) == (found.transfer is None)
    if found.transfer:
        np.testing.assert_allclose(turned.transfer.amount, found.transfer.amount, atol=1e-9)
    if found.nearest:
        np.testing.assert_allclose(turned.nearest.weights, found.nearest.weights[columns], atol=1e-7)


def test_a_criterion_without_weight_cannot_help():
    found = what_would_flip([[0.9, 0.0], [0.5, 1.0]], [1, 0])

    assert np.isnan(found.rival_level[1])
    assert found.rival_can.tolist() == [True, False]
    assert found.transfer.amount == pytest.approx(0.4 / 1.4)


def test_the_nearest_point_of_lawson_and_hanson():
    """Lawson & Hanson (1974), chapter 23, a line fitted under three conditions: z = (0.127, -0.255)."""
    conditions = np.array([[-0.207, 2.558], [-0.392, -1.351], [0.599, -1.206]])
    bounds = np.array([-1.300, -0.084, 0.384])

    np.testing.assert_allclose(nearest_point(conditions, bounds), [0.127, -0.255], atol=1e-3)


@settings(deadline=None)
@given(
    hnp.arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(-4, 4)),
    st.data(),
)
def test_non_negative_least_squares_cannot_be_bettered_in_any_direction(matrix, data):
    target = data.draw(hnp.arrays(np.float64, len(matrix), elements=st.integers(-4, 4)))

    x = non_negative_least_squares(matrix, target)

    slope = matrix.T @ (matrix @ x - target)
    assert (x >= 0).all()
    assert (slope >= -1e-9).all()
    np.testing.assert_allclose(x * slope, 0, atol=1e-8)


@pytest.mark.parametrize(
    ("utilities", "rival", "code"),
    [
        ([[0.5, 0.5]], None, "decision.no_rival"),
        ([[0.5, 0.5], [NONE, NONE]], None, "decision.no_rival"),
        ([[NONE, NONE], [NONE, NONE]], None, "decision.nothing_known"),
        ([[0.5, 0.5], [0.1, 0.1]], 0, "decision.no_such_candidate"),
        ([[0.5, 0.5], [0.1, 0.1]], 2, "decision.no_such_candidate"),
        ([[0.5, 0.5], [NONE, NONE]], 1, "decision.no_such_candidate"),
        ([[0.5, 1.2], [0.1, 0.1]], None, "decision.not_utilities"),
    ],
)
def test_without_a_rival_nothing_can_be_said(utilities, rival, code):
    with pytest.raises(MethodError) as refused:
        what_would_flip(utilities, [1, 1], rival)

    assert refused.value.code == code
