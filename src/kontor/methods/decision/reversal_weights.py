"""How the weights would have to change for somebody else to be first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.advantage import Means, behind
from kontor.methods.decision.arrays import TOLERANCE, first_of
from kontor.methods.decision.nearest_point import nearest_point
from kontor.methods.decision.problem import Floats
from kontor.methods.decision.weighted_sum import weighted_mean

Ints = NDArray[np.int_]
Bools = NDArray[np.bool_]
# Values this near count as level after a search.
LEVEL = 1e-9
MOST_ROUNDS = 50
# Pairs of criteria looked at together, the most promising first.
BLOCK = 64


@dataclass(frozen=True, eq=False)
class Transfer:
    """The smallest amount of weight that, taken from one criterion and given to another, is enough.

    giver, taker: indices of criteria.   amount: share of all weight, 0 to 1.   weights: (n,) those then.
    """

    giver: int
    taker: int
    amount: float
    weights: Floats


@dataclass(frozen=True, eq=False)
class NearestWeights:
    """The weights nearest to the present ones under which the rival is first.

    weights:  (n,) floats ≥ 0 that sum to 1.
    distance: Euclidean distance from the present weights.
    moved:    share of all weight that changes its criterion, 0 to 1: half the sum of absolute changes.
    """

    weights: Floats
    distance: float
    moved: float


def smallest_transfer(utilities: Floats, weights: Floats, rival: int) -> Transfer | None:
    """Return the smallest transfer between two criteria after which the rival is level with the first.

    utilities: (m, n) floats in [0, 1], NaN = not known and left out.   weights: (n,) floats ≥ 0, sum 1.
    Everybody is watched, not only the present first: after it nobody is ahead of the rival. Of equal amounts
    the one with the giver, then the taker, listed first. None where moving weight from one criterion to one
    other is never enough. Exact: what it takes to be level with the present first bounds each pair from
    below, and pairs are tried by that bound until none can be better. Cost: O(m n²) time, O(m n) memory.
    """
    lines = _Lines(utilities, weights)
    leader = first_of(weighted_mean(utilities, weights))
    givers, takers = np.nonzero((weights[:, None] > 0) & ~np.eye(weights.size, dtype=np.bool_))
    bounds = lines.first_level(rival, np.array([leader]), givers, takers)
    order = np.argsort(bounds, kind="stable")[: int(np.isfinite(bounds).sum())]
    best, pair = np.inf, (-1, -1)
    for start in range(0, order.size, BLOCK):
        block = order[start : start + BLOCK]
        if bounds[block[0]] >= best - TOLERANCE:
            break
        amounts = lines.first_level(rival, np.arange(len(utilities)), givers[block], takers[block])
        place = int((amounts <= amounts.min() + TOLERANCE).argmax())
        if amounts[place] < best - TOLERANCE:
            best, pair = float(amounts[place]), (int(givers[block[place]]), int(takers[block[place]]))
    if not np.isfinite(best):
        return None
    moved = weights.copy()
    moved[pair[0]] = max(moved[pair[0]] - best, 0.0)
    moved[pair[1]] += best
    return Transfer(*pair, best, moved)


class _Lines:
    """Every candidate's mean along transfers of weight from one criterion to another."""

    def __init__(self, utilities: Floats, weights: Floats) -> None:
        is_known = ~np.isnan(utilities)
        self.cells, self.known = np.where(is_known, utilities, 0.0), is_known.astype(np.float64)
        self.tops, self.totals, self.weights = self.cells @ weights, self.known @ weights, weights

    def means(self, rows: Ints, givers: Ints, takers: Ints) -> tuple[Means, Bools]:
        """Return the means of some candidates along p transfers, t = the amount, and who is emptied: (k, p).

        Who knows, of what has a weight, the giver only, is left without a value when all of it is given
        away. Until then the mean is the score there; written so, the fraction has no zero of its own.
        """
        cells, known = self.cells[rows], self.known[rows]
        weight = np.repeat(self.totals[rows, None], givers.size, axis=1)
        slope = known[:, takers] - known[:, givers]
        is_emptied = (weight > LEVEL) & (weight + self.weights[givers] * slope <= LEVEL)
        top = np.where(is_emptied, cells[:, givers], self.tops[rows, None])
        top_slope = np.where(is_emptied, 0.0, cells[:, takers] - cells[:, givers])
        weight, slope = np.where(is_emptied, 1.0, weight), np.where(is_emptied, 0.0, slope)
        return Means(top, top_slope, weight, slope), is_emptied

    def first_level(self, rival: int, others: Ints, givers: Ints, takers: Ints) -> Floats:
        """Return the least amount of each transfer at which nobody is ahead any more: (p,), inf = never."""
        own, own_emptied = self.means(np.array([rival]), givers, takers)
        theirs, emptied = self.means(others, givers, takers)
        found, most = behind(own, theirs), self.weights[givers]
        amount = np.zeros(givers.size)
        while True:
            at = amount[None, :, None]
            is_behind = (found.start < at - TOLERANCE) & (at < found.end - TOLERANCE)
            # From where somebody is ahead, on to where they are level again.
            further = np.where(is_behind, found.end, -np.inf).max(axis=(0, 2))
            if (further == -np.inf).all():
                break
            amount = np.where(further > most + TOLERANCE, np.inf, np.maximum(amount, further))
        # Who has no value any more has not been overtaken.
        is_lost = (own_emptied.any(axis=0) | emptied.any(axis=0)) & (amount >= most - LEVEL)
        return np.where(is_lost, np.inf, amount)


