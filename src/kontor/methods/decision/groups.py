"""Where labelled groups of people see things differently, and whether that may be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.relabelling import chance_of_apart
from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
Bools = NDArray[np.bool_]
CLEAR = 0.05


@dataclass(frozen=True, eq=False)
class GroupsApart:
    """How g groups of k people differ on p things.

    labels:   the groups, sorted.   sizes: (g,) how many people each has.
    means:    (g, p) floats, NaN where nobody of the group said anything.
    difference: (p,) highest less lowest mean, ≥ 0; NaN where fewer than two groups said anything.
    highest, lowest: (p,) indices of those groups, the first of equals.
    effect:   (p,) the difference over the spread within groups, ≥ 0; NaN as above. Half of the spread is that
              of the thing itself, half the median over all, so that two who happen to agree make no effect.
    chance:   (p,) 0 to 1: how often labels dealt out by lot would set the groups as far apart on any thing.
    is_clear: (p,) whether that is at most 0.05.
    can_tell: whether groups of these sizes can be clearly apart at all.
    order:    (p,) indices, the furthest apart first.
    leaders:  for each group the things with its highest mean, all of them where several are level.
    """

    labels: tuple[str, ...]
    sizes: Ints
    means: Floats
    difference: Floats
    highest: Ints
    lowest: Ints
    effect: Floats
    chance: Floats
    is_clear: Bools
    can_tell: bool
    order: Ints
    leaders: tuple[tuple[int, ...], ...]

    @property
    def is_divided(self) -> bool:
        """Whether no single thing leads in every group that said anything."""
        said = [set(each) for each in self.leaders if each]
        return not set.intersection(*said) if said else False


def groups_apart(values: ArrayLike, labels: Sequence[str], seed: int = 1) -> GroupsApart:
    """Return where the groups differ most, and how sure one can be of it with so few people.

    values: (k, p) floats, a row for each person: their weights of p criteria, or the value that each of p
            candidates has in their eyes; NaN = not said.
    labels: k names of groups, two or more different ones.
    seed:   for groups so large that not all ways to deal out the labels can be tried (more than 5,000).

    Nothing is assumed about how opinions are distributed: the labels are dealt out to the same people in
    every other way, and the chance is the share of ways in which some thing sets the groups at least as far
    apart as this one does now; far apart is measured by the share of the spread that lies between groups. So
    looking at many things at once is allowed for. Three against three are parted as sharply in 1 of 10 deals
    whatever they say, so nothing is clear then (`can_tell`). All the same: difference 0, chance 1.
    Cost: O(ways · k · p) time, O(ways · p) memory.

    Raises MethodError "opinions.nothing", "opinions.shape", "opinions.not_values" (infinite) or
    "opinions.one_group".

    Source: Westfall & Young (1993), Resampling-Based Multiple Testing, 2.6 (greatest statistic, one step);
    Tusher, Tibshirani & Chu (2001), PNAS 98, 5116–5121, for the spread under the effect.

    >>> found = groups_apart([[5, 1], [6, 1], [1, 1], [2, 1]], ["firm", "firm", "science", "science"])
    >>> found.order.tolist(), found.difference.tolist(), found.is_clear.tolist(), found.can_tell
    ([0, 1], [4.0, 0.0], [False, False], False)
    """
    given = _values(values, len(labels))
    names, codes = np.unique(np.asarray(labels, dtype=np.str_), return_inverse=True)
    if names.size < 2:
        raise MethodError("opinions.one_group")
    codes = codes.reshape(-1)
    means, within = _means(given, codes, names.size)
    has_two = (~np.isnan(means)).sum(axis=0) > 1
    high, low = np.where(np.isnan(means), -np.inf, means), np.where(np.isnan(means), np.inf, means)
    difference = np.full(has_two.size, np.nan)
    difference[has_two] = (high.max(axis=0) - low.min(axis=0))[has_two]
    effect = _effect(difference, within)
    chance, least = chance_of_apart(given, codes, seed)
    by_effect = np.where(has_two, -effect.round(12), np.inf)
    return GroupsApart(
        labels=tuple(str(name) for name in names),
        sizes=np.bincount(codes),
        means=means,
        difference=difference,
        highest=high.argmax(axis=0),
        lowest=low.argmin(axis=0),
        effect=effect,
        chance=chance,
        is_clear=chance <= CLEAR,
        can_tell=least <= CLEAR,
        order=np.lexsort((np.arange(has_two.size), -np.nan_to_num(difference), by_effect)),
        leaders=tuple(_leaders(row) for row in means),
    )


def _values(values: ArrayLike, k: int) -> Floats:
    try:
        given = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("opinions.shape") from problem
    if not given.size:
        raise MethodError("opinions.nothing")
    if given.ndim != 2 or len(given) != k:
        raise MethodError("opinions.shape")
    if np.isinf(given).any():
        raise MethodError("opinions.not_values")
    return given


def _leaders(means: Floats) -> tuple[int, ...]:
    if np.isnan(means).all():
        return ()
    return tuple(int(each) for each in np.flatnonzero(means >= np.nanmax(means) - 1e-12))


def _means(values: Floats, codes: Ints, groups: int) -> tuple[Floats, Floats]:
    """Return the mean of each group, (g, p), NaN without any, and the spread within groups: (p,)."""
    dealt = (codes == np.arange(groups)[:, None]).astype(np.float64)
    is_said = ~np.isnan(values)
    said = np.where(is_said, values, 0.0)
    counts = dealt @ is_said
    means = np.divide(dealt @ said, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    off = np.where(is_said, values - means[codes], 0.0)
    free = counts.sum(axis=0) - (counts > 0).sum(axis=0)
    spread: Floats = np.sqrt((off**2).sum(axis=0) / np.maximum(free, 1))
    return means, spread


def _effect(difference: Floats, within: Floats) -> Floats:
    """Return the difference over half its own and half the usual spread; bare where nobody differs within."""
    usual = float(np.median(within[~np.isnan(difference)])) if (~np.isnan(difference)).any() else 0.0
    spread = (within + usual) / 2
    return np.where(spread > 1e-12, difference / np.where(spread > 1e-12, spread, 1.0), difference)
