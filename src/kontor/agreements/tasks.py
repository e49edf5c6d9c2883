"""Long work of this room: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from kontor.agreements.services import news
from kontor.jobs.progress import Progress


def send_digest(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Send one negotiator the news."""
    del progress  # one mail is one step
    is_sent = news.send_digest(negotiator_id=_number(argument, "negotiator"), now=timezone.now())
    return {"sent": int(is_sent)}


def send_digest_failed(argument: Mapping[str, object], code: str, params: Mapping[str, object]) -> None:
    """Leave the mail server in peace for a while."""
    del code, params
    news.put_off(negotiator_id=_number(argument, "negotiator"), now=timezone.now())


def send_version(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Tell all negotiators of a version that was agreed."""
    return {"sent": news.send_version(version_id=_number(argument, "version"), steps=progress)}


def every_minute() -> None:
    """Tell what is new where a batch of changes is over (see jobs.periodic)."""
    news.tend_news(now=timezone.now())


def _number(argument: Mapping[str, object], name: str) -> int:
    return int(str(argument[name]))
