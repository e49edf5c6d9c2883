"""A matrix of pairwise comparisons, checked: reciprocal, perhaps with gaps, but holding together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# How far a value and its opposite may be from reciprocal: 8 and 0.13 pass, 8 and 0.2 do not.
RECIPROCAL_TOLERANCE = 0.05
# Rounds and change of the eigenvalue at which the best completion is taken as found.
MOST_ROUNDS = 500
EIGENVALUE_TOLERANCE = 1e-11


@dataclass(frozen=True, eq=False)
class Comparisons:
    """What was compared: how many times as important the row is as the column.

    logs:  (n, n) floats, natural logarithms, antisymmetric; 0 where nothing was said.
    known: (n, n) bools, symmetric, True on the diagonal.
    """

    logs: Floats
    known: Bools

    @property
    def size(self) -> int:
        """Return how many things are compared."""
        return len(self.logs)

    @property
    def missing(self) -> int:
        """Return how many pairs were not compared."""
        return int((~self.known).sum()) // 2

    def without(self, first: int, second: int) -> Comparisons:
        """Return the same without what was said about one pair."""
        return self.with_value(first, second, None)

    def with_value(self, first: int, second: int, log: float | None) -> Comparisons:
        """Return the same with another value for one pair; None takes it out."""
        logs, known = self.logs.copy(), self.known.copy()
        known[first, second] = known[second, first] = log is not None
        logs[first, second], logs[second, first] = log or 0.0, -(log or 0.0)
        return Comparisons(logs, known)


def checked(matrix: ArrayLike) -> Comparisons:
    """Return the comparisons of a matrix; what stands on one side of the diagonal only is mirrored.

    matrix: (n, n) floats > 0 with 1 on the diagonal, NaN where not compared.

    Raises MethodError "comparisons.shape", "comparisons.not_positive", "comparisons.diagonal",
    "comparisons.not_reciprocal" (names first and second, counted from 1) or "comparisons.disconnected" (with
    `loose`, the indices from 0 of what no chain of comparisons ties to the largest group, and `count`).
    """
    given = _square(matrix)
    if not np.allclose(np.diag(given), 1.0):
        raise MethodError("comparisons.diagonal")
    with np.errstate(over="ignore"):
        logs = np.log(given)
    mirrored = np.where(np.isnan(logs), -logs.T, logs)
    sums = np.abs(np.nan_to_num(logs + logs.T))
    if (sums > RECIPROCAL_TOLERANCE).any():
        first, second = np.unravel_index(int(sums.argmax()), sums.shape)
        raise MethodError("comparisons.not_reciprocal", first=int(first) + 1, second=int(second) + 1)
    known = ~np.isnan(mirrored)
    loose = _loose(known)
    if loose:
        raise MethodError("comparisons.disconnected", loose=loose, count=len(loose))
    both_sides = np.nan_to_num(mirrored - mirrored.T) / 2
    return Comparisons(both_sides, known)


def _square(matrix: ArrayLike) -> Floats:
    try:
        given = np.asarray(matrix, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("comparisons.shape") from problem
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        raise MethodError("comparisons.shape")
    if (given <= 0).any() or np.isinf(given).any():
        raise MethodError("comparisons.not_positive")
    return given


def _loose(known: Bools) -> tuple[int, ...]:
    """Return what is not tied to the largest group (of equal ones the first); () where all is."""
    group = np.arange(len(known))
    for _ in range(len(known)):
        # Everybody takes the smallest number among those compared with, until nothing changes.
        smaller = np.where(known, group[None, :], len(known)).min(axis=1)
        if (smaller == group).all():
            break
        group = smaller
    largest = int(np.bincount(group).argmax())
    return tuple(int(each) for each in np.flatnonzero(group != largest))


def least_squares(comparisons: Comparisons) -> tuple[Floats, Floats]:
    """Return log weights (n,), summing to 0, that fit what is known best, and the inverse (n, n) used for it.

    Fit: least sum of squared differences between logarithms of what was said and of the ratio of weights.
    The inverse is that of the Laplacian of the graph of comparisons; with it the resistance of a pair, the
    influence of what was said about it on its own fit, is known without fitting again.
    """
    edges = comparisons.known.astype(np.float64)
    np.fill_diagonal(edges, 0.0)
    n = comparisons.size
    laplacian = np.diag(edges.sum(axis=1)) - edges
    inverse = np.asarray(np.linalg.inv(laplacian + 1.0 / n), dtype=np.float64) - 1.0 / n
    fit: Floats = inverse @ (comparisons.logs * edges).sum(axis=1)
    return fit, inverse


def principal(matrix: Floats) -> tuple[float, Floats]:
    """Return the greatest eigenvalue of a positive matrix and its eigenvector: (n,) > 0, summing to 1."""
    values, vectors = np.linalg.eig(matrix)
    place = int(values.real.argmax())
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), vector / vector.sum()


def completed(comparisons: Comparisons) -> tuple[Floats, float]:
    """Return the log matrix (n, n) whose gaps are filled so that the greatest eigenvalue is least, and it.

    Minimising is convex in the logarithms. Where it is reached, each filled value is the geometric mean of
    what the right and the left eigenvector say; taking that for the next round descends to it.

    Source: Bozóki, Fülöp & Rónyai (2010), Mathematical and Computer Modelling 52, 318–333.
    """
    fit, _ = least_squares(comparisons)
    logs = np.where(comparisons.known, comparisons.logs, fit[:, None] - fit[None, :])
    value, right = principal(np.exp(logs))
    if not comparisons.missing:
        return logs, value
    for _ in range(MOST_ROUNDS):
        _, left = principal(np.exp(logs.T))
        said = (np.log(right) - np.log(left)) / 2
        logs = np.where(comparisons.known, comparisons.logs, said[:, None] - said[None, :])
        before = value
        value, right = principal(np.exp(logs))
        if abs(before - value) <= EIGENVALUE_TOLERANCE * comparisons.size:
            break
    return logs, value
