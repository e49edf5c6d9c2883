"""Brakes against guessing and against floods of mail; the rates stand in the settings."""

from __future__ import annotations

from typing import cast

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def too_fast(request: HttpRequest, action: str, key: str | None = None) -> HttpResponse | None:
    """Count one try of `action` and return the 429 page once there were too many; reading a page is free."""
    return cast("HttpResponse | None", ratelimit.consume_or_429(request, action=action, key=key))
