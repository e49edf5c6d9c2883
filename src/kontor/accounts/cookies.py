"""What is kept in the browser: the appearance of the pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from kontor.ui.context import THEME_COOKIE

ONE_YEAR_SECONDS = 365 * 24 * 3600


def keep_theme(response: HttpResponse, theme: str) -> None:
    """Let this device show its pages light, dark or as it is set itself."""
    response.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=ONE_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
