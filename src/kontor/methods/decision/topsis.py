"""TOPSIS: near to the ideal and far from its opposite."""

from __future__ import annotations

import numpy as np

from kontor.methods.decision.problem import DecisionProblem, Floats, column_ends


def topsis(problem: DecisionProblem) -> Floats:
    """Return the closeness of each candidate to the ideal: (m,) floats in [0, 1].

    1 means best on every criterion, 0 worst on every criterion. Where all candidates are equal the formula
    is 0/0; every closeness is then 0.5. The columns' own lengths are the yardstick: the ends of the scales
    are not looked at. What is not known is left out of both distances of that candidate; where nothing is
    known on any criterion with a weight, the closeness is NaN. Adding a candidate can change the order of
    the others (rank reversal). Cost: O(m n) time, O(m) memory.

    Source: Hwang & Yoon (1981), Multiple Attribute Decision Making, with vector normalisation.

    >>> p = DecisionProblem(np.array([[2.0], [1.0]]), np.ones(1), np.array([True]))
    >>> topsis(p).tolist()
    [1.0, 0.0]
    """
    least, greatest = column_ends(problem)
    lengths = _lengths(problem, np.maximum(np.abs(least), np.abs(greatest)))
    # A column of zeros has no length, and one below 1e-300 none that could be divided by.
    factors = np.divide(problem.weights, lengths, out=np.zeros_like(lengths), where=lengths > 1e-300)
    best = np.where(problem.benefit, greatest, least)
    worst = np.where(problem.benefit, least, greatest)
    to_best, to_worst = _distances(problem, np.stack([best, worst]), factors)
    both = to_best + to_worst
    closeness: Floats = np.divide(to_worst, both, out=np.full_like(both, 0.5), where=both > 0)
    if problem.has_unknown:
        is_known = ~np.isnan(problem.scores[:, problem.weights > 0])
        closeness[~is_known.any(axis=1)] = np.nan
    return closeness


def _lengths(problem: DecisionProblem, most: Floats) -> Floats:
    """Return the length of each column as a vector, unknown scores left out; `most` is its largest amount."""
    is_plain = (most > 1e-100) & (most < 1e100)
    # Squares of very large and very small scores would leave the range of floats.
    scale = np.where(is_plain | ~(most > 0), 1.0, most)
    total = np.zeros(len(most))
    may_miss = problem.has_unknown
    for rows in problem.row_blocks():
        scores = problem.scores[rows]
        if not is_plain.all():
            scores = scores / scale
        if may_miss:
            scores = np.nan_to_num(scores)
        total += np.einsum("ij,ij->j", scores, scores)
    lengths: Floats = np.sqrt(total) * scale
    return lengths


def _distances(problem: DecisionProblem, ends: Floats, factors: Floats) -> Floats:
    """Return the distance of each candidate to each of the two (2, n) ends: (2, m)."""
    squares = np.empty((2, len(problem.scores)))
    may_miss = problem.has_unknown
    for rows in problem.row_blocks():
        scores = problem.scores[rows]
        gaps = np.empty_like(scores)
        for place, end in enumerate(ends):
            np.subtract(scores, end, out=gaps)
            np.multiply(gaps, factors, out=gaps)
            if may_miss:
                np.nan_to_num(gaps, copy=False)
            np.einsum("ij,ij->i", gaps, gaps, out=squares[place, rows])
    distances: Floats = np.sqrt(squares)
    return distances
