"""Pairwise comparisons: Saaty's house, matrices with gaps, and what heals a contradiction."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.comparisons import checked, completed, least_squares
from kontor.methods.decision.pairwise import SCALE, compare, consistency_ratio
from kontor.methods.errors import MethodError

NONE = float("nan")

# Saaty (1990), European Journal of Operational Research 48, 9–26, table 2: buying a house.
HOUSE = np.array(
    [
        [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
        [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
        [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
        [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
        [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
        [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
        [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
        [4, 7, 5, 8, 6, 6, 2, 1],
    ]
)


def matrix_of(logs):
    """Return the reciprocal matrix whose upper half has these logarithms, NaN where none is given."""
    upper = np.triu(np.ones_like(logs, dtype=bool), 1)
    matrix = np.where(upper, np.exp(logs), NONE)
    np.fill_diagonal(matrix, 1.0)
    return matrix


@st.composite
def matrices(draw, *, least=1, most=7, gaps=False):
    """Draw a matrix on Saaty's scale; with gaps, the first line always holds it together."""
    n = draw(st.integers(least, most))
    logs = draw(hnp.arrays(np.float64, (n, n), elements=st.sampled_from(SCALE.tolist())))
    if gaps:
        missing = draw(hnp.arrays(np.bool_, (n, n)))
        missing[0] = False
        logs = np.where(missing, NONE, logs)
    return matrix_of(logs)


def consistent(weights):
    return np.divide.outer(weights, weights)


def test_the_house_agrees_with_saaty():
    found = compare(HOUSE)

    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    np.testing.assert_allclose(found.weights, published, atol=5e-4)
    assert round(found.consistency_index * 7 + 8, 3) == 9.669
    assert round(found.consistency_ratio, 3) == 0.169


def test_the_house_is_healed_where_and_as_saaty_heals_it():
    """Saaty (2003), European Journal of Operational Research 145, 85–91: entry (3, 7) from 6 to 1/2."""
    suggestion = compare(HOUSE).suggestion

    assert (suggestion.first + 1, suggestion.second + 1) == (3, 7)
    assert (round(suggestion.stated, 6), round(suggestion.on_scale, 6)) == (6.0, 0.5)
    healed = HOUSE.copy()
    healed[2, 6], healed[6, 2] = 1 / 2, 2
    found = compare(healed)
    published = [0.175, 0.062, 0.103, 0.019, 0.034, 0.041, 0.221, 0.345]
    np.testing.assert_allclose(found.weights, published, atol=5e-4)
    np.testing.assert_allclose(found.consistency_index * 7 + 8, 8.811, atol=1e-3)
    np.testing.assert_allclose(suggestion.ratio_on_scale, found.consistency_ratio)


def test_the_worst_triple_of_the_house_contains_the_entry_that_saaty_heals():
    found = compare(HOUSE)

    assert found.worst_triple == (0, 2, 6)
    # 3 × 6 against 1/3: one of them would have to change by the factor 54.
    np.testing.assert_allclose(found.triple_inconsistency, 1 - 1 / 54)


def test_a_gap_is_filled_as_bozoki_fulop_and_ronyai_publish():
    """Example 3 of Bozóki, Fülöp & Rónyai (2010): x = 0.7302965, printed to the accuracy of their search."""
    published = np.array(
        [[1, NONE, 1 / 5, 1 / 3], [NONE, 1, 1 / 2, 1 / 4], [NONE, NONE, 1, 1], [NONE] * 3 + [1]]
    )

    logs, _ = completed(checked(published))

    np.testing.assert_allclose(np.exp(logs[0, 1]), 0.7302965, atol=1e-6)


@settings(deadline=None)
@given(matrices(gaps=True, most=5))
def test_weights_with_gaps_are_the_mean_over_all_spanning_trees(matrix):
    """Theorem of Bozóki & Tsyganok (2019), International Journal of General Systems 48, 362–381."""
    comparisons = checked(matrix)
    n = comparisons.size
    edges = [(i, j) for i, j in combinations(range(n), 2) if comparisons.known[i, j]]
    trees = []
    for tree in combinations(edges, n - 1):
        known = np.eye(n, dtype=bool)
        for i, j in tree:
            known[i, j] = known[j, i] = True
        if (np.linalg.matrix_power(known.astype(float), n) > 0).all():
            only = np.where(known, np.exp(comparisons.logs), NONE)
            trees.append(least_squares(checked(only))[0])

    np.testing.assert_allclose(least_squares(comparisons)[0], np.mean(trees, axis=0), atol=1e-9)


@settings(deadline=None)
@given(hnp.arrays(np.float64, st.integers(1, 9), elements=st.floats(0.01, 100)), st.booleans())
def test_what_agrees_with_itself_gives_back_its_weights(weights, has_gaps):
    matrix = consistent(weights)
    if has_gaps:
        matrix[1:, 1:] = np.where(np.eye(weights.size - 1, dtype=bool), 1.0, NONE)

    found = compare(matrix)

    np.testing.assert_allclose(found.weights, weights / weights.sum(), rtol=1e-6)
    assert (found.consistency_ratio, found.worst_triple, found.suggestion) == (0.0, None, None)


