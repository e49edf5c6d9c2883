"""Tables of answers: counts and their bases, in every group and in all.

Three things are told apart everywhere: *answered*, *asked without an answer*, and *not asked* because a
condition hid the question. Only those who answered are a base; silence is never a "no".

The last row of every table is the whole. Each answer belongs to exactly one group, so the whole is the sum of
the groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError
from kontor.methods.shares import wilson_interval

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Breakdown:
    """How the n answers fall into groups, and how much each weighs.

    codes:   (n,) int, 0 ≤ code < size.
    size:    number of groups; with 0 codes are not looked at, and a table is the whole only.
    weights: (n,) float ≥ 0, or None where each counts once.
    """

    codes: NDArray[np.int_]
    size: int
    weights: Floats | None = None

    @classmethod
    def whole(cls, n: int, weights: Floats | None = None) -> Breakdown:
        """Return n answers without groups."""
        return cls(np.zeros(n, np.int_), 0, weights)

    def sums(self, values: ArrayLike) -> Floats:
        """Return the weighted sums of (n,) values in each group and in all: (size + 1,) floats."""
        loads = np.asarray(values, np.float64)
        loads = loads if self.weights is None else loads * self.weights
        parts = np.bincount(self.codes, loads, self.size)[: self.size] if self.size else np.zeros(0)
        return np.append(parts, loads.sum())


@dataclass(frozen=True)
class Bases:
    """Who a question was put to; each (groups + 1,), the last one the whole.

    answered, silent, unasked: sums of weights. people: how many answered, unweighted.
    effective: Kish's effective number of those who answered, (Σw)² / Σw²; people where all weigh the same.
    """

    answered: Floats
    silent: Floats
    unasked: Floats
    people: Floats
    effective: Floats


@dataclass(frozen=True)
class Tabulation:
    """Counts of k answers. counts: (groups + 1, k) sums of weights, each ≤ bases.answered of its row."""

    counts: Floats
    bases: Bases

    @property
    def shares(self) -> Floats:
        """Return counts by base, 0 to 1; NaN where nobody answered."""
        return _divided(self.counts, self.bases.answered[:, None])

    def intervals(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Return the ends of Wilson's interval of each share; 0 to 1 where nobody answered.

        Where weights differ, the base is Kish's effective one.
        """
        totals = np.broadcast_to(self.bases.effective[:, None], self.counts.shape).ravel()
        shares = np.nan_to_num(self.shares.ravel())
        # What rounding adds beyond the base is none of the shares'.
        low, high = wilson_interval(np.minimum(shares * totals, totals), totals, confidence)
        return low.reshape(self.counts.shape), high.reshape(self.counts.shape)


@dataclass(frozen=True)
class Ranks:
    """A ranking of k options, (groups + 1, k) each.

    points: Borda's mean points of those who answered, k − 1 for a first place, 0 for what was left out.
    firsts: how many put it first. named: how many gave it a place. average: mean place among those, or NaN.
    """

    points: Floats
    firsts: Floats
    named: Floats
    average: Floats
    bases: Bases


@dataclass(frozen=True)
class Spread:
    """How numbers are spread, (groups + 1,) each, NaN where nobody answered.

    Quartiles are the smallest value that a quarter, half, three quarters of the weight do not exceed; where
    that is hit exactly, the mean of it and the next.
    """

    mean: Floats
    least: Floats
    lower: Floats
    median: Floats
    upper: Floats
    most: Floats
    bases: Bases


def bases_of(answered: Flags, asked: Flags, how: Breakdown) -> Bases:
    """Return who answered, who was asked and said nothing, and who was not asked.

    answered, asked: (n,) bool; who answered counts as asked.

    Raises MethodError "tabulation.shape" or "tabulation.groups".
    """
    _check(answered, asked, how)
    told = answered.astype(np.float64)
    people = Breakdown(how.codes, how.size).sums(told)
    sums = how.sums(told)
    squares = people if how.weights is None else how.sums(told * how.weights)
    return Bases(
        answered=sums,
        silent=how.sums(asked & ~answered),
        unasked=how.sums(~asked & ~answered),
        people=people,
        effective=people if how.weights is None else _divided(sums**2, squares, nothing=0.0),
    )


def tabulate_single(values: NDArray[np.int_], options: int, asked: Flags, how: Breakdown) -> Tabulation:
    """Return how often each of the options was chosen, by those who chose one.

    values: (n,) int, 0 ≤ value < options, −1 without an answer. Shares of a row add up to 1.
    Cost: O(n + groups · options).

    Raises MethodError "tabulation.shape", "tabulation.groups" or "tabulation.options".

    >>> table = tabulate_single(np.array([0, 1, 1, -1]), 2, np.ones(4, bool), Breakdown.whole(4))
    >>> table.counts.tolist(), table.bases.answered.tolist(), table.bases.silent.tolist()
    ([[1.0, 2.0]], [3.0], [1.0])
    """
    answered = values >= 0
    bases = bases_of(answered, asked, how)
    if values.size and int(values.max()) >= options:
        raise MethodError("tabulation.options", found=int(values.max()))
    loads = np.ones(values.size) if how.weights is None else how.weights
    rows = how.codes[answered] if how.size else np.zeros(int(answered.sum()), np.int_)
    cells = rows * options + values[answered]
    parts = np.bincount(cells, loads[answered], max(how.size, 1) * options)
    parts = parts.reshape(max(how.size, 1), options)
    whole = parts.sum(axis=0, keepdims=True)
    return Tabulation(np.vstack([parts, whole]) if how.size else whole, bases)


