"""Counting votes: approvals, rankings, and whether enough people took part.

Nothing here depends on the order in which ballots come in, and a tie stays a tie: it is never broken by the
place of an option on the list.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
Bools = NDArray[np.bool_]
Order = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Approval:
    """What b ballots of approval say of m options.

    ballots: how many.   counts: (m,) how many approve of each.   against: (m,) how many do not.
    order:   the options from most to fewest approvals; each place holds all that are level.
    """

    ballots: int
    counts: Ints
    against: Ints
    order: Order

    @property
    def winners(self) -> tuple[int, ...]:
        """Return who has most approvals: one, or several in a tie."""
        return self.order[0]

    @property
    def places(self) -> tuple[int, ...]:
        """Return the place of each option, 1 = first; those that are level share it."""
        return _numbered(self.order)


@dataclass(frozen=True, eq=False)
class Tally:
    """What b rankings say of m options.

    ballots:   how many.
    order:     the options from first to last; each place holds all that nobody left beats. Two on one place
               are tied or do not beat each other; two on neighbouring places may be tied too, `beats` tells.
    pairwise:  (m, m) how many ballots put the row before the column.
    strengths: (m, m) strength of the strongest path from the row to the column: the votes of its weakest win.
    beats:     (m, m) whether the row is better than the column: its path there is stronger than the one back.
    firsts:    (m,) how many ballots put it first, alone or with others.
    against:   (m,) how many ballots put somebody before it.
    """

    ballots: int
    order: Order
    pairwise: Ints
    strengths: Ints
    beats: Bools
    firsts: Ints
    against: Ints

    @property
    def winners(self) -> tuple[int, ...]:
        """Return who is beaten by nobody: one, or several in a tie."""
        return self.order[0]

    @property
    def places(self) -> tuple[int, ...]:
        """Return the place of each option, 1 = first; those on one place share it."""
        return _numbered(self.order)


@dataclass(frozen=True)
class Quorum:
    """Whether enough people took part.

    needed: how many are enough.   turnout: share of the electors who voted, 0 to 1; None without electors.
    """

    needed: int
    turnout: float | None
    is_reached: bool


def approval(ballots: ArrayLike) -> Approval:
    """Return the counts of ballots on which each option is approved of or not.

    ballots: (b, m) bools, m ≥ 1. Without ballots all options are level. Cost: O(b m).

    Raises MethodError "ballots.shape", "ballots.no_options" or "ballots.not_approvals".

    Source: Brams & Fishburn (1978), American Political Science Review 72, 831–847.

    >>> found = approval([[True, False, True], [True, False, False], [False, False, True]])
    >>> found.counts.tolist(), found.order
    ([2, 0, 2], ((0, 2), (1,)))
    """
    given = _ballots(ballots)
    if not ((given == 0) | (given == 1)).all():
        raise MethodError("ballots.not_approvals")
    counts = given.sum(axis=0).astype(np.int_)
    levels = sorted({int(count) for count in counts}, reverse=True)
    order = tuple(_places(counts == level) for level in levels)
    return Approval(len(given), counts, len(given) - counts, order)


def schulze(rankings: ArrayLike) -> Tally:
    """Return the order of the options by the Schulze method.

    rankings: (b, m) numbers, m ≥ 1, smaller = better; only the order on each ballot counts. Equal numbers
    are ties; NaN = not ranked, which is behind all that are, and level with others that are not. A ballot
    that ranks nothing counts as cast and says nothing.

    Who wins against each other option in direct comparison comes first. Where wins go round in a circle, the
    strength of a win is the number of ballots for it ("winning votes"). Without ballots all are level.
    Cost: O(b m² + m³) time, O(b m + m²) memory.

    Raises MethodError "ballots.shape", "ballots.no_options" or "ballots.not_ranks" (infinite).

    Source: Schulze (2011), Social Choice and Welfare 36, 267–303.

    >>> found = schulze([[1, 2, 3], [2, 3, 1], [1, 2, np.nan]])
    >>> found.order, found.pairwise.tolist()
    (((0,), (1,), (2,)), [[0, 3, 2], [0, 0, 2], [1, 1, 0]])
    """
    given = _ballots(rankings)
    if np.isinf(given).any():
        raise MethodError("ballots.not_ranks")
    ranks = np.where(np.isnan(given), np.inf, given)
    before = np.stack([(column[:, None] < ranks).sum(axis=0) for column in ranks.T])
    strengths = _strongest_paths(before)
    beats = strengths > strengths.T
    best = ranks.min(axis=1, initial=np.inf)[:, None]
    says_something = np.isfinite(best)
    return Tally(
        ballots=len(ranks),
        order=_order(beats),
        pairwise=before,
        strengths=strengths,
        beats=beats,
        firsts=((ranks == best) & says_something).sum(axis=0),
        against=(ranks > best).sum(axis=0),
    )


def quorum(electors: int, voted: int, percent: int | float | Decimal) -> Quorum:
    """Return whether at least `percent` of the electors voted; exactly as many as needed is enough.

    electors, voted: whole numbers, 0 ≤ voted ≤ electors.   percent: 0 to 100, taken as written (33.3 is
    333/1000, not the nearest float). Without electors nothing is reached.

    Raises MethodError "ballots.electors" or "ballots.percent".

    >>> quorum(9, 3, 33.3), quorum(9, 2, 33.3).is_reached
    (Quorum(needed=3, turnout=0.3333333333333333, is_reached=True), False)
    """
    if not 0 <= voted <= electors:
        raise MethodError("ballots.electors", electors=electors, voted=voted)
    if not 0 <= percent <= 100:
        raise MethodError("ballots.percent", percent=percent)
    needed = math.ceil(electors * Fraction(str(percent)) / 100)
    turnout = voted / electors if electors else None
    return Quorum(needed, turnout, bool(electors) and voted >= needed)


def _numbered(order: Order) -> tuple[int, ...]:
    """Return 1 + how many stand before each option."""
    before = 0
    places: dict[int, int] = {}
    for level in order:
        places |= dict.fromkeys(level, before + 1)
        before += len(level)
    return tuple(places[option] for option in range(before))


def _ballots(ballots: ArrayLike) -> Floats:
    try:
        given = np.asarray(ballots, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("ballots.shape") from problem
    if given.ndim != 2:
        raise MethodError("ballots.shape")
    if not given.shape[1]:
        raise MethodError("ballots.no_options")
    return given


def _strongest_paths(before: Ints) -> Ints:
    """Return the strength of the strongest path between any two, by the algorithm of Floyd and Warshall."""
    strengths = np.where(before > before.T, before, 0)
    for middle in range(len(strengths)):
        through = np.minimum(strengths[:, [middle]], strengths[[middle], :])
        strengths = np.maximum(strengths, through)
    np.fill_diagonal(strengths, 0)
    return strengths


def _order(beats: Bools) -> Order:
    """Return place after place: all that nobody beats, then all that nobody left beats. Never goes round."""
    order: list[tuple[int, ...]] = []
    left = np.ones(len(beats), dtype=np.bool_)
    while left.any():
        place = left & ~beats[left].any(axis=0)
        order.append(_places(place))
        left &= ~place
    return tuple(order)


def _places(where: Bools) -> tuple[int, ...]:
    return tuple(int(each) for each in np.flatnonzero(where))
