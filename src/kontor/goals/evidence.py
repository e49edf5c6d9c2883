"""What the goals tell the strategy. The document travels, so small groups are never shown here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.goals.catalogue import families, family_name
from kontor.goals.models import Goal
from kontor.goals.queries import TopicThread, standing_goals, thread
from kontor.needs.confidentiality import guarded
from kontor.reports.model import Block, Cell, Column, Missing, Table


def overview(cluster: Cluster, on: date) -> Block:
    """Tell which goals the cluster has set itself, by when, and how many needs stand behind each."""
    order = {family.code: number for number, family in enumerate(families())}
    goals = sorted(standing_goals(cluster), key=lambda goal: (order.get(goal.family, len(order)), goal.pk))
    if not goals:
        return Missing(
            _("The cluster has not set itself any goals yet."),
            _("Adopt goals from the catalogue or write your own."),
        )
    rows = tuple(_row(goal) for goal in goals)
    return Table(
        key="goals.overview",
        caption=_("Goals of internationalisation"),
        columns=(
            Column(_("Goal")),
            Column(_("Family")),
            Column(_("Horizon")),
            Column(_("Target year"), "year"),
            Column(_("Needs"), "count"),
            Column(_("Organisations"), "count"),
        ),
        rows=rows,
        source=_("Goals of the cluster and the needs linked to them"),
        as_of=on,
        explanation=_("Each organisation counts once per goal, however many of its needs the goal answers."),
        note=_NOTE if any(row[5] is None for row in rows) else "",
    )


def red_thread(cluster: Cluster, on: date) -> Block:
    """Tell which goals answer the needs of each topic, and what no goal answers yet."""
    found = thread(cluster)
    shown = [each for each in found.topics if guarded(each.organisations) is not None]
    if not shown:
        return Missing(
            _("There are no needs yet that goals could answer."),
            _("Record what members need, then answer it with goals."),
        )
    return Table(
        key="goals.thread",
        caption=_("From needs to goals"),
        columns=(
            Column(_("Topic of needs")),
            Column(_("Organisations"), "count"),
            Column(_("Needs"), "count"),
            Column(_("Answered by")),
        ),
        rows=tuple((_topic(each), each.organisations, each.needs, _answers(each)) for each in shown),
        source=_("Needs of the members and goals of the cluster"),
        as_of=on,
        explanation=_loose(found.orphans, len(found.goals_without_needs)),
        note=_NOTE if len(shown) < len(found.topics) else "",
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "goals.overview": overview,
    "goals.thread": red_thread,
}

_NOTE = _("Groups of fewer than three organisations are not shown.")


def _row(goal: Any) -> tuple[Cell, ...]:
    """Return the row of a goal; counts only where they hide nobody, 0 where nothing is linked."""
    organisations = guarded(goal.organisations) if goal.organisations else 0
    needs = None if organisations is None else goal.needs_number
    horizon = Goal.Horizon(goal.horizon).label
    return (_text(goal.title), _family(goal.family), horizon, goal.target_year, needs, organisations)


def _topic(each: TopicThread) -> Cell:
    return _text(each.topic.name)


def _answers_now(goals: tuple[Goal, ...]) -> str:
    return "; ".join(str(goal.title) for goal in goals) or gettext("no goal yet")


def _loose_now(orphans: int, idle: int) -> str:
    needs = ngettext("%(number)s need has no goal yet", "%(number)s needs have no goal yet", orphans)
    goals = ngettext("%(number)s goal answers no need", "%(number)s goals answer no need", idle)
    return f"{needs % {'number': orphans}}; {goals % {'number': idle}}."


_text = lazy(str, str)
_family = lazy(family_name, str)
_loose = lazy(_loose_now, str)


def _answers(each: TopicThread) -> Cell:
    return lazy(_answers_now, str)(each.goals)
