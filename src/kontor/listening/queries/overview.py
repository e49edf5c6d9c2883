"""How far the cluster is with listening: one line for each way, and what helps most now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.listening.models import (
    Board,
    CallCampaign,
    CallTarget,
    Interview,
    InterviewStudy,
    Survey,
)

ENDS_SOON = timedelta(days=4)
FEW = 0.5


@dataclass(frozen=True)
class Round:
    """One survey, campaign, series or meeting. done, total: as counted for its way; ends: when it closes."""

    pk: int
    name: str
    state: str
    done: int
    total: int
    ends: datetime | None = None
    due: int = 0

    @property
    def share(self) -> float | None:
        """Return how much is done, 0 to 1; None where nothing is to be done."""
        return self.done / self.total if self.total else None


@dataclass(frozen=True)
class Ways:
    """The rounds of each way, running ones first, newest first."""

    surveys: tuple[Round, ...]
    campaigns: tuple[Round, ...]
    studies: tuple[Round, ...]
    boards: tuple[Round, ...]

    @property
    def is_empty(self) -> bool:
        """True before anything was begun."""
        return not (self.surveys or self.campaigns or self.studies or self.boards)


def ways(cluster: Cluster, now: datetime, most: int = 3) -> Ways:
    """Return the latest rounds of each way. Four queries."""
    return Ways(
        surveys=_surveys(cluster, most),
        campaigns=_campaigns(cluster, now, most),
        studies=_studies(cluster, most),
        boards=_boards(cluster, most),
    )


def closes_soon(survey: Round, now: datetime) -> bool:
    """True where a running survey ends within days although fewer than half have answered."""
    is_near = survey.ends is not None and survey.ends - now <= ENDS_SOON
    return survey.state == Survey.State.RUNNING and is_near and (survey.share or 0) < FEW


def _surveys(cluster: Cluster, most: int) -> tuple[Round, ...]:
    rows = Survey.objects.filter(cluster=cluster).annotate(
        asked=Count("invitees"), answered=Count("invitees", filter=Q(invitees__is_answered=True))
    )
    found = rows.order_by("-created_at", "-pk")[:most]
    return _running_first(
        Round(each.pk, each.name, each.state, each.answered, each.asked, each.closes_at) for each in found
    )


def _campaigns(cluster: Cluster, now: datetime, most: int) -> tuple[Round, ...]:
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min))
    over = Q(targets__state__in=(CallTarget.State.DONE, CallTarget.State.ENDED))
    # Who was merely not reached waits too, but nobody there expects the call.
    due = Q(
        targets__state=CallTarget.State.LATER,
        targets__outcome=CallTarget.Outcome.CALL_BACK,
        targets__call_back_at__lt=tonight,
    )
    rows = CallCampaign.objects.filter(cluster=cluster).annotate(
        listed=Count("targets"), through=Count("targets", filter=over), due=Count("targets", filter=due)
    )
    found = rows.order_by("-created_at", "-pk")[:most]
    return _running_first(
        Round(each.pk, each.name, each.state, each.through, each.listed, due=each.due) for each in found
    )


def _studies(cluster: Cluster, most: int) -> tuple[Round, ...]:
    wanted = Q(interviews__role=Interview.Role.DRAWN) | Q(interviews__replaces__isnull=False)
    held = Q(interviews__state=Interview.State.HELD)
    rows = InterviewStudy.objects.filter(cluster=cluster).annotate(
        talks=Count("interviews", filter=held), wanted=Count("interviews", filter=wanted)
    )
    found = rows.order_by("-created_at", "-pk")[:most]
    return _running_first(
        Round(each.pk, each.name, each.state, each.talks, min(each.size, each.wanted)) for each in found
    )


def _boards(cluster: Cluster, most: int) -> tuple[Round, ...]:
    rows = Board.objects.filter(cluster=cluster).annotate(
        ideas_shown=Count("ideas", filter=Q(ideas__is_hidden=False), distinct=True),
        phones=Count("participants", distinct=True),
    )
    found = rows.order_by("-held_on", "-pk")[:most]
    return _running_first(
        Round(each.pk, each.name, each.phase, each.ideas_shown, each.phones, _morning(each.held_on))
        for each in found
    )


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _running_first(rounds: Iterable[Round]) -> tuple[Round, ...]:
    return tuple(sorted(rounds, key=lambda each: each.state in ("closed", "draft", "waiting")))
