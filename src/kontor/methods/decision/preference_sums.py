"""The sums of the preferences over all pairs of one criterion, for each of the six functions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kontor.methods.decision.gauss_sums import gauss_sums
from kontor.methods.decision.ordered import Indices, Ordered
from kontor.methods.decision.preferences import Shape
from kontor.methods.decision.problem import Floats

# How often the slope of a preference, times √m, may fit into the range of a column before sums need care.
PLAIN_ENOUGH = 1000.0
# For each value how far it is preferred to the others together, and they to it: two (c, m) arrays.
Sums = tuple[Floats, Floats]


def _usual(ordered: Ordered, _q: Floats, _p: Floats, _s: Floats) -> Sums:
    return _step(ordered, np.zeros((len(ordered.values), 1)))


def _u_shape(ordered: Ordered, q: Floats, _p: Floats, _s: Floats) -> Sums:
    return _step(ordered, q)


def _step(ordered: Ordered, distance: Floats) -> Sums:
    """Return how many values are further back than the distance, and how many further ahead."""
    back, ahead = ordered.far_off(distance)
    return back.astype(np.float64), ordered.values.shape[1] - ahead.astype(np.float64)


def _level(ordered: Ordered, q: Floats, p: Floats, _s: Floats) -> Sums:
    half, full = _step(ordered, q), _step(ordered, p)
    return (half[0] + full[0]) / 2, (half[1] + full[1]) / 2


def _v_shape(ordered: Ordered, _q: Floats, p: Floats, s: Floats) -> Sums:
    return _linear(ordered, np.zeros_like(p), p, s)


def _linear(ordered: Ordered, q: Floats, p: Floats, _s: Floats) -> Sums:
    """Return the sums of slopes between q and p, from running sums of the values.

    Between the two places where the lead reaches q and p the preferences sum to
    Σ (v - u - q) / (p - q) = (count · (v - q) - Σ u) / (p - q).
    """
    m = ordered.values.shape[1]
    is_step = p <= q
    slope: Floats = np.where(is_step, 0.0, 1.0 / np.where(is_step, 1.0, p - q))
    # Numbers near to 0 keep more digits in sums.
    values: Floats = ordered.values - ordered.values[:, m // 2, None]
    (near, near_ahead), (far, far_ahead) = ordered.far_off(q), ordered.far_off(p)
    needs_care = float(((values[:, -1:] - values[:, :1]) * slope).max()) * m**0.5 > PLAIN_ENOUGH
    window = _running(values, needs_care)
    plus = (near - far) * (values - q) - window(far, near)
    minus = window(near_ahead, far_ahead) - (far_ahead - near_ahead) * (values + q)
    # Rounding must not make a preference negative.
    for_it: Floats = far.astype(np.float64) + np.maximum(plus * slope, 0.0)
    against_it: Floats = (m - far_ahead) + np.maximum(minus * slope, 0.0)
    return for_it, against_it


def _running(values: Floats, needs_care: bool) -> Callable[[Indices, Indices], Floats]:
    """Return a function that sums each row's values from one place up to before another.

    With care the rounding of each step of the running sums is kept beside them: their differences are then
    as exact as if the window alone had been summed.
    """
    c, m = values.shape
    sums = np.zeros((c, m + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    lost = np.zeros_like(sums)
    if needs_care:
        added = sums[:, 1:] - sums[:, :-1]
        np.cumsum((sums[:, :-1] - (sums[:, 1:] - added)) + (values - added), axis=1, out=lost[:, 1:])
    offsets = (np.arange(c) * (m + 1))[:, None]

    def window(first: Indices, after: Indices) -> Floats:
        begin, end = first + offsets, after + offsets
        total: Floats = sums.take(end) - sums.take(begin)
        if needs_care:
            total += lost.take(end) - lost.take(begin)
        return total

    return window


def _gaussian(ordered: Ordered, _q: Floats, _p: Floats, s: Floats) -> Sums:
    m = ordered.values.shape[1]
    before, after = gauss_sums(ordered, s)
    for_it: Floats = np.maximum(ordered.starts - before, 0.0)
    against_it: Floats = np.maximum(m - ordered.ends - after, 0.0)
    return for_it, against_it


SUMS: dict[Shape, Callable[[Ordered, Floats, Floats, Floats], Sums]] = {
    Shape.USUAL: _usual,
    Shape.U_SHAPE: _u_shape,
    Shape.V_SHAPE: _v_shape,
    Shape.LEVEL: _level,
    Shape.LINEAR: _linear,
    Shape.GAUSSIAN: _gaussian,
}
