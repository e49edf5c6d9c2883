"""The next best fact: by hand, against brute force, and what holds for all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.next_fact import next_best_facts
from kontor.methods.decision.uniform_sums import gain_of_sums
from kontor.methods.errors import MethodError

NONE = float("nan")
CELL = st.integers(0, 10).map(lambda tenth: tenth / 10)


@st.composite
def cases(draw, *, least=1):
    m, n = draw(st.integers(least, 5)), draw(st.integers(1, 4))
    one, other = (draw(hnp.arrays(np.float64, (m, n), elements=CELL)) for _ in range(2))
    is_sure = draw(hnp.arrays(np.bool_, (m, n)))
    weights = draw(hnp.arrays(np.float64, n, elements=st.integers(1, 9).map(float)))
    low = np.minimum(one, other)
    return low, np.where(is_sure, low, np.maximum(one, other)), weights / weights.sum()


def as_matrix(found, values, shape):
    """Return a value of each cell as a matrix, 0 where nothing is uncertain."""
    matrix = np.zeros(shape)
    matrix[found.candidate, found.criterion] = values
    return matrix


def test_by_hand():
    """A 0.6 for sure, B 0.25 to 0.75: from 0.7 on the second criterion B is first, in 3 of 10 cases.

    Then it is ahead by 0 to 0.15, on average by 0.075: expected gain 0.3 · 0.075.
    """
    found = next_best_facts([[0.6, 0.6], [0.5, 0.0]], [[0.6, 0.6], [0.5, 1.0]], [1, 1])

    assert (found.leader, found.candidate.tolist(), found.criterion.tolist()) == (0, [1], [1])
    np.testing.assert_allclose([found.turning[0], found.chance[0], found.gain[0]], [0.7, 0.3, 0.0225])
    assert found.favours.tolist() == [1]
    np.testing.assert_allclose([found.together_gain[1], found.together_chance[1]], [0.0225, 0.3], atol=1e-6)


def test_a_bad_surprise_for_the_first_favours_the_second():
    found = next_best_facts(
        [[0.9, NONE], [0.6, 0.6], [0.1, 0.1]], [[0.9, NONE], [0.6, 0.6], [0.1, 0.1]], [1, 1]
    )

    assert (found.leader, found.favours.tolist()) == (0, [1])
    np.testing.assert_allclose([found.turning[0], found.chance[0]], [0.3, 0.3])


def brute_force(low, high, weights, cell, rng):
    """Return EVPPI and the chance of a change by sampling everything, other cells and weights too."""
    learned = np.linspace(low[cell], high[cell], 801)[:-1] + (high[cell] - low[cell]) / 1600
    scores = rng.uniform(low, high, (100_000, *low.shape))
    drawn = weights[rng.integers(len(weights), size=100_000)]
    before = np.einsum("smn,sn->sm", scores, drawn).mean(axis=0)
    without = np.einsum("smn,sn->sm", np.where(one_hot(low.shape, cell), 0.0, scores), drawn).mean(axis=0)
    expected = np.repeat(without[None, :], learned.size, axis=0)
    expected[:, cell[0]] += drawn[:, cell[1]].mean() * learned
    gain = expected.max(axis=1).mean() - before.max()
    return gain, (expected.argmax(axis=1) != before.argmax()).mean()


def one_hot(shape, cell):
    mask = np.zeros(shape, dtype=bool)
    mask[cell] = True
    return mask


def test_gains_agree_with_brute_force_over_all_that_is_uncertain():
    rng = np.random.default_rng(4)
    low = np.array([[0.5, 0.0, 0.7], [0.0, 0.6, 0.4], [0.5, 0.2, 0.0]])
    high = np.array([[0.5, 1.0, 0.7], [1.0, 0.8, 0.6], [0.6, 0.7, 1.0]])
    weights = rng.dirichlet([4, 3, 3], 500)
    found = next_best_facts(low, high, weights)

    for candidate, criterion, gain in zip(found.candidate, found.criterion, found.gain, strict=True):
        simulated, _ = brute_force(low, high, weights, (candidate, criterion), rng)
        np.testing.assert_allclose(gain, simulated, atol=1e-3)


def test_chances_agree_with_brute_force_for_fixed_weights():
    rng = np.random.default_rng(5)
    low = np.array([[0.55, 0.0, 0.7], [0.0, 0.6, 0.4], [0.5, 0.2, 0.0]])
    high = np.array([[0.55, 1.0, 0.7], [1.0, 0.8, 0.6], [0.6, 0.7, 1.0]])
    weights = np.array([0.4, 0.3, 0.3])
    found = next_best_facts(low, high, weights)

    for candidate, criterion, chance in zip(found.candidate, found.criterion, found.chance, strict=True):
        _, simulated = brute_force(low, high, weights[None, :], (candidate, criterion), rng)
        np.testing.assert_allclose(chance, simulated, atol=0.03)


def test_the_chance_over_samples_is_the_mean_of_the_chances():
    low, high = np.array([[0.2, 0.5], [0.0, 0.3]]), np.array([[0.9, 0.5], [1.0, 0.6]])
    samples = np.array([[1.0, 0.0], [0.2, 0.8], [0.5, 0.5]])

    found = next_best_facts(low, high, samples)

    singles = [next_best_facts(low, high, each) for each in samples]
    wanted = np.mean([as_matrix(each, each.chance, low.shape) for each in singles], axis=0)
    np.testing.assert_allclose(as_matrix(found, found.chance, low.shape), wanted)


def test_together_agrees_with_brute_force():
    reach = np.array([[0.2, 0.1, 0.05], [0.2, 0.1, 0.05], [0.3, 0.01, 0.01], [0.1, 0.1, 0.1]])
    lead = np.array([0.12, -0.12, 0.25, 0.0])
    error = (np.random.default_rng(3).uniform(-1, 1, (400_000, 1, 3)) * reach).sum(axis=2)

    gain, chance = gain_of_sums(reach, lead)

    wanted = np.maximum(lead + error, 0).mean(axis=0) - np.maximum(lead, 0)
    np.testing.assert_allclose(gain, wanted, atol=5e-4)
    np.testing.assert_allclose(chance[:3], ((lead + error > 0) != (lead > 0)).mean(axis=0)[:3], atol=3e-3)
    assert chance[3] == pytest.approx(0.5)


def test_equal_errors_agree_with_the_irwin_hall_distribution():
    """P(X₁ + … + X₄ > 3) of uniforms on 0 to 1 is 1 / 4! (Irwin 1927, Hall 1927, both in Biometrika 19)."""
    _, chance = gain_of_sums(np.full((1, 4), 0.5), np.array([1.0]))

    np.testing.assert_allclose(chance, 1 / math.factorial(4), atol=1e-6)


@settings(deadline=None)
@given(cases())
def test_gains_are_never_negative_and_what_is_certain_is_not_listed(case):
    low, high, weights = case
    found = next_best_facts(low, high, weights)

    assert (found.gain >= 0).all()
    assert ((found.chance >= 0) & (found.chance <= 0.5 + 1e-12)).all()
    assert found.gain.size == (low < high).sum()
    assert (np.diff(found.gain) <= 1e-14).all()
    assert ((found.gain > 0) <= (found.chance > 0)).all()


@settings(deadline=None)
@given(cases())
def test_at_the_turning_point_the_first_changes(case):
    low, high, weights = case
    found = next_best_facts(low, high, weights)
    middle = (low + high) / 2
    values = np.sort(middle @ weights)
    assume(values.size == np.unique(values.round(9)).size)

    for place in np.flatnonzero(~np.isnan(found.turning)):
        cell = found.candidate[place], found.criterion[place]
        better, worse = middle.copy(), middle.copy()
        better[cell], worse[cell] = found.turning[place] + 1e-6, found.turning[place] - 1e-6
        first = {int((each @ weights).argmax()) for each in (better, worse)}
        assert first == {found.leader, int(found.favours[place])}
        assert low[cell] < found.turning[place] < high[cell]


@settings(deadline=None)
@given(cases())
def test_all_facts_of_a_candidate_together_are_worth_at_least_each_of_them(case):
    low, high, weights = case
    found = next_best_facts(low, high, weights)

    best = as_matrix(found, found.gain, low.shape).max(axis=1)
    assert (found.together_gain >= best - 2e-6).all()


@settings(deadline=None)
@given(cases(least=2), st.integers(0, 99))
def test_another_order_changes_only_the_order(case, seed):
    low, high, weights = case
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(low)), rng.permutation(weights.size)
    place = np.ix_(rows, columns)
    found, turned = (
        next_best_facts(low, high, weights),
        next_best_facts(low[place], high[place], weights[columns]),
    )

    for one, other in ((found.gain, turned.gain), (found.chance, turned.chance)):
        np.testing.assert_allclose(
            as_matrix(turned, other, low.shape), as_matrix(found, one, low.shape)[place], atol=1e-12
        )


def test_a_criterion_without_weight_has_nothing_to_tell():
    found = next_best_facts([[0.5, 0.0], [0.5, 0.0]], [[0.5, 1.0], [0.5, 1.0]], [1, 0])

    assert (found.gain.tolist(), found.chance.tolist()) == ([0, 0], [0, 0])
    assert np.isnan(found.turning).all()


def test_where_no_single_fact_can_change_anything_the_nearest_to_it_stands_first():
    low, high = [[0.9, 0.9, 0.9], [0.3, 0.0, 0.0]], [[0.9, 0.9, 0.9], [0.3, 1.0, 0.2]]

    found = next_best_facts(low, high, [1, 1, 1])

    assert (found.gain.tolist(), found.criterion.tolist()) == ([0, 0], [1, 2])


def test_a_candidate_alone_is_first_whatever_is_found_out():
    found = next_best_facts([[NONE, 0.2]], [[NONE, 0.2]], [1, 1])

    assert (found.gain.tolist(), found.chance.tolist(), found.favours.tolist()) == ([0], [0], [-1])


def test_all_unknown_and_all_equal_leaves_every_fact_as_good_as_the_other():
    found = next_best_facts(np.full((3, 2), NONE), np.full((3, 2), NONE), [1, 1])

    np.testing.assert_allclose(found.gain, 1 / 16)
    np.testing.assert_allclose(found.chance, 0.5)
    assert list(zip(found.candidate, found.criterion, strict=True))[:3] == [(0, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("low", "high", "weights", "code"),
    [
        ([0.1], [0.2], [1], "decision.shape"),
        ([[0.1]], [[0.2, 0.3]], [1], "decision.shape"),
        ([["a"]], [[0.2]], [1], "decision.shape"),
        ([[]], [[]], [], "decision.nothing"),
        ([[-0.1]], [[0.2]], [1], "decision.not_utilities"),
        ([[0.1]], [[1.2]], [1], "decision.not_utilities"),
        ([[0.4]], [[0.2]], [1], "decision.range_reversed"),
        ([[0.1]], [[0.2]], [1, 1], "decision.shape"),
        ([[0.1]], [[0.2]], [[1, 1]], "decision.shape"),
        ([[0.1]], [[0.2]], [0], "decision.weights_not_positive"),
        ([[0.1]], [[0.2]], [[1], [0]], "decision.weights_not_positive"),
        ([[0.1]], [[0.2]], [[-1]], "decision.weights_not_positive"),
    ],
)
def test_what_is_no_range_is_refused(low, high, weights, code):
    with pytest.raises(MethodError) as refused:
        next_best_facts(low, high, weights)

    assert refused.value.code == code
