"""How far campaigns are: figures, who is in a talk, and what is due today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.queries.calls.waiting import has_number, last_caller

State = CallTarget.State


@dataclass(frozen=True)
class Progress:
    """Where the members of a campaign stand; open, later, talked, ended and in_talk add up to members.

    numberless: of the open ones those without a telephone number. called: members called at least once.
    """

    members: int
    open: int
    in_talk: int
    later: int
    talked: int
    ended: int
    numberless: int
    called: int
    calls: int

    @property
    def left(self) -> int:
        """Return how many still have to be talked to and can be reached."""
        return self.open - self.numberless + self.later + self.in_talk

    @property
    def finished(self) -> int:
        """Return how many are through, with or without a talk."""
        return self.talked + self.ended

    @property
    def share(self) -> float:
        """Return the share of the list that is through, 0 to 1."""
        return self.finished / self.members if self.members else 0.0

    @property
    def reach(self) -> float | None:
        """Return the share of the members called who were talked to, None before the first call."""
        return self.talked / self.called if self.called else None

    @property
    def calls_per_talk(self) -> float | None:
        """Return how many calls a talk took, None before the first talk."""
        return self.calls / self.talked if self.talked else None


def progress(campaign: CallCampaign) -> Progress:
    """Return where the members of the campaign stand. One query."""
    figures = campaign.targets.aggregate(
        members=Count("pk"),
        **{name: Count("pk", filter=Q(state=state)) for name, state in _STATES.items()},
        numberless=Count("pk", filter=Q(state=State.OPEN) & ~Q(has_number())),
        called=Count("pk", filter=Q(attempts__gt=0)),
        calls=Sum("attempts"),
    )
    return Progress(**{name: value or 0 for name, value in figures.items()})


_STATES = {
    "open": State.OPEN,
    "in_talk": State.RESERVED,
    "later": State.LATER,
    "talked": State.DONE,
    "ended": State.ENDED,
}


def campaigns_of(cluster: Cluster) -> QuerySet[CallCampaign]:
    """Return the campaigns, those that run first, each with members, talked, finished. One query."""
    done, ended = Q(targets__state=State.DONE), Q(targets__state=State.ENDED)
    return (
        CallCampaign.objects.filter(cluster=cluster)
        .annotate(
            members=Count("targets"),
            talked=Count("targets", filter=done),
            finished=Count("targets", filter=done | ended),
        )
        .order_by("-state", "-created_at", "-pk")
    )


def outcomes(campaign: CallCampaign) -> dict[str, int]:
    """Return last outcome → members without a talk so far. One query."""
    rows = campaign.targets.exclude(outcome__in=("", CallTarget.Outcome.TALKED))
    return dict(Counter(rows.values_list("outcome", flat=True)))


def in_talk(campaign: CallCampaign, now: datetime) -> QuerySet[CallTarget]:
    """Return who is being called just now, with the caller at hand."""
    held = campaign.targets.filter(state=State.RESERVED, reserved_until__gt=now)
    return held.select_related("organisation", "reserved_by").order_by("reserved_until", "pk")


def due_today(campaign: CallCampaign, now: datetime) -> QuerySet[CallTarget]:
    """Return whom to call again by the end of the day, the earliest first; `called_by` is a key."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = campaign.targets.filter(state=State.LATER, call_back_at__lt=midnight + timedelta(days=1))
    return (
        rows.select_related("organisation").annotate(called_by=last_caller()).order_by("call_back_at", "pk")
    )


def next_call_back(campaign: CallCampaign) -> datetime | None:
    """Return when the next member is to be called again."""
    rows = campaign.targets.filter(state=State.LATER).order_by("call_back_at")
    return rows.values_list("call_back_at", flat=True).first()


def calls_of(target: CallTarget) -> QuerySet[CallAttempt]:
    """Return the calls to the member in this campaign, newest first."""
    return target.calls.select_related("caller")
