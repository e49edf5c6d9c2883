"""What would have to be different for somebody else to be first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.arrays import TOLERANCE, checked_utilities, first_of, leader_of
from kontor.methods.decision.problem import Floats, normalised_weights
from kontor.methods.decision.reversal_weights import (
    NearestWeights,
    Transfer,
    nearest_weights,
    smallest_transfer,
)
from kontor.methods.errors import MethodError

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class ScoreChange:
    """One known score that would be enough: on the scale from 0 to 1, `level` instead of `present`."""

    candidate: int
    criterion: int
    present: float
    level: float


@dataclass(frozen=True, eq=False)
class Reversal:
    """What would make the rival level with the first; a hair more makes it first.

    leader, rival: indices.   gap: difference of their values, ≥ 0; 0 = level already.
    rival_level:   (n,) the level on each criterion that the rival would need, all else as it is; may lie
                   above 1. NaN where the criterion has no weight. Where the rival's score is not known: the
                   level that it must turn out to have.
    rival_can:     (n,) whether that lies within the scale.
    leader_level:  (n,) the level to which the first would have to fall; may lie below 0.
    leader_can:    (n,) whether that lies within the scale and then makes the rival first, nobody else.
    smallest:      the known score that would have to change least; None where no single one is enough.
    transfer:      the smallest shift of weight between two criteria; None where none is enough.
    nearest:       the nearest weights at all; None where there are none.
    """

    leader: int
    rival: int
    gap: float
    rival_level: Floats
    rival_can: Bools
    leader_level: Floats
    leader_can: Bools
    smallest: ScoreChange | None
    transfer: Transfer | None
    nearest: NearestWeights | None


def what_would_flip(utilities: ArrayLike, weights: ArrayLike, rival: int | None = None) -> Reversal:
    """Return what would have to change, scores or weights, for the rival to be level with the first.

    utilities: (m, n) floats in [0, 1], NaN = not known (left out, as in `weighted_sum`).
    weights:   (n,) floats ≥ 0, not all 0, in any scale.
    rival:     index of a candidate other than the first; None = the second.

    Score changes are exact, by one division each. The change of weights comes in two kinds: the smallest
    transfer between two criteria (closed form), and the projection on all weights that make the rival first
    (least squares, finite steps). Cost: O(m n²) and what `nearest_weights` says.

    Raises MethodError as `stability_intervals` does, "decision.no_rival" where nobody else has a value, and
    "decision.no_such_candidate" where the rival named is none.

    >>> found = what_would_flip([[1.0, 0.5], [0.5, 0.8]], [0.5, 0.5])
    >>> found.smallest.candidate, found.smallest.criterion, round(found.smallest.level, 3)
    (1, 0, 0.7)
    >>> found.transfer.giver, found.transfer.taker, round(found.transfer.amount, 3)
    (0, 1, 0.125)
    """
    known = checked_utilities(utilities)
    shares = normalised_weights(np.asarray(weights, dtype=np.float64), known.shape[1])
    leader, values = leader_of(known, shares)
    who = _rival(values, leader, rival)
    gap = max(float(values[leader] - values[who]), 0.0)
    gap = gap if gap > TOLERANCE else 0.0
    rival_level = _level(known[who], shares, float(values[leader]), gap)
    leader_level = _level(known[leader], shares, float(values[who]), -gap)
    between = np.delete(values, [leader, who])
    is_next = not (between > values[who] + TOLERANCE).any()
    rival_can = _within(rival_level)
    leader_can = _within(leader_level) & is_next
    transfer = smallest_transfer(known, shares, who)
    return Reversal(
        leader=leader,
        rival=who,
        gap=gap,
        rival_level=rival_level,
        rival_can=rival_can,
        leader_level=leader_level,
        leader_can=leader_can,
        smallest=_smallest(
            [(who, known[who], rival_level, rival_can), (leader, known[leader], leader_level, leader_can)]
        ),
        transfer=transfer,
        nearest=nearest_weights(known, shares, who, transfer.weights if transfer else None),
    )


def _rival(values: Floats, leader: int, rival: int | None) -> int:
    """Return the rival asked for, or the second."""
    if rival is None:
        others = values.copy()
        others[leader] = np.nan
        rival = first_of(others)
        if rival < 0:
            raise MethodError("decision.no_rival")
    if rival == leader or not 0 <= rival < values.size or np.isnan(values[rival]):
        raise MethodError("decision.no_such_candidate")
    return rival


def _level(own: Floats, shares: Floats, aim: float, missing: float) -> Floats:
    """Return the level on each criterion that alone would bring a candidate to the value `aim`: (n,).

    missing: how much its value lacks. What is not known yet would have to be at the aim, and then make up for
    the rest; what is known, at its present level and then the same.
    """
    is_known = ~np.isnan(own)
    weight = shares[is_known].sum()
    start = np.where(is_known, own, aim)
    step = np.divide(weight * missing, shares, out=np.full(shares.size, np.nan), where=shares > 0)
    level: Floats = start + step
    return level


def _within(level: Floats) -> Bools:
    """Return whether each level lies on the scale; NaN does not."""
    can: Bools = (level >= -TOLERANCE) & (level <= 1 + TOLERANCE)
    return can


def _smallest(changes: list[tuple[int, Floats, Floats, Bools]]) -> ScoreChange | None:
    """Return the least change of a known score; of equal ones the rival's before the leader's."""
    best: ScoreChange | None = None
    least = np.inf
    for candidate, own, level, can in changes:
        change = np.where(can & ~np.isnan(own), np.abs(level - own), np.inf)
        criterion = int(change.argmin())
        if change[criterion] < least - TOLERANCE:
            least = float(change[criterion])
            at = float(np.clip(level[criterion], 0.0, 1.0))
            best = ScoreChange(candidate, criterion, float(own[criterion]), at)
    return best