def nearest_weights(
    utilities: Floats, weights: Floats, rival: int, enough: Floats | None = None
) -> NearestWeights | None:
    """Return the weights nearest to the present ones under which nobody is ahead of the rival.

    utilities, weights: as for `smallest_transfer`. Nearest by least squares.
    enough: (n,) weights known to make the rival first, if there are any, say of a transfer.

    With everything known this is the exact projection on the weights that make the rival first, and None is
    proof that no weights do. With gaps being level is a quadratic condition: it is replaced by its tangent,
    projected on, and again at the point found, until that stays; what is returned does make the rival first
    and is never further away than `enough`, and None then means that none was found. Cost: O(n² (m + n)) a
    step, of the order of m + n steps in each of a few rounds.
    """
    starts = [weights] if enough is None or not np.isnan(utilities).any() else [weights, enough]
    tried = [_converged(utilities, weights, rival, start) for start in starts]
    reached = [each for each in [*tried, enough] if each is not None and _is_first(utilities, each, rival)]
    if not reached:
        return None
    best = min(reached, key=lambda each: float(np.linalg.norm(each - weights)))
    change = best - weights
    return NearestWeights(best, float(np.linalg.norm(change)), float(np.abs(change).sum() / 2))


def _is_first(utilities: Floats, weights: Floats, rival: int) -> bool:
    values = weighted_mean(utilities, weights)
    return bool(values[rival] >= np.nanmax(values) - LEVEL)


def _converged(utilities: Floats, weights: Floats, rival: int, start: Floats) -> Floats | None:
    """Return where projecting on tangents from a start comes to rest, None where a tangent leaves no room."""
    is_known = ~np.isnan(utilities)
    cells, known = np.where(is_known, utilities, 0.0), is_known.astype(np.float64)
    found = start
    for _ in range(MOST_ROUNDS):
        tops, totals = cells @ found, known @ found
        # Nobody is ahead where top · total of the other ≥ 0 for each difference; linear if all totals are 1.
        advantage = totals[rival] * -tops + tops[rival] * totals
        slope = np.outer(totals, cells[rival]) - np.outer(tops, known[rival])
        slope += tops[rival] * known - totals[rival] * cells
        others = np.delete(np.arange(len(cells)), rival)
        projected = _projected(slope[others], advantage[others], weights)
        if projected is None:
            return None
        before, found = found, projected
        if not np.isnan(utilities).any() or np.abs(found - before).max() <= TOLERANCE:
            break
    return found


def _projected(slope: Floats, bounds: Floats, weights: Floats) -> Floats | None:
    """Return the weights nearest to those given with `slope @ weights >= bounds`; None without any."""
    n = weights.size
    conditions = np.vstack([slope, np.eye(n)])
    limits = np.concatenate([bounds - slope @ weights, -weights])
    # Changes sum to 0: they are searched within the plane at right angles to (1, …, 1).
    mirror = np.ones(n) / np.sqrt(n)
    mirror[0] += 1.0
    plane = (np.eye(n) - np.outer(mirror, mirror) / mirror[0])[:, 1:]
    change = nearest_point(conditions @ plane, limits)
    if change is None:
        return None
    found = np.maximum(weights + plane @ change, 0.0)
    shares: Floats = found / found.sum()
    return shares
