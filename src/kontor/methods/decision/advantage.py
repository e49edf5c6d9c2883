"""Where one candidate stays level with another while weights move along a line.

Along a line of weights the weighted mean of each candidate is a fraction of two linear functions (what is
not known is left out of both). Who is ahead of whom is then the sign of a quadratic, and where it changes is
known exactly; with everything known the quadratic is a straight line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kontor.methods.decision.arrays import TOLERANCE
from kontor.methods.decision.problem import Floats


@dataclass(frozen=True, eq=False)
class Means:
    """Weighted means along lines of weights, at any point t of them.

    The mean is (top + t * top_slope) / (weight + t * weight_slope); the weight is that of what is known. All
    arrays have the same shape.
    """

    top: Floats
    top_slope: Floats
    weight: Floats
    weight_slope: Floats


@dataclass(frozen=True, eq=False)
class Behind:
    """Where the one is behind the other: up to two open intervals of t per pair; NaN = no interval."""

    start: Floats
    end: Floats


def behind(one: Means, other: Means) -> Behind:
    """Return where `one` is behind `other`: arrays (..., 2) of starts and ends, -inf and inf where open.

    Where either knows nothing, nobody is behind. Equal values are not behind.
    """
    square = one.top_slope * other.weight_slope - other.top_slope * one.weight_slope
    slope = one.top_slope * other.weight + one.top * other.weight_slope
    slope = slope - (other.top_slope * one.weight + other.top * one.weight_slope)
    constant = one.top * other.weight - other.top * one.weight
    square, slope, constant = np.broadcast_arrays(square, slope, constant)
    low, high = _roots(square, slope, constant)
    empty, infinite = np.full(square.shape, np.nan), np.full(square.shape, np.inf)
    is_bent, has_roots = np.abs(square) > TOLERANCE, ~np.isnan(low)
    is_line = ~is_bent & (np.abs(slope) > TOLERANCE)
    is_always = np.where(is_bent, square < 0, constant < -TOLERANCE) & ~is_line & ~(is_bent & has_roots)
    opens_up = is_bent & has_roots & (square > 0)
    opens_down = is_bent & has_roots & (square < 0)
    falls, rises = is_line & (slope < 0), is_line & (slope > 0)
    starts = np.select([is_always | opens_down | rises, opens_up | falls], [-infinite, low], empty)
    ends = np.select([is_always | falls, opens_down | rises, opens_up], [infinite, low, high], empty)
    second_start = np.where(opens_down, high, empty)
    second_end = np.where(opens_down, infinite, empty)
    start = np.stack([starts, second_start], axis=-1)
    end = np.stack([ends, second_end], axis=-1)
    is_touch = end - start <= TOLERANCE
    return Behind(np.where(is_touch, np.nan, start), np.where(is_touch, np.nan, end))


def _roots(square: Floats, slope: Floats, constant: Floats) -> tuple[Floats, Floats]:
    """Return both roots in order, twice the same for a line, NaN without any."""
    is_bent = np.abs(square) > TOLERANCE
    inside = slope**2 - 4 * square * constant
    # The sum that does not cancel, and the other root by the product of both.
    half = -(slope + np.copysign(np.sqrt(np.maximum(inside, 0.0)), slope)) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(is_bent, half / square, -constant / slope)
        second = np.where(is_bent & (half != 0), constant / half, first)
    first, second = np.where(inside < 0, np.nan, first), np.where(inside < 0, np.nan, second)
    return np.minimum(first, second), np.maximum(first, second)
