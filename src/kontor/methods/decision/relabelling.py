"""What chance would do to groups: the same people with the labels dealt out in every other way."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
# Ways to deal out the labels that are tried one by one; where there are more, as many are drawn.
MOST_WAYS = 5000


def chance_of_apart(values: Floats, codes: Ints, seed: int) -> tuple[Floats, float]:
    """Return how often chance sets the groups as far apart on any thing, (p,), and the least it can be.

    values: (k, p) floats, NaN = not said.   codes: (k,) the group of each person, 0 and up, none left out.

    How far apart each deal sets the groups is measured by what is usual for that thing over all deals, so
    that a thing on which few spoke, and which is often far apart, does not hide the others. Where no deal
    differs from another, as where all say the same, it is 1.

    >>> chance, least = chance_of_apart(np.array([[1.0], [2.0], [7.0], [8.0]]), np.array([0, 0, 1, 1]), 1)
    >>> chance.round(3).tolist(), round(least, 3)
    ([0.333], 0.333)
    """
    deals = _deals(codes, seed)
    apart = _between(values, deals)
    spread = apart.std(axis=0)
    is_open = spread > 1e-9
    unusual = np.where(is_open, (apart - apart.mean(axis=0)) / np.where(is_open, spread, 1.0), 0.0).round(9)
    most = np.sort(unusual.max(axis=1))
    as_far = len(deals) - np.searchsorted(most, unusual[0], side="left")
    chance = np.where(is_open, as_far / len(deals), 1.0)
    alike = math.prod(math.factorial(int(count)) for count in np.bincount(np.bincount(codes)))
    return chance, alike / len(deals)


def _between(values: Floats, deals: Ints) -> Floats:
    """Return the share of the spread that lies between groups, for each deal: (ways, p), 0 where none is."""
    is_said = ~np.isnan(values)
    said = is_said.astype(np.float64)
    counts = said.sum(axis=0)
    centre = np.where(is_said, values, 0.0).sum(axis=0) / np.maximum(counts, 1)
    off = np.where(is_said, values - centre, 0.0)
    total = (off**2).sum(axis=0)
    between = np.zeros((len(deals), values.shape[1]))
    for group in range(int(deals.max()) + 1):
        dealt = (deals == group).astype(np.float64)
        members = dealt @ said
        between += np.divide((dealt @ off) ** 2, members, out=np.zeros_like(between), where=members > 0)
    # Spread that is only rounding is none.
    is_spread = total > 1e-18 * np.maximum((np.where(is_said, values, 0.0) ** 2).sum(axis=0), 1e-300)
    share: Floats = np.divide(between, total, out=np.zeros_like(between), where=is_spread)
    return share


def _deals(codes: Ints, seed: int) -> Ints:
    """Return ways to deal out the labels, (ways, k), the real one first: all of them, or as many drawn."""
    sizes = np.bincount(codes)
    ways = math.factorial(codes.size) // math.prod(math.factorial(int(size)) for size in sizes)
    if ways <= MOST_WAYS:
        others = (deal for deal in _all_deals(sizes.tolist(), codes.size) if (deal != codes).any())
        return np.array([codes, *others])
    rng = np.random.default_rng(seed)
    return np.array([codes, *(rng.permutation(codes) for _ in range(MOST_WAYS - 1))])


def _all_deals(left: list[int], k: int) -> Iterator[Ints]:
    """Yield every different order of labels of which so many are left of each."""
    deal = np.zeros(k, dtype=np.int_)

    def fill(place: int) -> Iterator[Ints]:
        if place == k:
            yield deal.copy()
            return
        for label, count in enumerate(left):
            if count:
                left[label], deal[place] = count - 1, label
                yield from fill(place + 1)
                left[label] = count

    yield from fill(0)
