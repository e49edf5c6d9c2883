"""What the cooperation tells the strategy: protocols agreed, and what is done together. Nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.wording import country_label
from kontor.cooperation.models import Activity
from kontor.cooperation.queries import Relation, activities_of, relations
from kontor.reports import format as printed
from kontor.reports.model import Block, Column, Missing, Table


def protocols(cluster: Cluster, on: date) -> Block:
    """Tell with whom the cluster has agreed how to work together, and how far the others are."""
    found = relations(cluster, on)
    if not found:
        return Missing(
            _("No partner has been decided on yet, so no protocol has been agreed."),
            _("Decide on a partner, then agree on a cooperation protocol."),
        )
    return Table(
        key="cooperation.protocols",
        caption=_("Cooperation protocols"),
        columns=(
            Column(_("Partner cluster")),
            Column(_("Country")),
            Column(_("Protocol")),
            Column(_("Clauses settled"), "count"),
            Column(_("Clauses"), "count"),
            Column(_("Activities done"), "count"),
            Column(_("Activities planned"), "count"),
        ),
        rows=tuple(
            (
                each.partner.name,
                country_label(each.partner.country),
                lazy(_protocol, str)(each),
                each.progress.settled if each.progress else None,
                each.progress.total if each.progress else None,
                len(each.past),
                len(each.coming),
            )
            for each in found
        ),
        source=_("Agreements and activities of the cluster"),
        as_of=on,
    )


def activities(cluster: Cluster, on: date) -> Block:
    """Tell what is done with partners, for which goals, and what came of it."""
    rows = activities_of(cluster).exclude(state=Activity.State.CANCELLED).prefetch_related("goals")
    return Table(
        key="cooperation.activities",
        caption=_("Visits, groups and offices with partners"),
        columns=(
            Column(_("Activity")),
            Column(_("Kind")),
            Column(_("Partner cluster")),
            Column(_("From")),
            Column(_("State")),
            Column(_("Goals")),
            Column(_("What came of it")),
        ),
        rows=tuple(
            (
                lazy(str, str)(each.title),
                Activity.Kind(each.kind).label,
                each.partner.name,
                lazy(_day_now, str)(each.starts_on),
                Activity.State(each.state).label,
                lazy(_goals, str)(tuple(each.goals.all())),
                lazy(str, str)(each.result),
            )
            for each in rows.order_by("starts_on", "pk")
        ),
        source=_("Activities of the cluster with its partners"),
        as_of=on,
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "cooperation.protocols": protocols,
    "cooperation.activities": activities,
}


def _protocol(relation: Relation) -> str:
    if relation.protocol is None:
        return gettext("no protocol yet")
    if relation.protocol.agreed_at is None:
        return relation.protocol.get_state_display()
    day = timezone.localtime(relation.protocol.agreed_at).date()
    return gettext("agreed on %(day)s") % {"day": _day_now(day)}


def _day_now(day: date) -> str:
    return printed.day(day, (get_language() or "en").split("-")[0])


def _goals(goals: tuple[object, ...]) -> str:
    return "; ".join(str(goal) for goal in goals)
