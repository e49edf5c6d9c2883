"""Shares of counts, with how sure one can be of them."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError


def wilson_interval(
    successes: ArrayLike, totals: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper ends of the score interval of each share: two (n,) float arrays in [0, 1].

    successes:  (n,) counts, 0 ≤ successes ≤ totals.
    totals:     (n,) counts. Where a total is 0 nothing is known, and the interval is 0 to 1.
    confidence: 0 < confidence < 1; 0.95 covers the true share in about 95 of 100 samples.

    The interval always holds the observed share and never leaves [0, 1], also for 0 or all of a few; it is
    not continuity-corrected. Where the counts are a whole population, as the members of a cluster are, read
    it as the play of chance in who happens to be a member. Cost: O(n) time and memory.

    Raises MethodError "shares.shape", "shares.not_counts" or "shares.confidence".

    Source: Wilson (1927), JASA 22, 209–212; figures in Newcombe (1998), Statistics in Medicine 17, 857–872.

    >>> low, high = wilson_interval([81, 0], [263, 20])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.2553, 0.0], [0.3662, 0.1611])
    """
    hits, trials = _counts(successes, totals)
    if not 0 < confidence < 1:
        raise MethodError("shares.confidence", confidence=confidence)
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    share = np.divide(hits, trials, out=np.full_like(hits, 0.5), where=trials > 0)
    centre = (hits + z2 / 2) / (trials + z2)
    spread = np.sqrt(z2 * (trials * share * (1 - share) + z2 / 4)) / (trials + z2)
    # At the ends the formula is exact, its rounding is not: 0 of n begins at 0, n of n ends at 1.
    low = np.where(hits == 0, 0.0, np.clip(centre - spread, 0.0, 1.0))
    high = np.where(hits == trials, 1.0, np.clip(centre + spread, 0.0, 1.0))
    return low, high


def _counts(successes: ArrayLike, totals: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    hits = np.asarray(successes, dtype=np.float64)
    trials = np.asarray(totals, dtype=np.float64)
    if hits.ndim != 1 or hits.shape != trials.shape:
        raise MethodError("shares.shape", successes=hits.shape, totals=trials.shape)
    is_finite = np.isfinite(hits).all() and np.isfinite(trials).all()
    if not (is_finite and (hits >= 0).all() and (hits <= trials).all()):
        raise MethodError("shares.not_counts")
    return hits, trials


def difference_interval(
    before: ArrayLike,
    totals_before: ArrayLike,
    now: ArrayLike,
    totals_now: ArrayLike,
    confidence: float = 0.95,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper ends of how much each share has changed: two (n,) float arrays in [−1, 1].

    before, now: (n,) counts among totals_before and totals_now, each 0 ≤ count ≤ total. Where a total is 0
    the interval holds everything that is possible with the other share. An interval that holds 0 says that
    the change may be chance. The two groups are taken as independent; where mostly the same members were
    asked twice it is too wide rather than too narrow. Cost: O(n) time and memory.

    Raises MethodError as `wilson_interval` does.

    Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10 (square and add).

    >>> low, high = difference_interval([48], [80], [56], [70])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0524], [0.3339])
    """
    first_low, first_high = wilson_interval(before, totals_before, confidence)
    low, high = wilson_interval(now, totals_now, confidence)
    first, second = _share(before, totals_before), _share(now, totals_now)
    change = second - first
    down = np.sqrt((second - low) ** 2 + (first_high - first) ** 2)
    up = np.sqrt((high - second) ** 2 + (first - first_low) ** 2)
    return np.clip(change - down, -1.0, 1.0), np.clip(change + up, -1.0, 1.0)


def _share(successes: ArrayLike, totals: ArrayLike) -> NDArray[np.float64]:
    hits, trials = _counts(successes, totals)
    return np.divide(hits, trials, out=np.full_like(hits, 0.5), where=trials > 0)
