"""Differences of two shares, with how sure one can be of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError
from kontor.methods.shares import wilson_interval

Floats = NDArray[np.float64]


def difference_interval(
    now: tuple[ArrayLike, ArrayLike], before: tuple[ArrayLike, ArrayLike], confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return each difference of shares "now − before" with the lower and upper end of its interval.

    now, before: successes and totals, (n,) each, 0 ≤ successes ≤ totals. Where a total is 0, the difference
    is NaN and the interval −1 to 1. The two are taken as separate samples; where the same people answered
    both times the interval is rather too wide than too narrow. Cost: O(n).

    Raises MethodError as `shares.wilson_interval` does, and "shares.shape" where the two differ in length.

    Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.

    >>> change, low, high = difference_interval(([56], [70]), ([48], [80]))
    >>> [round(float(each[0]), 4) for each in (change, low, high)]
    [0.2, 0.0524, 0.3339]
    """
    low_now, high_now = wilson_interval(*now, confidence)
    low_before, high_before = wilson_interval(*before, confidence)
    if low_now.shape != low_before.shape:
        raise MethodError("shares.shape", successes=low_now.shape, totals=low_before.shape)
    share_now, share_before = _share(*now), _share(*before)
    change = share_now - share_before
    low = change - np.hypot(share_now - low_now, high_before - share_before)
    high = change + np.hypot(high_now - share_now, share_before - low_before)
    unknown = np.isnan(change)
    return change, np.where(unknown, -1.0, low), np.where(unknown, 1.0, high)


def _share(successes: ArrayLike, totals: ArrayLike) -> Floats:
    hits, trials = np.asarray(successes, np.float64), np.asarray(totals, np.float64)
    found: Floats = np.divide(hits, trials, out=np.full(hits.shape, np.nan), where=trials > 0)
    return found
