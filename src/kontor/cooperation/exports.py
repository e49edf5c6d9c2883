"""The list of activities as Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.actors.wording import country_label
from kontor.cooperation.models import Activity
from kontor.reports.lists import ListCell
from kontor.reports.model import Column


def activities_file(activities: Iterable[Activity], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the activities as a file; people are counted, not named."""
    texts = (_("Partner cluster"), _("Kind"), _("Title"), _("From"), _("Until"), _("Place"), _("Country"))
    heads = [Column(title) for title in texts]
    heads += [Column(_("State")), Column(_("Goals")), Column(_("What came of it"))]
    heads += [Column(_("Participants"), "count"), Column(_("Open tasks"), "count")]
    return list_file(_("Activities"), heads, [_row(each) for each in activities], form, cluster=cluster)


def _row(each: Activity) -> tuple[ListCell, ...]:
    counts: dict[str, int] = {name: getattr(each, name) for name in ("people", "tasks_open")}
    return (
        *(each.partner.name, each.get_kind_display(), str(each.title), each.starts_on, each.ends_on),
        *(each.place, str(country_label(each.country)) if each.country else "", each.get_state_display()),
        *("; ".join(str(goal) for goal in each.goals.all()), str(each.result)),
        *(counts["people"], counts["tasks_open"]),
    )
