"""Who stands where in each sample, with ties shared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.problem import Floats

Ints = NDArray[np.int64]
# Values nearer to each other than this share of their range are equal: what lies between is rounding.
TIE = 1e-12


@dataclass(frozen=True, eq=False)
class Standings:
    """Candidates in samples: sample, candidate, the first of the ranks they share, and how many share them.

    All (e,) integers, sorted by sample and rank; ranks count from 0.
    """

    sample: Ints
    candidate: Ints
    rank: Ints
    sharing: Ints


def standings(totals: Floats, ends: tuple[float, float], top: int) -> Standings:
    """Return who stands on the first `top` ranks of each of k samples, given (k, m) totals within `ends`."""
    k, m = totals.shape
    if top < m:
        # Everything within the tolerance of the last place may share it.
        threshold = np.partition(totals, m - top, axis=1)[:, m - top] - TIE * _width(ends)
        sample, candidate = np.nonzero(totals >= threshold[:, None])
        return listed(sample, candidate, totals[sample, candidate], ends, top)
    bits = int(m - 1).bit_length()
    keys = (_keys(totals, ends, bits) << bits) | np.arange(m)
    keys.sort(axis=1)
    candidate = keys & ((1 << bits) - 1)
    sample = np.arange(k).repeat(m)
    rank, sharing = _shared(keys.ravel() >> bits, sample, np.tile(np.arange(m), k), bits)
    return Standings(sample, candidate.ravel(), rank, sharing)


def listed(sample: Ints, candidate: Ints, value: Floats, ends: tuple[float, float], top: int) -> Standings:
    """Return the standings of those listed, who are all that can reach the first `top` ranks.

    sample, candidate: (e,) integers, samples ascending. value: (e,) floats within `ends`.
    """
    bits = int(sample[-1]).bit_length()
    keys = (sample << (62 - bits)) | _keys(value, ends, bits)
    order = np.argsort(keys)
    sample, candidate, keys = sample[order], candidate[order], keys[order]
    first = np.flatnonzero(np.diff(sample, prepend=-1))
    place = np.arange(sample.size) - np.repeat(first, np.diff(np.r_[first, sample.size]))
    rank, sharing = _shared(keys, sample, place, bits)
    is_within = rank < top
    return Standings(sample[is_within], candidate[is_within], rank[is_within], sharing[is_within])


def _width(ends: tuple[float, float]) -> float:
    return max(ends[1] - ends[0], 1e-300)


def _keys(values: Floats, ends: tuple[float, float], bits: int) -> Ints:
    """Return integers that ascend where values descend and leave room for `bits` more."""
    scale = 2.0 ** (62 - bits)
    behind = (ends[1] - values) * (scale / _width(ends))
    # The greatest float below the bound: the bound itself would take one bit more.
    np.clip(behind, 0.0, scale * (1 - 2.0**-53), out=behind)
    return behind.astype(np.int64)


def _shared(keys: Ints, sample: Ints, place: Ints, bits: int) -> tuple[Ints, Ints]:
    """Return the first rank and the number of those who share it, for keys in order within each sample."""
    near = max(int(TIE * 2.0 ** (62 - bits)), 1)
    is_same = np.zeros(keys.size, dtype=np.bool_)
    np.less_equal(keys[1:] - keys[:-1], near, out=is_same[1:])
    is_same[1:] &= sample[1:] == sample[:-1]
    if not is_same.any():
        return place, np.ones(keys.size, dtype=np.int64)
    first = np.flatnonzero(~is_same)
    sizes = np.diff(np.r_[first, keys.size])
    return np.repeat(place[first], sizes), np.repeat(sizes, sizes)
