"""What Today says: the greeting, the figures, the next step and the days that matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.queries.abroad import has_tie_abroad
from kontor.actors.queries.members import members
from kontor.goals.queries import Thread, thread
from kontor.journey.checklist import AnsweredPoint, most_urgent
from kontor.ui.components import NextStep, PointState

KICK_OFF = 2


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day, 0 to 23."""
    if 4 <= hour < 11:
        return _("Good morning")
    return _("Good day") if 11 <= hour < 18 else _("Good evening")


@dataclass(frozen=True)
class Glance:
    """The few large numbers of Today."""

    members: int
    members_abroad: int
    thread: Thread
    goals: int

    @property
    def share_abroad(self) -> float | None:
        """Return the share of members with a tie abroad, 0 to 1; None without members."""
        return self.members_abroad / self.members if self.members else None


def glance(cluster: Cluster, on: date) -> Glance:
    """Return the figures on `on`. Five queries."""
    counted = (
        members(cluster, on)
        .order_by()
        .annotate(is_abroad=has_tie_abroad(cluster, on))
        .aggregate(members=Count("pk"), abroad=Count("pk", filter=Q(is_abroad=True)))
    )
    seen = thread(cluster)
    return Glance(counted["members"], counted["abroad"], seen, len(seen.goals))


def worth_showing(answered: list[AnsweredPoint], most: int = 7) -> list[AnsweredPoint]:
    """Return the points that Today shows, by number: all begun ones, then the next open ones."""
    begun = [each for each in answered if each.check.state is not PointState.OPEN]
    waiting = [each for each in answered if each.check.state is PointState.OPEN]
    return sorted((begun + waiting)[:most], key=lambda each: each.point.number)


def next_step(cluster: Cluster, answered: list[AnsweredPoint], seen: Glance) -> NextStep | None:
    """Return what helps most now, with a button; an empty cluster begins with its members."""
    if not seen.members:
        sentence = _(
            "Everything begins with the members. Bring in the list you have; any Excel file will do."
        )
        return NextStep(
            sentence, _("Bring in the members"), reverse("actors:import-members", args=[cluster.slug])
        )
    urgent = most_urgent(answered)
    if urgent is None:
        return None
    return step_of(urgent)


def step_of(urgent: AnsweredPoint) -> NextStep:
    """Return the next step of a point, with the reason why it matters."""
    sentence = f"{str(urgent.check.reason).rstrip('.')}. {urgent.point.why}"
    return NextStep(sentence, urgent.check.next_step, urgent.check.url)


def first_steps(cluster: Cluster, seen: Glance) -> list[tuple[str, str, bool]]:
    """Return the way of a new cluster as (label, address, is it done); empty once all of it is gone."""
    steps = [
        (_("Bring in the members"), "actors:overview", bool(seen.members)),
        (_("Record what they need"), "needs:overview", bool(seen.thread.needs)),
        (_("Set goals"), "goals:overview", bool(seen.goals)),
    ]
    if all(is_done for _label, _name, is_done in steps):
        return []
    return [(label, reverse(name, args=[cluster.slug]), is_done) for label, name, is_done in steps]


@dataclass(frozen=True)
class Deadline:
    """A day that matters, and why."""

    day: date
    label: str
    note: str
    is_over: bool


def deadlines(cluster: Cluster, answered: list[AnsweredPoint], on: date) -> list[Deadline]:
    """Return the days ahead that follow from the funding, nearest first."""
    kick_off = next((each.check for each in answered if each.point.number == KICK_OFF), None)
    if cluster.funding_start is None or kick_off is None or kick_off.state is PointState.DONE:
        return []
    day = cluster.funding_start + relativedelta(months=6)
    note = _("Six months after the funding began on %(day)s") % {"day": f"{cluster.funding_start:%d.%m.%Y}"}
    return [Deadline(day, _("Kick-off at the latest"), note, day < on)]
