"""Which groups may be shown so that nobody's answers can be worked out, not even by subtraction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kontor.methods.errors import MethodError

Flags = NDArray[np.bool_]


def shown_groups(sizes: NDArray[np.int_], limit: int) -> Flags:
    """Return which groups of a whole may be shown, beside the whole itself: (groups,) bool.

    sizes: (groups,) people in each group; the whole is their sum. limit: fewest people that a figure may
    speak of. Hidden are groups below the limit, and, where the hidden ones together would still be fewer,
    the next smallest as well: what is left after subtracting all that is shown then speaks of at least
    `limit` people, or of nobody. Of a whole below the limit nothing is shown. Cost: O(groups log groups).

    Raises MethodError "disclosure.limit" for a limit below 1.

    >>> shown_groups(np.array([40, 12, 5, 3]), 5).tolist(), shown_groups(np.array([40, 3, 2]), 5).tolist()
    ([True, True, False, False], [True, False, False])
    """
    if limit < 1:
        raise MethodError("disclosure.limit", limit=limit)
    shown = sizes >= limit
    order = np.argsort(sizes, kind="stable")
    for group in order[shown[order]]:
        if not 0 < sizes[~shown].sum() < limit:
            break
        shown[group] = False
    return shown


def published(partitions: Mapping[str, NDArray[np.int_]], limit: int) -> dict[str, Flags]:
    """Return for each way to group the same n people which of its groups may be shown.

    partitions: name → (n,) int codes ≥ 0, the most important first. Within one, `shown_groups` decides.
    Across two, all of A's groups may lie within some of B's but for one or two people, who would be told by
    subtraction; the later partition is then shown without any group. All differences between a union of
    groups of one and a union of groups of another are checked; unions of three different partitions are not.

    Cost: O(p² · 2^g · g) for p partitions of at most g groups that are shown.

    Raises MethodError "disclosure.limit" or "disclosure.groups" (more than 14 groups shown).
    """
    kept: dict[str, NDArray[np.int_]] = {}
    shown: dict[str, Flags] = {}
    for name, codes in partitions.items():
        visible = shown_groups(np.bincount(codes), limit)
        coarse = coarsened(codes, visible)
        if not visible.any() or any(_tells_a_few(coarse, other, limit) for other in kept.values()):
            shown[name] = np.zeros(visible.size, bool)
        else:
            shown[name], kept[name] = visible, coarse
    return shown


def coarsened(codes: NDArray[np.int_], visible: Flags) -> NDArray[np.int_]:
    """Return the groups that can be worked out: those that are shown, and all others as one, the last."""
    numbers = np.where(visible, np.cumsum(visible) - 1, visible.sum())
    found: NDArray[np.int_] = numbers[codes]
    return found


def _tells_a_few(one: NDArray[np.int_], other: NDArray[np.int_], limit: int) -> bool:
    rows, columns = int(one.max()) + 1, int(other.max()) + 1
    if rows == 1 or columns == 1:
        return False  # one of them is the whole, which is told anyway
    cells = np.bincount(one * columns + other, minlength=rows * columns).reshape(rows, columns)
    return _differs_by_few(cells, limit) or _differs_by_few(cells.T, limit)


@lru_cache(maxsize=16)
def _subsets(size: int) -> NDArray[np.int_]:
    """Return every choice of some of `size` things, (2^size − 1, size) of 0 and 1."""
    found: NDArray[np.int_] = (np.arange(1, 2**size)[:, None] >> np.arange(size)) & 1
    return found


def _differs_by_few(cells: NDArray[np.int_], limit: int) -> bool:
    """True where a union of rows holds a union of columns and at most a few people more."""
    rows = cells.shape[0]
    if rows > 14:
        raise MethodError("disclosure.groups", groups=rows)
    chosen = _subsets(rows)
    outside = (1 - chosen) @ cells
    # Columns with nobody outside the chosen rows lie within them; the others' people are what is left.
    left = np.where(outside > 0, chosen @ cells, 0).sum(axis=1)
    return bool(((left > 0) & (left < limit)).any())