def tabulate_multiple(chosen: Flags, answered: Flags, asked: Flags, how: Breakdown) -> Tabulation:
    """Return how often each of the options was chosen, by those who chose at least one.

    chosen: (n, k) bool; rows of those who did not answer are not looked at. Shares are of respondents: a row
    may add up to more than 1. Cost: O(n · k).

    Raises MethodError "tabulation.shape" or "tabulation.groups".

    >>> chosen = np.array([[1, 1], [0, 1], [0, 0]], bool)
    >>> table = tabulate_multiple(chosen, chosen.any(axis=1), np.ones(3, bool), Breakdown.whole(3))
    >>> table.shares.tolist()
    [[0.5, 1.0]]
    """
    bases = bases_of(answered, asked, how)
    if chosen.ndim != 2 or chosen.shape[0] != answered.size:
        raise MethodError("tabulation.shape", found=chosen.shape)
    return Tabulation(_by_column(chosen & answered[:, None], how), bases)


def tabulate_ranking(places: NDArray[np.int_], asked: Flags, how: Breakdown) -> Ranks:
    """Return Borda's points and the mean place of each option.

    places: (n, k) int, 1 = first, 0 = given no place; a row of zeros is no answer. Cost: O(n · k).

    Source: Borda (1784), Mémoire sur les élections au scrutin; what is left out scores nothing, as in the
    "pessimistic" count of Baumeister et al. (2012) for lists that end early.

    Raises MethodError "tabulation.shape" or "tabulation.groups".

    >>> ranks = tabulate_ranking(np.array([[1, 2, 0], [2, 1, 3]]), np.ones(2, bool), Breakdown.whole(2))
    >>> ranks.points.tolist(), ranks.average.tolist()
    ([[1.5, 1.5, 0.0]], [[1.5, 1.5, 3.0]])
    """
    if places.ndim != 2:
        raise MethodError("tabulation.shape", found=places.shape)
    is_named = places > 0
    answered: Flags = np.logical_or.reduce(is_named, axis=1)
    bases = bases_of(answered, asked, how)
    points = np.where(is_named, places.shape[1] - places, 0)
    named = _by_column(is_named, how)
    return Ranks(
        points=_divided(_by_column(points, how), bases.answered[:, None]),
        firsts=_by_column(places == 1, how),
        named=named,
        average=_divided(_by_column(places, how), named),
        bases=bases,
    )


def tabulate_numbers(values: Floats, asked: Flags, how: Breakdown) -> Spread:
    """Return mean, ends and quartiles of (n,) numbers, NaN without an answer. Cost: O(n log n).

    Raises MethodError "tabulation.shape" or "tabulation.groups".

    >>> spread = tabulate_numbers(np.array([1.0, 2.0, 10.0, np.nan]), np.ones(4, bool), Breakdown.whole(4))
    >>> spread.median.tolist(), spread.bases.people.tolist()
    ([2.0], [3.0])
    """
    answered = ~np.isnan(values)
    bases = bases_of(answered, asked, how)
    weights = np.ones(values.size) if how.weights is None else how.weights
    order = np.flatnonzero(answered & (weights > 0))
    order = order[np.argsort(values[order], kind="stable")]
    rows = [order[how.codes[order] == group] for group in range(how.size)] + [order]
    five = np.array([_five(values[each], weights[each]) for each in rows])
    mean = _divided(how.sums(np.where(answered, values, 0.0)), bases.answered)
    least, lower, median, upper, most = five.T
    return Spread(mean, least, lower, median, upper, most, bases)


def _five(values: Floats, weights: Floats) -> list[float]:
    """Return least, quartiles and most of sorted values."""
    if not values.size:
        return [np.nan] * 5
    reached = np.cumsum(weights)
    quarters = [_quantile(values, reached, part * reached[-1]) for part in (0.25, 0.5, 0.75)]
    return [values[0], *quarters, values[-1]]


def _quantile(values: Floats, reached: Floats, wanted: float) -> float:
    place = int(np.searchsorted(reached, wanted * (1 - 1e-12)))
    is_exact = abs(reached[place] - wanted) <= 1e-9 * wanted and place + 1 < values.size
    return float((values[place] + values[place + 1]) / 2 if is_exact else values[place])


def _by_column(values: ArrayLike, how: Breakdown) -> Floats:
    """Return the sums of (n, k) values in each group and in all, (groups + 1, k)."""
    loads = np.asarray(values, np.float64)
    weights = np.ones(len(loads)) if how.weights is None else how.weights
    if not how.size:
        return (weights @ loads)[None, :]
    is_in = np.where(how.codes == np.arange(how.size)[:, None], weights, 0.0)
    parts = is_in @ loads
    return np.vstack([parts, parts.sum(axis=0)])


def _divided(upper: Floats, lower: Floats, nothing: float = np.nan) -> Floats:
    upper, lower = np.broadcast_arrays(upper, lower)
    found: Floats = np.divide(upper, lower, out=np.full(upper.shape, nothing), where=lower > 0)
    return found


def _check(answered: Flags, asked: Flags, how: Breakdown) -> None:
    sizes = {answered.shape, asked.shape, how.codes.shape}
    sizes |= set() if how.weights is None else {how.weights.shape}
    if len(sizes) > 1 or answered.ndim != 1:
        raise MethodError("tabulation.shape", found=sorted(map(str, sizes)))
    if how.size and how.codes.size and not (how.codes.min() >= 0 and how.codes.max() < how.size):
        raise MethodError("tabulation.groups", found=int(how.codes.max()))
