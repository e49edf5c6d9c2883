"""The weighted sum: the plain result, the one that everybody can work out by hand."""

from __future__ import annotations

import numpy as np

from kontor.methods.decision.problem import DecisionProblem, Floats, Linear


def weighted_sum(problem: DecisionProblem) -> Floats:
    """Return the weighted mean of each candidate's values: (m,) floats in [0, 1].

    1 means the good end of the scale on every criterion, 0 the bad end. What is not known is left out: the
    weights of what is known are then shared out anew, so that a gap neither helps nor harms beyond its
    chance. A candidate of whom nothing is known on any criterion with a weight gets NaN. Equal candidates
    get equal values, and who is at least as good everywhere never gets less. Cost: O(m n) time, O(m) memory.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, additive value function.

    >>> scores = np.array([[2.0, 9.0], [1.0, np.nan], [0.0, 5.0]])
    >>> p = DecisionProblem(scores, np.ones(2), np.array([True, True]))
    >>> weighted_sum(p).tolist()
    [1.0, 0.5, 0.0]
    """
    linear, weights = Linear.of(problem), problem.weights
    may_miss = problem.has_unknown
    result = np.empty(len(problem.scores))
    for rows in problem.row_blocks():
        scores = problem.scores[rows]
        values = linear.apply(scores, np.empty_like(scores))
        result[rows] = weighted_mean(values, weights) if may_miss else row_sums(values, weights)
    return np.minimum(result, 1.0, out=result)


def row_sums(values: Floats, weights: Floats) -> Floats:
    """Return `values @ weights`, each row summed in the same order, so that equal rows give the same bits.

    The matrix product of a linear algebra library does not promise that, and a tie would be broken by the
    place of a candidate in the list.
    """
    sums: Floats = np.einsum("ij,j->i", values, weights)
    return sums


def weighted_mean(values: Floats, weights: Floats) -> Floats:
    """Return the weighted mean over what is known: (k, n) values with NaN → (k,), NaN where nothing is."""
    is_known = ~np.isnan(values)
    known = row_sums(is_known.astype(np.float64), weights)
    sums = row_sums(np.where(is_known, values, 0.0), weights)
    mean: Floats = np.divide(sums, known, out=np.full(len(values), np.nan), where=known > 0)
    return mean
