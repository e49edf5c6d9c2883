"""The point nearest to the origin that satisfies linear conditions, or the proof that there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Below this a residual is zero: the conditions contradict each other.
IMPOSSIBLE = 1e-7
GAIN = 1e-12


def nearest_point(conditions: Floats, bounds: Floats) -> Floats | None:
    """Return the x of least length with `conditions @ x >= bounds`: (n,) floats, None where there is none.

    conditions: (k, n) floats.   bounds: (k,) floats. Without conditions x is 0. Exact up to rounding in a
    finite number of steps: the problem is turned into one of non-negative least squares, whose residual is
    zero exactly where the conditions contradict each other. Cost: O(steps · n² k), steps of the order of k.

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23 (LDP by way of NNLS).

    >>> nearest_point(np.array([[1.0, 1.0]]), np.array([1.0])).round(9).tolist()
    [0.5, 0.5]
    >>> nearest_point(np.array([[1.0], [-1.0]]), np.array([1.0, 1.0])) is None
    True
    """
    # Each condition scaled to length 1: of the same half space, but of the same weight in what follows.
    lengths = np.linalg.norm(conditions, axis=1)
    scale = np.where(lengths > 0, lengths, 1.0)
    stacked = np.vstack([(conditions / scale[:, None]).T, bounds / scale])
    target = np.zeros(len(stacked))
    target[-1] = 1.0
    residual = stacked @ non_negative_least_squares(stacked, target) - target
    if np.linalg.norm(residual) <= IMPOSSIBLE:
        return None
    point: Floats = -residual[:-1] / residual[-1]
    return point


def non_negative_least_squares(matrix: Floats, target: Floats) -> Floats:
    """Return the x ≥ 0 for which `matrix @ x` is nearest to `target`: (k,) floats for a matrix (n, k).

    Columns enter one by one, the one that helps most first; those that would turn negative leave again.

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, algorithm 23.10.

    >>> non_negative_least_squares(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([2.0, -1.0])).tolist()
    [2.0, 0.0]
    """
    columns = matrix.shape[1]
    x, is_in = np.zeros(columns), np.zeros(columns, dtype=np.bool_)
    for _ in range(3 * columns + 10):
        gain = np.where(is_in, -np.inf, matrix.T @ (target - matrix @ x))
        if not gain.size or gain.max() <= GAIN:
            break
        is_in[int(gain.argmax())] = True
        x = _without_negatives(matrix, target, x, is_in)
    return x


def _without_negatives(matrix: Floats, target: Floats, x: Floats, is_in: NDArray[np.bool_]) -> Floats:
    """Return the best x over the columns that are in; those that would be negative are taken out."""
    while is_in.any():
        best = np.zeros_like(x)
        best[is_in] = np.linalg.lstsq(matrix[:, is_in], target, rcond=None)[0]
        is_negative = is_in & (best <= 0)
        if not is_negative.any():
            return best
        # As far towards the best as nobody turns negative; who reaches 0 leaves.
        fall = np.where(is_negative, x - best, 1.0)
        step = np.where(is_negative, x / np.where(fall > 0, fall, 1.0), np.inf).min()
        x = x + step * (best - x)
        is_in &= ~(is_negative & (x <= GAIN))
        x = np.where(is_in, x, 0.0)
    return x
