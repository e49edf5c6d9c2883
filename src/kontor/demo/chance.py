"""Chance that falls the same way at every start: drawn from a name, not from a clock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def chance(name: str, what: str) -> int:
    """Return a number from 0 to 99 for a name and what it is drawn for.

    >>> chance("a@example.org", "answers") == chance("a@example.org", "answers")
    True
    """
    return int.from_bytes(hashlib.sha256(f"{name} {what}".encode()).digest()[:4]) % 100


def some(name: str, what: str, options: Sequence[str], count: int) -> list[str]:
    """Return `count` of the options, earlier ones more often, in an order of their own for each name."""
    weighed = sorted(options, key=lambda each: chance(name, f"{what} {each}") + 9 * options.index(each))
    return weighed[:count]
