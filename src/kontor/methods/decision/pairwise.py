"""Weights from pairwise comparisons, how far these contradict each other, and what would heal it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kontor.methods.decision.comparisons import (
    Comparisons,
    Floats,
    checked,
    completed,
    least_squares,
    principal,
)

# Mean consistency index of random matrices of 1 to 15 (Saaty 1980, table 1.2).
RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
# What Saaty's scale offers, from 1/9 to 9.
SCALE = np.log(np.concatenate([1.0 / np.arange(9, 1, -1), np.arange(1, 10)]))
# Contradictions below this are rounding.
CONSISTENT = 1e-7
# So many of the most suspicious comparisons are tried out; the others cannot be the best in practice.
SHORT_LIST = 8


@dataclass(frozen=True)
class Suggestion:
    """The one comparison whose change would heal most.

    first, second: indices, first < second.
    stated:        how many times as important the first was said to be as the second.
    value:         the value that leaves the least contradiction, and `ratio`, the consistency ratio then.
    on_scale:      the best value on Saaty's scale of 1/9 to 9, and `ratio_on_scale`.
    """

    first: int
    second: int
    stated: float
    value: float
    ratio: float
    on_scale: float
    ratio_on_scale: float


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """What the comparisons say.

    weights:            (n,) floats > 0 that sum to 1.
    is_complete:        True: principal eigenvector; False: logarithmic least squares over what is known.
    consistency_index:  (greatest eigenvalue - n) / (n - 1), 0 = no contradiction.
    consistency_ratio:  the index over that of random comparisons; Saaty accepts up to 0.10.
    worst_triple:       (i, j, k), i < j < k: the three that contradict each other most; None without any.
    triple_inconsistency: Koczkodaj's measure of it, 0 to below 1.
    suggestion:         None where there is nothing to heal.
    """

    weights: Floats
    is_complete: bool
    consistency_index: float
    consistency_ratio: float
    worst_triple: tuple[int, int, int] | None
    triple_inconsistency: float
    suggestion: Suggestion | None


def compare(matrix: ArrayLike) -> PairwiseWeights:
    """Return weights from comparisons in pairs, with their contradictions.

    matrix: (n, n) floats > 0: how many times as important the row is as the column; 1 on the diagonal, the
    opposite value on the other side (or NaN: it is mirrored), NaN where not compared. n - 1 comparisons
    suffice if they hold together.

    A complete matrix is weighed by its principal eigenvector. With gaps, weights are those of the least
    squared differences of logarithms; the consistency is then that of the completion that contradicts
    itself least, held against random matrices with as many gaps. One thing alone weighs 1, two cannot
    contradict each other. Cost: O(n³) time and memory, a few dozen times where there is something to heal.

    Raises MethodError "comparisons.shape", "comparisons.not_positive", "comparisons.diagonal",
    "comparisons.not_reciprocal" or "comparisons.disconnected" (`loose` says what hangs loose).

    Source: Saaty (1980), The Analytic Hierarchy Process; Koczkodaj (1993), Mathematical and Computer
    Modelling 18 (7), 79–84, for triples; Bozóki, Fülöp & Rónyai (2010), same journal 52, 318–333, and
    Ágoston & Csató (2022), Omega 108, 102576, for gaps.

    >>> found = compare([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    >>> found.weights.round(3).tolist(), round(found.consistency_ratio, 3), found.worst_triple
    ([0.637, 0.258, 0.105], 0.033, (0, 1, 2))
    """
    comparisons = checked(matrix)
    logs, value = completed(comparisons)
    index = consistency_index(value, comparisons.size)
    if comparisons.missing:
        fit, _ = least_squares(comparisons)
        weights = np.exp(fit - fit.max())
    else:
        _, weights = principal(np.exp(logs))
    triple, inconsistency = worst_triple(comparisons)
    return PairwiseWeights(
        weights=weights / weights.sum(),
        is_complete=not comparisons.missing,
        consistency_index=index,
        consistency_ratio=consistency_ratio(index, comparisons.size, comparisons.missing),
        worst_triple=triple,
        triple_inconsistency=inconsistency,
        suggestion=_suggestion(comparisons, value) if index > CONSISTENT else None,
    )


def consistency_index(eigenvalue: float, n: int) -> float:
    """Return how far the greatest eigenvalue lies above n, per further thing; 0 for one or two things."""
    index = (eigenvalue - n) / (n - 1) if n > 2 else 0.0
    return index if index > CONSISTENT / 100 else 0.0


def consistency_ratio(index: float, n: int, missing: int = 0) -> float:
    """Return the index over that of random comparisons of n things with as many pairs missing.

    Beyond 15 things the random index follows the line of Alonso & Lamata (2006), International Journal of
    Uncertainty, Fuzziness and Knowledge-Based Systems 14, 445–459; gaps lower it, nearly in proportion,
    down to 0 where just enough is known to leave no room for contradiction (Ágoston & Csató 2022).

    >>> round(consistency_ratio(0.2384, 8), 3)
    0.169
    """
    if n < 3 or index == 0:
        return 0.0
    random = RANDOM_INDEX[n - 1] if n <= len(RANDOM_INDEX) else (1.7699 * n - 4.3513) / (n - 1)
    return index / (random * (1 - 2 * missing / ((n - 1) * (n - 2))))


def worst_triple(comparisons: Comparisons) -> tuple[tuple[int, int, int] | None, float]:
    """Return the three that contradict each other most and by how much: 0 to below 1, the first of equals.

    The measure is Koczkodaj's: the least relative change of one of the three values that would make them
    agree. Triples that were not compared throughout are left out.
    """
    logs, known, n = comparisons.logs, comparisons.known, comparisons.size
    way_round = np.abs(logs[:, :, None] + logs[None, :, :] - logs[:, None, :])
    is_known = known[:, :, None] & known[None, :, :] & known[:, None, :]
    place = np.arange(n)
    is_ordered = (place[:, None, None] < place[:, None]) & (place[:, None] < place)
    # Rounded, so that of equal contradictions the first is taken on every machine.
    gaps = np.where(is_known & is_ordered, way_round, 0.0).round(9)
    if gaps.max() <= CONSISTENT:
        return None, 0.0
    i, j, k = (int(each) for each in np.unravel_index(int(gaps.argmax()), gaps.shape))
    return (i, j, k), float(1 - np.exp(-gaps[i, j, k]))


def _suggestion(comparisons: Comparisons, eigenvalue: float) -> Suggestion | None:
    """Return the change of one comparison that leaves the least contradiction, None where none helps."""
    tried = [
        (*_healed(comparisons, first, second), first, second) for first, second in _suspects(comparisons)
    ]
    if not tried:
        return None
    least, log, first, second = min(tried, key=lambda each: (round(each[0], 9), each[2], each[3]))
    if least >= eigenvalue - CONSISTENT:
        return None
    on_scale = _on_scale(comparisons, first, second, log)
    return Suggestion(
        first=first,
        second=second,
        stated=float(np.exp(comparisons.logs[first, second])),
        value=float(np.exp(log)),
        ratio=_ratio(comparisons, least),
        on_scale=float(np.exp(on_scale[1])),
        ratio_on_scale=_ratio(comparisons, on_scale[0]),
    )


def _suspects(comparisons: Comparisons) -> list[tuple[int, int]]:
    """Return the pairs whose removal would take most of the squared misfit away, at most SHORT_LIST.

    Removing one pair lowers the sum by r² / (1 - h), with r its residual and h its resistance; a pair with
    h = 1 holds two parts together and contradicts nothing.
    """
    fit, inverse = least_squares(comparisons)
    residual = comparisons.logs - (fit[:, None] - fit[None, :])
    own = np.diag(inverse)
    leverage = own[:, None] + own[None, :] - 2 * inverse
    free = np.triu(comparisons.known & (leverage < 1 - 1e-9), 1)
    fall = np.where(free, residual**2 / np.where(free, 1 - leverage, 1.0), 0.0).round(9)
    order = np.argsort(-fall, axis=None, kind="stable")[:SHORT_LIST]
    pairs = (np.unravel_index(int(each), fall.shape) for each in order if fall.flat[each] > 0)
    return [(int(first), int(second)) for first, second in pairs]


def _healed(comparisons: Comparisons, first: int, second: int) -> tuple[float, float]:
    """Return the least eigenvalue that another value for the pair can reach, and the log of that value."""
    logs, eigenvalue = completed(comparisons.without(first, second))
    return eigenvalue, float(logs[first, second])


def _on_scale(comparisons: Comparisons, first: int, second: int, log: float) -> tuple[float, float]:
    """Return the least eigenvalue on Saaty's scale and its log: the best lies next to the best of all."""
    above = int(np.clip(np.searchsorted(SCALE, log), 1, len(SCALE) - 1))
    neighbours = (float(SCALE[above - 1]), float(SCALE[above]))
    return min((completed(comparisons.with_value(first, second, each))[1], each) for each in neighbours)


def _ratio(comparisons: Comparisons, eigenvalue: float) -> float:
    index = consistency_index(eigenvalue, comparisons.size)
    return consistency_ratio(index, comparisons.size, comparisons.missing)
