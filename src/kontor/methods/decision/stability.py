"""How far a weight can move before somebody else is first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.advantage import Behind, Means, behind
from kontor.methods.decision.arrays import TOLERANCE, checked_utilities, leader_of
from kontor.methods.decision.problem import Floats, normalised_weights
from kontor.methods.errors import MethodError

Ints = NDArray[np.int_]
# An end so near to 0 or 1 is 0 or 1: at the very end they are level.
SNAP = 1e-9


@dataclass(frozen=True, eq=False)
class Stability:
    """Within which range of each weight the first stays first.

    leader:    index of the first by the weighted sum, of equals the one listed first.
    is_tied:   whether another has the same value.
    intervals: (n, 2) floats, 0 ≤ lower ≤ weight ≤ upper ≤ 1.
    rivals:    (n, 2) indices of who is level with the first at the lower and upper end, of several the one
               listed first; -1 where the range ends at 0 or 1 and nobody is.
    """

    leader: int
    is_tied: bool
    intervals: Floats
    rivals: Ints


def stability_intervals(utilities: ArrayLike, weights: ArrayLike) -> Stability:
    """Return the range of each weight within which the first stays first, and who takes over at its ends.

    utilities: (m, n) floats in [0, 1], NaN = not known (left out, the other weights shared out anew, as in
    `weighted_sum`).   weights: (n,) floats ≥ 0, not all 0, in any scale.

    One weight moves, the others keep their proportions; where all others are 0 they share equally. Exact, no
    search: along such a line the advantage over a rival is linear, with gaps in the knowledge quadratic. With
    one candidate or one criterion every range is 0 to 1; with a tie a range may begin or end at the weight
    itself. Cost: O(m n) time and memory.

    Raises MethodError "decision.shape", "decision.nothing", "decision.not_utilities",
    "decision.weights_not_positive" or "decision.nothing_known".

    Source: Triantaphyllou & Sánchez (1997), Decision Sciences 28, 151–194, for the case without gaps.

    >>> found = stability_intervals([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.4])
    >>> found.leader, found.intervals.tolist(), found.rivals.tolist()
    (0, [[0.5, 1.0], [0.0, 0.5]], [[1, -1], [-1, 1]])
    """
    known, shares = _checked(utilities, weights)
    leader, values = leader_of(known, shares)
    others = np.delete(np.arange(len(known)), leader)
    is_tied = bool((values[others] >= values[leader] - TOLERANCE).any())
    means = _means(known, shares)
    lower, upper = _edges(behind(_row(means, leader), _row(means, others)), shares)
    # A last row for nobody, who lets every weight go from 0 to 1.
    who = np.append(others, -1)
    lower, upper = np.vstack([lower, np.zeros_like(shares)]), np.vstack([upper, np.ones_like(shares)])
    intervals = np.stack([lower.max(axis=0), upper.min(axis=0)], axis=1)
    rivals = np.stack([who[lower.argmax(axis=0)], who[upper.argmin(axis=0)]], axis=1)
    return Stability(leader, is_tied, intervals, np.where(intervals == [0.0, 1.0], -1, rivals))


def pair_stability(utilities: ArrayLike, weights: ArrayLike, first: int, second: int) -> Floats:
    """Return the range of each weight within which two candidates keep their order: (n, 2) floats in [0, 1].

    first, second: indices of two candidates, in either order. All else as for `stability_intervals`; of two
    that are level, the one named first counts as ahead. Cost: O(n).

    Raises MethodError as `stability_intervals` does, "decision.no_such_candidate", and
    "decision.nothing_known" where either has no value.

    >>> pair_stability([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.4], 1, 0).tolist()
    [[0.5, 1.0], [0.0, 0.5]]
    """
    known, shares = _checked(utilities, weights)
    if first == second or not all(0 <= each < len(known) for each in (first, second)):
        raise MethodError("decision.no_such_candidate")
    pair = known[[first, second]]
    leader, values = leader_of(pair, shares)
    if np.isnan(values).any():
        raise MethodError("decision.nothing_known")
    means = _means(pair, shares)
    lower, upper = _edges(behind(_row(means, leader), _row(means, [1 - leader])), shares)
    return np.stack([lower[0], upper[0]], axis=1)


def _checked(utilities: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    known = checked_utilities(utilities)
    return known, normalised_weights(np.asarray(weights, dtype=np.float64), known.shape[1])


def _means(utilities: Floats, shares: Floats) -> Means:
    """Return the means of every candidate along the line of every weight: arrays (m, n), t = the weight.

    Who knows nothing of the criterion, or nothing else, has the same mean anywhere on the line. Written so,
    the fraction has no zeros of its own at the ends that would look like a change of places.
    """
    is_known = ~np.isnan(utilities)
    cells = np.where(is_known, utilities, 0.0)
    top, weight = _at_zero(cells, shares), _at_zero(is_known.astype(np.float64), shares)
    knows_others = weight > TOLERANCE
    moves = is_known & knows_others
    only = is_known & ~knows_others
    top, weight = np.where(only, cells, top), np.where(only, 1.0, weight)
    return Means(top, np.where(moves, cells - top, 0.0), weight, np.where(moves, 1.0 - weight, 0.0))


def _at_zero(cells: Floats, shares: Floats) -> Floats:
    """Return the weighted sums when one weight is 0 and the others fill its place: (m, n), by criterion."""
    rest = 1.0 - shares
    alone = rest <= TOLERANCE
    equal = (cells.sum(axis=1)[:, None] - cells) / max(shares.size - 1, 1)
    in_proportion = ((cells @ shares)[:, None] - cells * shares) / np.where(alone, 1.0, rest)
    return np.where(alone, equal, in_proportion)


def _row(means: Means, rows: int | list[int] | Ints) -> Means:
    return Means(means.top[rows], means.top_slope[rows], means.weight[rows], means.weight_slope[rows])


def _edges(found: Behind, at: Floats) -> tuple[Floats, Floats]:
    """Return how far down and up each weight can go before each rival is ahead: (k, n) each."""
    place = at[:, None]
    is_below, is_above = found.end <= place + TOLERANCE, found.start >= place - TOLERANCE
    # Where they are level already, rounding may put the weight itself just inside: it is the nearer edge.
    is_inside = ~is_below & ~is_above & ~np.isnan(found.start)
    is_above = is_above | (is_inside & (place - found.start <= found.end - place))
    is_below = is_below | (is_inside & ~is_above)
    lower = np.where(is_below, np.minimum(found.end, place), 0.0).max(axis=-1)
    upper = np.where(is_above, np.maximum(found.start, place), 1.0).min(axis=-1)
    return np.where(lower < SNAP, 0.0, lower), np.where(upper > 1 - SNAP, 1.0, upper)
