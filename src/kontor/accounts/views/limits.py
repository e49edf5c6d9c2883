"""Brakes against guessing and against floods of mail; the rates stand in the settings."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse


def too_fast(request: HttpRequest, action: str, key: str | None = None) -> HttpResponse | None:
    """Count one try of `action` and return the 429 page once there were too many; reading a page is free."""
    return cast("HttpResponse | None", ratelimit.consume_or_429(request, action=action, key=key))


def count_wrong_guess(request: HttpRequest, action: str) -> None:
    """Remember that somebody at this network address has guessed wrongly; right ones are never counted."""
    key = _guess_key(request, action)
    _most, seconds = settings.WRONG_GUESSES[action]
    # Two at once may count as one; as a brake it need not be exact.
    cache.set(key, cache.get(key, 0) + 1, seconds)


def has_guessed_too_often(request: HttpRequest, action: str) -> bool:
    """Tell whether guesses from this network address are refused for a while."""
    most, _seconds = settings.WRONG_GUESSES[action]
    return bool(cache.get(_guess_key(request, action), 0) >= most)


def _guess_key(request: HttpRequest, action: str) -> str:
    address = str(get_adapter().get_client_ip(request))
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        # Whoever has one IPv6 address has a whole /64 of them.
        address = str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else address
    return f"wrong-guess:{action}:{hashlib.sha256(address.encode()).hexdigest()}"
