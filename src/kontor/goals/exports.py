"""The list of goals as Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.goals.catalogue import family_name
from kontor.goals.forms import texts_of
from kontor.goals.shown import ShownGoal
from kontor.reports.lists import ListCell
from kontor.reports.model import Column


def goals_file(goals: Iterable[ShownGoal], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the goals as a file, with the counts that the reader may see."""
    texts = (_("Family"), _("Title in German"), _("Title in English"), _("Horizon"))
    heads = [Column(title) for title in texts]
    heads += [Column(_("To be reached by"), "year"), Column(_("State")), Column(_("Responsible"))]
    heads += [Column(_("Needs"), "text"), Column(_("Organisations"), "text")]
    return list_file(_("Goals"), heads, [_row(each) for each in goals], form, cluster=cluster)


def _row(each: ShownGoal) -> tuple[ListCell, ...]:
    goal, titles = each.goal, texts_of(each.goal.title)
    return (
        *(family_name(goal.family), titles.get("de", ""), titles.get("en", "")),
        *(goal.get_horizon_display(), goal.target_year, goal.get_state_display()),
        *(str(goal.responsible or ""), _count(each.needs), _count(each.organisations)),
    )


def _count(number: int | None) -> int | str:
    return _("fewer than 3") if number is None else number
