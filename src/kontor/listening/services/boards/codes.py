"""Codes that people type from a screen: short, without letters that look alike, never guessed."""

from __future__ import annotations

import secrets

# Without 0 and O, 1, I and L, and without U, so that no word comes of it by chance.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_code() -> str:
    """Return a code that nobody guesses: one of 30^8, about 650 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Return the code as it is stored, however it was typed; "" where it cannot be one.

    >>> read_code(" abcd-2345 "), read_code("ABCD 2345"), read_code("ABCD2340"), read_code("ABCD")
    ('ABCD2345', 'ABCD2345', '', '')
    """
    code = "".join(each for each in typed[:40].upper() if not each.isspace() and each != "-")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
