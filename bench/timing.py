"""Measure and print."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable


def median_ms(work: Callable[[], object], *, rounds: int = 15, warm_up: int = 2) -> float:
    """Return the median time of `work` in milliseconds."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def tell(label: str, measured_ms: float, asked_ms: float) -> None:
    """Print one line: what, how long, how long is asked, and the ratio."""
    ratio = measured_ms / asked_ms
    sys.stdout.write(f"{label:<52} {measured_ms:>9.1f} ms   asked ≤ {asked_ms:>6.0f} ms   {ratio:>5.2f}×\n")
    sys.stdout.flush()
