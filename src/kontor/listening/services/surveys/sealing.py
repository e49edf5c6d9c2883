"""Lock what is typed in an anonymous survey with the token of the link, which is stored nowhere."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def sealed(fields: dict[str, list[str]], token: str) -> str:
    """Return the fields so that only the token opens them; unlike Fernet it carries no time."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    locked = AESGCM(_key(token)).encrypt(nonce, json.dumps(fields).encode(), None)
    return base64.b64encode(nonce + locked).decode()


def unsealed(text: str, token: str) -> dict[str, list[str]]:
    """Return the fields that `sealed` was given, {} for another token."""
    raw = base64.b64decode(text)
    try:
        plain = AESGCM(_key(token)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None)
    except InvalidTag:
        return {}
    return cast("dict[str, Any]", json.loads(plain))


def _key(token: str) -> bytes:
    return hashlib.sha256(f"listening.seal:{token}".encode()).digest()
