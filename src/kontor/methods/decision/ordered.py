"""Columns in order: sorting, ties, and how many lie further back than a distance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.problem import Floats

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]
# Steps to the right place after a look into the table; where more would be needed, a search is cheaper.
MOST_STEPS = 8
# Up to here 16 bits tell most values of a column apart.
FEW = 1 << 12


@dataclass(frozen=True, eq=False)
class Ordered:
    """c columns of m numbers, each sorted from the least to the greatest.

    values: (c, m) floats, ascending along each row.
    places: (c, m) where each value stood, as an index into the raveled unsorted array.
    """

    values: Floats
    places: Indices

    @classmethod
    def of(cls, columns: Floats) -> Ordered:
        """Sort (c, m) finite floats.

        Radix sort on the first 16 or 32 bits of each value puts all in order but neighbours that share
        them; these are settled afterwards. That is four times as fast as sorting floats at once.
        """
        c, m = columns.shape
        bits = 16 if m <= FEW else 32
        least = columns.min(axis=1, keepdims=True)
        width = columns.max(axis=1, keepdims=True) - least
        scale = np.divide(2.0**bits - 1, width, out=np.zeros_like(width), where=width > 2.0**-900)
        keys = ((columns - least) * scale).astype(f"<u{bits // 8}")
        offsets = (np.arange(c) * m)[:, None]
        if bits == 16:
            places = np.argsort(keys, axis=1, kind="stable") + offsets
        else:
            halves = keys.view("<u2").reshape(c, m, 2)
            first = np.argsort(halves[:, :, 0], axis=1, kind="stable") + offsets
            high = np.ascontiguousarray(halves[:, :, 1]).ravel()[first]
            places = first.ravel()[np.argsort(high, axis=1, kind="stable") + offsets]
        values = columns.ravel()[places]
        _settle(values, places)
        return cls(values, places)

    def unsorted(self, values: Floats) -> Floats:
        """Return (c, m) values that belong to the sorted ones in the order of the columns given."""
        result = np.empty(values.shape)
        result.ravel()[self.places] = values
        return result

    @cached_property
    def starts(self) -> Indices:
        """For each value the index of the first that equals it: how many are less."""
        index = np.arange(self.values.shape[1])
        if not self._has_ties:
            return np.broadcast_to(index, self.values.shape)
        is_new = np.ones(self.values.shape, dtype=np.bool_)
        np.not_equal(self.values[:, 1:], self.values[:, :-1], out=is_new[:, 1:])
        return np.maximum.accumulate(np.where(is_new, index, 0), axis=1)

    @cached_property
    def ends(self) -> Indices:
        """For each value the index after the last that equals it: how many are not greater."""
        m = self.values.shape[1]
        after = np.arange(1, m + 1)
        if not self._has_ties:
            return np.broadcast_to(after, self.values.shape)
        is_last = np.ones(self.values.shape, dtype=np.bool_)
        np.not_equal(self.values[:, 1:], self.values[:, :-1], out=is_last[:, :-1])
        return np.minimum.accumulate(np.where(is_last, after, m)[:, ::-1], axis=1)[:, ::-1]

    @cached_property
    def _has_ties(self) -> bool:
        return bool((self.values[:, 1:] == self.values[:, :-1]).any())

    def far_off(self, distance: Floats) -> tuple[Indices, Indices]:
        """Return for each value how many lie further back than the distance, and how many not further ahead.

        (c, m) both, distance (c, 1) ≥ 0. The difference compared is the rounded one that a comparison pair
        by pair would see.
        """
        if not distance.any():
            return self.starts, self.ends
        back = self._further_back(distance)
        c, m = back.shape
        # Who has too few behind lies not further ahead: counted from the counts of all.
        offsets = (np.arange(c) * (m + 1))[:, None]
        counts = np.bincount((back + offsets).ravel(), minlength=c * (m + 1)).reshape(c, m + 1)
        return back, np.cumsum(counts, axis=1)[:, :m]

    def _further_back(self, distance: Floats) -> Indices:
        """Return for each value v how many values u have v - u > distance.

        A table of buckets gives a place that is never too far, steps lead from there.
        """
        c, m = self.values.shape
        rows = np.arange(c)[:, None] * (m + 1)
        padded = np.full((c, m + 1), np.inf)
        padded[:, :m] = self.values
        flat, own = padded.ravel(), self.values.ravel()
        place = self._bucket_starts(distance) + rows
        active = np.flatnonzero(self.values - flat.take(place) > distance)
        place = place.ravel()
        for _ in range(MOST_STEPS):
            if not active.size:
                found: Indices = place.reshape(c, m) - rows
                return found
            here = place[active]
            row = active // m
            here = self.ends[row, here - row * (m + 1)] + row * (m + 1) if self._has_ties else here + 1
            place[active] = here
            active = active[own[active] - flat[here] > distance[row, 0]]
        return self._searched(distance)

    def _bucket_starts(self, distance: Floats) -> Indices:
        """Return a place for each value that is never beyond the right one."""
        values = self.values
        c, m = values.shape
        buckets = 2 * m
        least, greatest = values[:, :1], values[:, -1:]
        width = greatest - least
        scale = np.divide(buckets - 1.0, width, out=np.zeros_like(width), where=width > 2.0**-900)
        offsets = (np.arange(c) * (buckets + 1))[:, None]
        away = (values - least) * scale
        filled = away.astype(np.intp)
        filled += offsets + 1
        counts = np.bincount(filled.ravel(), minlength=c * (buckets + 1)).reshape(c, buckets + 1)
        # A little lower than the target, by more than all rounding on the way.
        slack = 4e-15 * (np.abs(least) + np.abs(greatest) + distance)
        away -= (distance + slack) * scale
        target = np.maximum(away, 0.0, out=away).astype(np.intp)
        target += offsets
        below: Indices = np.cumsum(counts, axis=1).ravel().take(target)
        return below

    def _searched(self, distance: Floats) -> Indices:
        """Return the same as `_further_back` by binary search, for columns that crowd in few buckets."""
        values, m = self.values, self.values.shape[1]
        rows = np.arange(len(values))[:, None]
        place = np.stack(
            [np.searchsorted(row, row - gap) for row, gap in zip(values, distance.ravel(), strict=True)]
        )
        # The target is rounded: look one value further and one value back until nothing moves.
        while True:
            inside = np.minimum(place, m - 1)
            may_rise = (place < m) & (values - values[rows, inside] > distance)
            before = np.maximum(place - 1, 0)
            must_fall = (place > 0) & ~(values - values[rows, before] > distance)
            if not (may_rise.any() or must_fall.any()):
                return place
            place = np.where(may_rise, self.ends[rows, inside], place)
            place = np.where(must_fall, self.starts[rows, before], place)


def _settle(values: Floats, places: Indices) -> None:
    """Bring rows of values that are nearly in order into order, in place, and their places with them."""
    m = values.shape[1]
    flat, where = values.ravel(), places.ravel()
    for _ in range(MOST_STEPS):
        wrong = np.flatnonzero(flat[1:] < flat[:-1])
        wrong = wrong[(wrong + 1) % m != 0]
        if not wrong.size:
            return
        if wrong.size > flat.size // 16:
            break
        # Of neighbouring faults only the first: the swap of one changes the other.
        wrong = wrong[np.diff(wrong, prepend=-2) > 1]
        for array in (flat, where):
            array[wrong], array[wrong + 1] = array[wrong + 1], array[wrong]
    for row in np.flatnonzero((values[:, 1:] < values[:, :-1]).any(axis=1)):
        settled = np.argsort(values[row], kind="stable")
        places[row], values[row] = places[row, settled], values[row, settled]
