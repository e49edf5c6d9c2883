"""Matrix products for work that runs in threads of its own."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float64, np.float32)
# Up to so many multiplications OpenBLAS works in the thread that asks (65,536 · GEMM_MULTITHREAD_THRESHOLD).
SMALL = 1 << 18


def product(left: NDArray[Number], right: NDArray[Number]) -> NDArray[Number]:
    """Return `left @ right`, (a, n) times (n, b), in pieces too small for the library's own threads.

    These wait for each other by spinning: called from several threads at once, or beside other programs,
    they take twice the time of the processor and much more of the clock than the pieces do.
    """
    a, n = left.shape
    right = np.ascontiguousarray(right)
    result = np.empty((a, right.shape[1]), dtype=left.dtype)
    rows = max(SMALL // max(n * right.shape[1], 1), 1)
    for start in range(0, a, rows):
        np.matmul(left[start : start + rows], right, out=result[start : start + rows])
    return result