@settings(deadline=None)
@given(matrices(gaps=True), st.integers(0, 99))
def test_another_order_changes_nothing_but_the_order(matrix, seed):
    order = np.random.default_rng(seed).permutation(len(matrix))
    full = np.where(np.isnan(matrix), 1 / matrix.T, matrix)

    found, turned = compare(full), compare(full[np.ix_(order, order)])

    np.testing.assert_allclose(turned.weights, found.weights[order], atol=1e-9)
    np.testing.assert_allclose(turned.consistency_ratio, found.consistency_ratio, atol=1e-6)
    np.testing.assert_allclose(turned.triple_inconsistency, found.triple_inconsistency, atol=1e-8)


@settings(deadline=None)
@given(matrices(gaps=True))
def test_no_filling_of_the_gaps_contradicts_itself_less(matrix):
    comparisons = checked(matrix)
    _, least = completed(comparisons)
    fit, _ = least_squares(comparisons)
    filled = np.where(comparisons.known, comparisons.logs, fit[:, None] - fit[None, :])

    assert least <= np.linalg.eigvals(np.exp(filled)).real.max() + 1e-9


@settings(deadline=None, max_examples=25)
@given(matrices(least=3, most=4))
def test_no_other_single_change_heals_more(matrix):
    found = compare(matrix)
    n = len(matrix)

    changed = [
        np.where(np.arange(n * n).reshape(n, n) == first * n + second, value, matrix)
        for first, second in combinations(range(n), 2)
        for value in np.exp(SCALE[::2])
    ]
    best = min(compare(each).consistency_ratio for each in changed)

    least = found.suggestion.ratio if found.suggestion else found.consistency_ratio
    assert least <= best + 1e-6


@settings(deadline=None)
@given(matrices(least=3, gaps=True))
def test_a_suggestion_always_helps(matrix):
    found = compare(matrix)

    if found.suggestion:
        assert found.suggestion.ratio < found.consistency_ratio
        assert found.suggestion.ratio <= found.suggestion.ratio_on_scale + 1e-9


def test_the_first_of_equally_bad_triples_is_named():
    assert compare(matrix_of(np.log(np.full((4, 4), 2.0)))).worst_triple == (0, 1, 2)


def test_a_circle_without_a_full_triple_is_healed_all_the_same():
    """Four in a circle, each twice the next: nobody compared across."""
    circle = matrix_of(np.full((4, 4), NONE))
    circle[0, 1] = circle[1, 2] = circle[2, 3] = 2
    circle[0, 3] = 1 / 2

    found = compare(circle)

    assert found.worst_triple is None
    # Each of the four would do; the first is taken: a half of the half of the half stated.
    assert (found.suggestion.first, found.suggestion.second) == (0, 1)
    np.testing.assert_allclose(found.suggestion.value, 1 / 8, rtol=1e-5)
    np.testing.assert_allclose(found.suggestion.ratio, 0.0, atol=1e-6)


def test_what_hangs_loose_is_named():
    matrix = np.full((5, 5), NONE)
    np.fill_diagonal(matrix, 1)
    matrix[0, 2], matrix[1, 4], matrix[4, 3] = 3, 2, 2

    with pytest.raises(MethodError) as refused:
        compare(matrix)

    assert refused.value.code == "comparisons.disconnected"
    assert refused.value.params == {"loose": (0, 2), "count": 2}


def test_the_ratio_of_many_things_follows_alonso_and_lamata():
    """Alonso & Lamata (2006): at n = 15 their line gives 1.5855, where Saaty's table says 1.59."""
    np.testing.assert_allclose(consistency_ratio(1.0, 16), 15 / (1.7699 * 16 - 4.3513))


def test_rounded_opposites_are_taken_together():
    found = compare([[1, 3], [0.33, 1]])

    np.testing.assert_allclose(found.weights[0] / found.weights[1], np.sqrt(3 / 0.33))


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([], "comparisons.shape"),
        ([[1, 2]], "comparisons.shape"),
        ([["a"]], "comparisons.shape"),
        ([[1, 0], [0, 1]], "comparisons.not_positive"),
        ([[1, -2], [-0.5, 1]], "comparisons.not_positive"),
        ([[1, np.inf], [NONE, 1]], "comparisons.not_positive"),
        ([[2]], "comparisons.diagonal"),
        ([[NONE]], "comparisons.diagonal"),
        ([[1, 3], [3, 1]], "comparisons.not_reciprocal"),
        ([[1, NONE], [NONE, 1]], "comparisons.disconnected"),
    ],
)
def test_what_is_no_comparison_is_refused(matrix, code):
    with pytest.raises(MethodError) as refused:
        compare(matrix)

    assert refused.value.code == code


def test_the_fault_in_a_pair_is_named_as_people_count():
    with pytest.raises(MethodError) as refused:
        compare([[1, 2, 3], [NONE, 1, 4], [1 / 3, 4, 1]])

    assert refused.value.params == {"first": 2, "second": 3}
