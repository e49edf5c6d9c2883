"""Progress on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function (done, total) that draws a bar; silent where no terminal looks on."""
    with tqdm(
        desc=label,
        total=1,
        disable=not sys.stderr.isatty(),
        leave=False,
        bar_format="{desc} {bar:30} {percentage:3.0f} %",
    ) as drawn:

        def show(done: int, total: int) -> None:
            drawn.total = max(total, 1)
            drawn.n = done
            drawn.refresh()

        yield show
