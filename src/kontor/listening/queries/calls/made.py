"""What the calls of the cluster management amount to: evidence that every member was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q

from kontor.accounts.models import Cluster
from kontor.listening.models import CallAttempt, CallTarget


@dataclass(frozen=True)
class CampaignCalls:
    """The calls of one campaign by a day. first, last: days of the first and the last call."""

    name: str
    calls: int
    called: int
    talked: int
    callers: int
    first: date
    last: date


@dataclass(frozen=True)
class CallsMade:
    """All calls of the cluster by a day.

    called, talked: organisations, each counted once however many campaigns it was in.
    """

    on: date
    calls: int
    called: int
    talked: int
    campaigns: tuple[CampaignCalls, ...]


def calls_made(cluster: Cluster, on: date) -> CallsMade:
    """Return who was called and talked to by the day, by campaign, the latest first. Two queries."""
    calls = CallAttempt.objects.filter(cluster=cluster, at__date__lte=on).order_by()
    talked = Q(outcome=CallTarget.Outcome.TALKED)
    figures = {
        "calls": Count("pk"),
        "called": Count("target__organisation", distinct=True),
        "talked": Count("target__organisation", distinct=True, filter=talked),
    }
    total = calls.aggregate(**figures)
    rows: Any = (
        calls.values("target__campaign", "target__campaign__name")
        .annotate(
            **figures,
            callers=Count("caller", distinct=True),
            first=Min("at__date"),
            last=Max("at__date"),
        )
        .order_by("-last", "-target__campaign")
    )
    campaigns = tuple(
        CampaignCalls(
            name=row["target__campaign__name"],
            **{name: row[name] for name in ("calls", "called", "talked", "callers", "first", "last")},
        )
        for row in rows
    )
    return CallsMade(on, total["calls"], total["called"], total["talked"], campaigns)
