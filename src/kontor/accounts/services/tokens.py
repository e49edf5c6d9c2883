"""Tokens in links: long, random, and stored only as their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a token that nobody can guess: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is stored of a token; the token cannot be told from it."""
    return hashlib.sha256(token.encode()).hexdigest()
