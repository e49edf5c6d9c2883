"""Stability of the first place: by hand, against a search, and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.stability import pair_stability, stability_intervals
from kontor.methods.decision.weighted_sum import weighted_mean
from kontor.methods.errors import MethodError

NONE = float("nan")
CELL = st.integers(0, 10).map(lambda tenth: tenth / 10)

# Triantaphyllou & Sánchez (1997), numerical example for the weighted sum model, table 1.
EXAMPLE = [
    [0.3088, 0.2897, 0.3867, 0.1922],
    [0.2163, 0.3458, 0.1755, 0.6288],
    [0.4509, 0.2473, 0.1194, 0.0575],
    [0.0240, 0.1172, 0.3184, 0.1215],
]
EXAMPLE_WEIGHTS = [0.3277, 0.3058, 0.2876, 0.0790]


@st.composite
def cases(draw, *, unknown=True):
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cells = st.one_of(CELL, st.just(NONE)) if unknown else CELL
    utilities = draw(hnp.arrays(np.float64, (m, n), elements=cells))
    utilities[0] = np.where(np.isnan(utilities[0]), 0.5, utilities[0])
    weights = draw(hnp.arrays(np.float64, n, elements=st.integers(1, 9).map(float)))
    return utilities, weights / weights.sum()


def moved(weights, criterion, to):
    """Return the weights with one set to a value and the others in their proportions."""
    others = np.delete(weights, criterion)
    return np.insert(others / others.sum() * (1 - to), criterion, to)


def test_the_intervals_agree_with_triantaphyllou_and_sanchez():
    """Their smallest changes δ before normalising: weight − δ, and then all divided by 1 − δ.

    δ = (P2 − P1) / (a2 − a1): of criterion 3 it takes 0.0394 / 0.2112 until the second is level with the
    first, of criterion 4 the first loses its place at an increase by 0.0394 / 0.4366.
    """
    found = stability_intervals(EXAMPLE, EXAMPLE_WEIGHTS)

    values = np.array(EXAMPLE) @ np.array(EXAMPLE_WEIGHTS)
    gap = values[0] - values[1]
    down, up = gap / (0.3867 - 0.1755), gap / (0.6288 - 0.1922)
    total = sum(EXAMPLE_WEIGHTS)
    assert found.leader == 0
    np.testing.assert_allclose(found.intervals[2, 0], (0.2876 - down) / (total - down))
    np.testing.assert_allclose(found.intervals[3, 1], (0.0790 + up) / (total + up))
    assert (found.rivals[2, 0], found.rivals[3, 1]) == (1, 1)


def test_the_ends_by_hand():
    """B is 0.2 better on the first criterion, 0.4 worse on the second: level at 0.2 t = 0.4 (1 − t)."""
    found = stability_intervals([[0.5, 0.9], [0.7, 0.5]], [0.5, 0.5])

    np.testing.assert_allclose(found.intervals, [[0, 2 / 3], [1 / 3, 1]])
    assert found.rivals.tolist() == [[-1, 1], [1, -1]]


def test_a_gap_in_the_knowledge_bends_the_line_and_the_ends_are_exact_all_the_same():
    """B knows nothing of the first: its value is (0.3 w2 + 0.9 w3) / (w2 + w3) = 0.6 for any weight of it."""
    found = stability_intervals([[0.9, 0.5, 0.5], [NONE, 0.3, 0.9]], [0.5, 0.25, 0.25])

    np.testing.assert_allclose(found.intervals[0], [0.25, 1.0])  # 0.9 t + 0.5 (1 − t) = 0.6


@settings(deadline=None)
@given(cases())
def test_inside_the_first_stays_first_and_just_outside_the_rival_is_ahead(case):
    utilities, weights = case
    found = stability_intervals(utilities, weights)

    for criterion, (lower, upper) in enumerate(found.intervals):
        if weights.size == 1:
            continue
        for part in (0.001, 0.5, 0.999):
            inside = weighted_mean(utilities, moved(weights, criterion, lower + part * (upper - lower)))
            assert inside[found.leader] >= np.nanmax(inside) - 1e-9
        for end, side in ((lower, -1), (upper, 1)):
            rival = found.rivals[criterion, max(side, 0)]
            if rival >= 0:
                level = weighted_mean(utilities, moved(weights, criterion, end))
                beyond = weighted_mean(utilities, moved(weights, criterion, np.clip(end + side * 1e-4, 0, 1)))
                np.testing.assert_allclose(level[rival], level[found.leader], atol=1e-8)
                assert beyond[rival] > beyond[found.leader] - 1e-12


@settings(deadline=None)
@given(cases())
def test_the_interval_holds_the_weight_and_names_a_rival_unless_it_is_open(case):
    utilities, weights = case
    found = stability_intervals(utilities, weights)

    lower, upper = found.intervals.T
    assert ((lower >= 0) & (lower <= weights + 1e-12) & (weights <= upper + 1e-12) & (upper <= 1)).all()
    assert ((found.rivals[:, 0] == -1) == (lower == 0)).all()
    assert ((found.rivals[:, 1] == -1) == (upper == 1)).all()


@settings(deadline=None)
@given(cases(), st.integers(0, 99))
def test_criteria_and_candidates_in_another_order_change_only_the_order(case, seed):
    utilities, weights = case
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(utilities)), rng.permutation(weights.size)
    found = stability_intervals(utilities, weights)
    turned = stability_intervals(utilities[np.ix_(rows, columns)], weights[columns])

    if not found.is_tied:
        assert rows[turned.leader] == found.leader
        np.testing.assert_allclose(turned.intervals, found.intervals[columns], atol=1e-8)


@settings(deadline=None)
@given(cases(unknown=False))
def test_the_range_of_the_first_place_is_what_all_pairs_leave(case):
    utilities, weights = case
    found = stability_intervals(utilities, weights)
    others = [each for each in range(len(utilities)) if each != found.leader]

    pairs = [pair_stability(utilities, weights, found.leader, other) for other in others]
    free = np.tile([0.0, 1.0], (weights.size, 1))

    lower = np.max([pair[:, 0] for pair in [*pairs, free]], axis=0)
    upper = np.min([pair[:, 1] for pair in [*pairs, free]], axis=0)
    np.testing.assert_allclose(found.intervals, np.stack([lower, upper], axis=1))


def test_who_is_better_everywhere_stays_first_for_all_weights():
    found = stability_intervals([[0.9, 0.8, 0.7], [0.8, 0.8, 0.6]], [1, 2, 3])

    assert found.intervals.tolist() == [[0, 1]] * 3
    assert found.rivals.tolist() == [[-1, -1]] * 3


def test_all_equal_are_tied_and_stay_so():
    found = stability_intervals(np.full((3, 2), 0.4), [1, 1])

    assert (found.leader, found.is_tied, found.intervals.tolist()) == (0, True, [[0, 1]] * 2)


def test_a_tie_between_opposites_holds_at_one_point_only():
    found = stability_intervals([[1, 0], [0, 1]], [1, 1])

    assert (found.is_tied, found.intervals.tolist()) == (True, [[0.5, 1.0], [0.0, 0.5]])
    assert found.rivals.tolist() == [[1, -1], [-1, 1]]


@pytest.mark.parametrize("utilities", [[[0.3, 0.6]], [[0.3], [0.6]]])
def test_one_candidate_or_one_criterion_leaves_every_weight_free(utilities):
    found = stability_intervals(utilities, np.ones(len(utilities[0])))

    assert found.intervals.tolist() == [[0, 1]] * len(utilities[0])


def test_a_weight_of_one_shares_what_it_gives_up_equally():
    found = stability_intervals([[1, 0, 0], [0, 1, 1]], [1, 0, 0])

    assert found.intervals[0].tolist() == [0.5, 1.0]


def test_of_whom_nothing_is_known_is_no_rival():
    found = stability_intervals([[NONE, NONE], [0.2, 0.1]], [1, 1])

    assert (found.leader, found.intervals.tolist()) == (1, [[0, 1]] * 2)


@pytest.mark.parametrize(
    ("utilities", "weights", "code"),
    [
        ([0.5], [1], "decision.shape"),
        (["a"], [1], "decision.shape"),
        ([[]], [], "decision.nothing"),
        ([[1.5]], [1], "decision.not_utilities"),
        ([[-0.5]], [1], "decision.not_utilities"),
        ([[0.5, 0.5]], [1], "decision.shape"),
        ([[0.5, 0.5]], [0, 0], "decision.weights_not_positive"),
        ([[0.5, 0.5]], [1, -1], "decision.weights_not_positive"),
        ([[NONE, NONE]], [1, 1], "decision.nothing_known"),
    ],
)
def test_what_has_no_first_place_is_refused(utilities, weights, code):
    with pytest.raises(MethodError) as refused:
        stability_intervals(utilities, weights)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (0, 0, "decision.no_such_candidate"),
        (0, 3, "decision.no_such_candidate"),
        (0, 2, "decision.nothing_known"),
    ],
)
def test_a_pair_needs_two_candidates_of_whom_something_is_known(first, second, code):
    with pytest.raises(MethodError) as refused:
        pair_stability([[0.5], [0.4], [NONE]], [1], first, second)

    assert refused.value.code == code
