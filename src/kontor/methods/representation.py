"""Whether a group has a fair part in the answers, or too few to speak for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

SMALL_GROUP = 5


@dataclass(frozen=True)
class Representation:
    """How each group answered, compared with chance; all arrays have shape (k,).

    expected: answers that the group would have, had everybody been equally willing.
    residual: adjusted residual: (answers - expected) / its standard deviation; 0 where that is 0.
    tail:     probability of so few answers or fewer by chance, 0 to 1.
    is_under: True where the tail is at most the significance and the group is not small.
    """

    expected: NDArray[np.float64]
    residual: NDArray[np.float64]
    tail: NDArray[np.float64]
    is_under: NDArray[np.bool_]


def representation(
    population: ArrayLike, answered: ArrayLike, *, significance: float = 0.05, least: int = SMALL_GROUP
) -> Representation:
    """Compare who answered with who could have, group by group.

    population: (k,) whole numbers ≥ 0, everybody in each group.   answered: (k,) whole numbers ≤ population.
    significance: 0 < significance < 1, for each group by itself: of 20 groups with nothing amiss, one warns.
    least: groups of fewer are never flagged: one refusal more or less turns their share.

    The members are a finite population, so the answers of a group follow the hypergeometric distribution and
    the tail is exact, also for a handful of answers; no normal approximation decides. Where nobody or
    everybody answered, nothing is flagged. Cost: O(sum of population) time, O(k) memory.

    Raises MethodError "representation.shape", "representation.not_counts" or "representation.significance".

    Source: Haberman (1973), Biometrics 29, 205–220, for the adjusted residual; Fisher's exact test, on one
    side, for the tail (Agresti, Categorical Data Analysis, 3rd ed., 2013, sections 3.3.1 and 3.5.1).

    >>> found = representation([40, 12, 8], [17, 3, 0])
    >>> found.expected.round(2).tolist(), found.tail.round(4).tolist(), found.is_under.tolist()
    ([13.33, 4.0, 2.67], [0.9942, 0.3749, 0.0301], [False, False, True])
    """
    everybody, said = _counts(population, answered)
    if not 0 < significance < 1:
        raise MethodError("representation.significance", significance=significance)
    total, answers = int(everybody.sum()), int(said.sum())
    expected = everybody * (answers / total) if total else np.zeros_like(everybody)
    share = everybody / total if total else np.zeros_like(everybody)
    spread = np.sqrt(answers * share * (1 - share) * (total - answers) / max(total - 1, 1))
    residual = np.divide(said - expected, spread, out=np.zeros_like(expected), where=spread > 0)
    pairs = zip(said.astype(int), everybody.astype(int), strict=True)
    tail = np.array([_tail(int(most), int(group), total, answers) for most, group in pairs], dtype=np.float64)
    is_under = (tail <= significance) & (everybody >= least) & (said < expected)
    return Representation(expected, residual, tail, is_under)


def _tail(most: int, group: int, total: int, answers: int) -> float:
    """Return the probability that at most `most` of the answers fall into the group."""
    lowest, highest = max(0, answers - (total - group)), min(group, answers)
    if most >= highest:
        return 1.0
    ways = _log_choose(total, answers)
    logs = [
        _log_choose(group, k) + _log_choose(total - group, answers - k) - ways
        for k in range(lowest, most + 1)
    ]
    return min(1.0, math.fsum(map(math.exp, logs)))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _counts(population: ArrayLike, answered: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    everybody = np.asarray(population, dtype=np.float64)
    said = np.asarray(answered, dtype=np.float64)
    if everybody.ndim != 1 or everybody.shape != said.shape:
        raise MethodError("representation.shape", population=everybody.shape, answered=said.shape)
    is_finite = bool(np.isfinite(everybody).all() and np.isfinite(said).all())
    is_whole = is_finite and bool((everybody % 1 == 0).all() and (said % 1 == 0).all())
    if not (is_whole and (said >= 0).all() and (said <= everybody).all()):
        raise MethodError("representation.not_counts")
    return everybody, said
