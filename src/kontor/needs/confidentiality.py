"""Small numbers give people away: who may not read single needs sees no count of fewer than three.

A figure below the threshold is None and shown as "fewer than 3". Where the groups of a whole add up to a
total that is shown too, one hidden group could be worked out; then the next smallest is hidden with it.
"""

from __future__ import annotations

from collections.abc import Sequence

FEWEST_SHOWN = 3


def guarded(organisations: int) -> int | None:
    """Return the count, or None where it speaks of fewer than three organisations."""
    return organisations if organisations >= FEWEST_SHOWN else None


def guarded_parts(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return the parts of a whole so that no hidden part can be worked out from the total.

    What is hidden does not depend on the order: two tables of the same parts hide the same, and cannot be
    played off against each other.

    >>> guarded_parts([40, 12, 5]), guarded_parts([40, 12, 1]), guarded_parts([40, 2, 1])
    ((40, 12, 5), (40, None, None), (40, None, None))
    """
    shown = [guarded(count) for count in counts]
    if shown.count(None) == 1:
        least = min((count for count in shown if count is not None), default=None)
        shown = [None if count == least else count for count in shown]
    return tuple(shown)
