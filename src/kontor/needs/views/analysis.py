"""What members need, who, where and how strongly; and the same as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.actors.queries.segments import Dimension
from kontor.actors.views.access import tabs
from kontor.needs import queries
from kontor.needs.analysis import Facet
from kontor.needs.analysis.guarding import Row, Seen
from kontor.needs.analysis.picture import Picture, picture_of
from kontor.needs.models import Need
from kontor.needs.queries.listing import UNKNOWN
from kontor.needs.queries.material import gather
from kontor.needs.views.asked import Asked, Behind
from kontor.needs.views.tables import FILES, file_of
from kontor.ui.components import Text
from kontor.ui.templatetags.ui import number

LEVELS = 5


@dataclass(frozen=True)
class Cell:
    """A number as it is written, None where it is hidden; level: 0 to 5, how dark its cell is."""

    text: str | None
    url: str
    level: int


@dataclass(frozen=True)
class Line:
    """A row of a table. total: as written, None where it is hidden."""

    label: Text
    url: str
    cells: tuple[Cell, ...]
    total: str | None


@dataclass(frozen=True)
class Named:
    """A ranked row with the addresses behind it, "" where the reader may not go there."""

    row: Row
    url: str
    goal_url: str


@cluster_view(may="needs.view_summary")
def analysis(request: ClusterRequest) -> HttpResponse:
    """Tell what is wanted most, by whom, where and how strongly, and which goals are missing."""
    asked, seen = _picture(request)
    behind = Behind.of(request, asked)
    sees_all = bool(behind.list_url)
    context = {
        "asked": asked,
        "seen": seen,
        "sees_all": sees_all,
        "may_change": bool(behind.goal_url),
        "rows": [_named(each, asked.what, behind) for each in seen.rows],
        "open_topics": [_named(each, Facet.TOPIC, behind) for each in seen.open_topics],
        "groups": _lines(seen.groups, asked, behind),
        "heat": _heat(seen.heat, behind),
        "expected": [_expected(each) for each in (seen.management, seen.cluster)],
        "idle_goals": queries.goals_without_need(request.cluster),
        **_choices(seen, asked),
    }
    return render(request, "needs/analysis.html", tabs(request) | context)


@cluster_view(may="needs.view_summary")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download one table of the analysis, `?table=`, with what the reader may see."""
    table = request.GET.get("table", "ranking")
    if table not in FILES:
        raise Http404
    asked, seen = _picture(request)
    title, columns, rows = file_of(table, seen, asked)
    return list_file(str(title), columns, rows, form, cluster=request.cluster)


def _picture(request: ClusterRequest) -> tuple[Asked, Picture]:
    sees_all = request.access.may("needs.view_need")
    asked = Asked.read(request.GET.dict(), timezone.localdate(), sees_all=sees_all)
    material = gather(request.cluster, asked.scope)
    return asked, picture_of(material, asked.what, asked.by, sees_all=sees_all)


def _named(row: Row, facet: Facet, behind: Behind) -> Named:
    headings = facet.asked(row.ranked.key)
    goal_url = behind.goal(headings) if facet in (Facet.TOPIC, Facet.COUNTRY, Facet.KIND) else ""
    return Named(row, behind.needs(headings), goal_url)


def _lines(seen: Seen, asked: Asked, behind: Behind) -> list[Line]:
    """Return the rows of the table by group of members; every number leads to the needs behind it."""
    lines = []
    for place, (key, label) in enumerate(seen.cross.rows):
        headings = asked.what.asked(key)
        cells = tuple(
            _cell(count, behind.needs(headings, (asked.by, group)), seen.most)
            for count, (group, _label) in zip(seen.counts[place], seen.cross.columns, strict=True)
        )
        lines.append(Line(label, behind.needs(headings), cells, _written(seen.totals[place])))
    return lines


def _heat(seen: Seen, behind: Behind) -> list[Line]:
    lines = []
    for place, (topic, label) in enumerate(seen.cross.rows):
        cells = tuple(
            _cell(count, behind.needs({"topic": topic, "country": country}), seen.most)
            for count, (country, _label) in zip(seen.counts[place], seen.cross.columns, strict=True)
        )
        url = behind.needs({"topic": topic})
        lines.append(Line(label, url, cells, _written(seen.totals[place])))
    return lines


def _cell(count: int | None, url: str, most: int) -> Cell:
    if not count:
        return Cell(None if count is None else "0", "", 0)
    return Cell(_written(count), url, -(-count * LEVELS // most))


def _written(count: int | None) -> str | None:
    # The tag asks Babel; small numbers look the same in every language.
    return None if count is None else str(count) if count < 1000 else number(count)


def _expected(each: Any) -> dict[str, Any]:
    cells = [[_cell(count, "", each.groups.most) for count in row] for row in each.groups.counts]
    labels = [label for _key, label in each.groups.cross.rows]
    totals = [_written(total) for total in each.groups.totals]
    lines = [
        Line(label, "", tuple(row), total) for label, row, total in zip(labels, cells, totals, strict=True)
    ]
    return {"of": each.of, "rows": each.rows, "base": each.base, "groups": each.groups, "lines": lines}


def _choices(seen: Picture, asked: Asked) -> dict[str, Any]:
    """Return what the form above the figures offers."""
    groups: list[tuple[Text, Sequence[tuple[str, Text]]]] = [
        (by.label, [(f"{by}:{group or UNKNOWN}", label) for group, label in by.groups.items()])
        for by in Dimension
    ]
    return {
        "facets": [(facet.value, facet.label) for facet in Facet],
        "dimensions": [(by.value, by.label) for by in Dimension],
        "who_groups": groups,
        "sources": Need.Source.choices,
        "heads": list(
            zip(seen.groups.cross.columns, seen.groups.heard, seen.groups.cross.members, strict=True)
        ),
        "query": asked.query(),
        "heading": asked.what.label,
        "grouping": asked.by.label,
    }
