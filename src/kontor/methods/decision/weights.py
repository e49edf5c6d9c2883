"""Weights of criteria from what people can say: points, an order, a swing, cards with blanks between them.

Every function returns (n,) floats ≥ 0 that sum to 1, in the order of the criteria given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
# More decimals than this are below what a float can hold.
MOST_DECIMALS = 9


def from_points(points: ArrayLike) -> Floats:
    """Return the shares of the points: (n,) floats ≥ 0 that sum to 1.

    points: (n,) floats ≥ 0 in any scale. A criterion without points gets the weight 0 and counts nothing;
    where all have the same the weights are equal. Cost: O(n).

    Raises MethodError "weights.shape", "weights.not_points" (negative or not a number) or "weights.all_zero".

    >>> from_points([30, 10, 0]).tolist()
    [0.75, 0.25, 0.0]
    """
    given = _numbers(points)
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise MethodError("weights.not_points")
    most = given.max()
    if most == 0:
        raise MethodError("weights.all_zero")
    # Divided by the greatest first: the sum of very large points would be infinite.
    scaled = given / most
    shares: Floats = scaled / scaled.sum()
    return shares


def swing(points: ArrayLike) -> Floats:
    """Return the weights of a swing: (n,) floats ≥ 0 that sum to 1.

    points: (n,) floats from 0 to 100: how much it is worth to move each criterion from the bad to the good
    end of its scale, where the most valuable move is worth 100. One criterion gets 1. Cost: O(n).

    Raises MethodError as `from_points` does, and "weights.swing_best_not_100".

    Source: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, 8.2.

    >>> swing([100, 60, 40]).tolist()
    [0.5, 0.3, 0.2]
    """
    given = _numbers(points)
    shares = from_points(given)
    if given.max() != 100:
        raise MethodError("weights.swing_best_not_100", best=float(given.max()))
    return shares


def rank_order_centroid(ranks: ArrayLike) -> Floats:
    """Return the mean of all weights that agree with the order: (n,) floats > 0 that sum to 1.

    ranks: (n,) numbers, 1 = most important; only their order counts, and equal ones share the mean of the
    places that they fill. Where all are equal the weights are equal. Cost: O(n log n).

    Raises MethodError "weights.shape" or "weights.not_ranks".

    Source: Barron & Barrett (1996), Management Science 42, 1515–1523.

    >>> rank_order_centroid([1, 2, 3]).round(4).tolist()
    [0.6111, 0.2778, 0.1111]
    """
    places, n = _ranks(ranks), np.size(ranks)
    by_place = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n
    return _shared(places, by_place)


def rank_sum(ranks: ArrayLike) -> Floats:
    """Return weights that fall evenly with the rank: (n,) floats > 0 that sum to 1.

    ranks: as for `rank_order_centroid`, also for ties. Flatter than the centroid. Cost: O(n log n).

    Raises MethodError "weights.shape" or "weights.not_ranks".

    Source: Stillwell, Seaver & Edwards (1981), Organizational Behavior and Human Performance 28, 62–77.

    >>> rank_sum([1, 2, 3]).round(4).tolist()
    [0.5, 0.3333, 0.1667]
    """
    places, n = _ranks(ranks), np.size(ranks)
    return _shared(places, 2.0 * np.arange(n, 0, -1) / (n * (n + 1)))


def simos_roy_figueira(
    ranks: ArrayLike, ratio: float, blanks: ArrayLike = (), decimals: int | None = None
) -> Floats:
    """Return the weights of a pack of cards: (n,) floats > 0 that sum to 1.

    ranks:    (n,) numbers, 1 = most important, as everywhere here; equal ones lie on one pile. (The paper
              counts the other way round.)
    ratio:    ≥ 1, how many times as important the top pile is as the bottom pile (z in the paper).
    blanks:   (piles - 1,) whole numbers ≥ 0: blank cards between neighbouring piles, from the top down; left
              out, there are none. Each widens that step by one.
    decimals: 0 to 9: round the percentages so that they still sum to 100, by the paper's rule of the least
              relative error. Criteria of one pile may then differ by one unit of the last decimal, the one
              given first gets more.

    One pile, or a ratio of 1, gives equal weights. Cost: O(n log n).

    Raises MethodError "weights.shape", "weights.not_ranks", "weights.ratio_below_one", "weights.blanks" or
    "weights.decimals" (not 0 to 9, or so few that a criterion would be left with nothing).

    Source: Figueira & Roy (2002), European Journal of Operational Research 139, 317–326.

    >>> simos_roy_figueira([1, 2, 2], ratio=3).tolist()
    [0.6, 0.2, 0.2]
    """
    piles = _ranks(ranks)
    if not (np.isfinite(ratio) and ratio >= 1):
        raise MethodError("weights.ratio_below_one", ratio=ratio)
    steps = _steps(blanks, int(piles.max()))
    below = np.concatenate([np.cumsum(steps[::-1])[::-1], [0]])
    unit = (ratio - 1) / steps.sum() if steps.size else 0.0
    heights = 1.0 + unit * below[piles]
    weights: Floats = heights / heights.sum()
    return weights if decimals is None else _rounded(weights, decimals)


def _numbers(values: ArrayLike) -> Floats:
    try:
        given = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("weights.shape") from problem
    if given.ndim != 1 or not given.size:
        raise MethodError("weights.shape")
    return given


def _ranks(ranks: ArrayLike) -> Ints:
    """Return the class of each criterion, 0 = most important, without gaps."""
    given = _numbers(ranks)
    if not np.isfinite(given).all():
        raise MethodError("weights.not_ranks")
    _, classes = np.unique(given, return_inverse=True)
    return classes.reshape(-1)


def _shared(classes: Ints, by_place: Floats) -> Floats:
    """Return each criterion's weight: the mean over the places that its class fills."""
    sizes = np.bincount(classes)
    starts = np.cumsum(sizes) - sizes
    means: Floats = (np.add.reduceat(by_place, starts) / sizes)[classes]
    return means


def _steps(blanks: ArrayLike, steps: int) -> Floats:
    """Return the width of each step between neighbouring piles, from the top down."""
    given = np.asarray(blanks, dtype=np.float64)
    if not given.size:
        return np.ones(steps)
    if given.shape != (steps,) or not (np.isfinite(given).all() and (given >= 0).all()):
        raise MethodError("weights.blanks", steps=steps)
    if (given % 1 != 0).any():
        raise MethodError("weights.blanks", steps=steps)
    return given + 1.0


def _rounded(weights: Floats, decimals: int) -> Floats:
    """Round percentages so that they sum to 100: who suffers least by rounding up is rounded up.

    The paper compares, for each criterion, the relative error of rounding up with that of rounding down.
    Those for whom down is nearer (M) stay down as long as there are enough others; the others go up, those
    first who would lose most by going down.
    """
    if not 0 <= decimals <= MOST_DECIMALS:
        raise MethodError("weights.decimals", decimals=decimals)
    whole = 10 ** (decimals + 2)
    units = weights * whole
    down = np.floor(units + 1e-9)
    missing = whole - int(down.sum())
    loss, excess = (units - down) / units, (down + 1 - units) / units
    is_nearer_down = excess > loss
    order = np.lexsort((np.where(is_nearer_down, excess, -loss), is_nearer_down))
    down[order[:missing]] += 1
    if (down == 0).any():
        raise MethodError("weights.decimals", decimals=decimals)
    rounded: Floats = down / whole
    return rounded
