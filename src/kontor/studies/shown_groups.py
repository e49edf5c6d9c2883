"""How each group of assessors sees it: who would choose whom, and on what they differ most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.figures import GroupView
from kontor.studies.models import Assessor
from kontor.studies.reading import Reading
from kontor.studies.told import listed, percent_text, points_text

WIDTH = 400.0
MOST_CRITERIA, MOST_ROWS = 8, 20
# More candidates that share the first place are not named.
MOST_FIRST = 3
# A difference of weights below this is none.
NOTED = 0.02


@dataclass(frozen=True)
class GroupColumn:
    """One group with whom it would choose."""

    view: GroupView
    name: str
    people: str
    first: str


@dataclass(frozen=True)
class GroupDot:
    """One group's weight of a criterion in the picture. number: which group, from 1."""

    x: float
    number: int
    label: str


@dataclass(frozen=True)
class Difference:
    """A criterion on which groups differ: from where to where, each group's weight."""

    criterion: str
    spread: str
    dots: tuple[GroupDot, ...]
    weights: tuple[str, ...]


@dataclass(frozen=True)
class ShownGroups:
    """The groups side by side. rows: candidate, points in each group; hidden: groups that are not shown."""

    columns: tuple[GroupColumn, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    differences: tuple[Difference, ...]
    sentences: tuple[str, ...]
    hidden: int


def groups_of(reading: Reading, *, shows_single: bool) -> ShownGroups:
    """Return the groups side by side; groups of one person only where the reader may see single people."""
    views = [each for each in reading.plain.groups if shows_single or each.people > 1]
    columns = tuple(_column(each, reading) for each in views)
    differences = _differences(views, reading)
    return ShownGroups(
        columns=columns,
        rows=tuple(_row(pk, views, reading) for pk in _candidates(reading)),
        differences=differences,
        sentences=tuple(_sentences(columns, differences)),
        hidden=len(reading.plain.groups) - len(views),
    )


def group_name(group: str) -> str:
    """Return what a group is called."""
    return str(Assessor.Group(group).label) if group in Assessor.Group.values else group


def _column(view: GroupView, reading: Reading) -> GroupColumn:
    people = ngettext("%(number)s person", "%(number)s people", view.people) % {"number": view.people}
    first = listed([reading.name(pk) for pk in view.first]) if len(view.first) <= MOST_FIRST else _("several")
    return GroupColumn(view, group_name(view.group), people, first)


def _candidates(reading: Reading) -> list[int]:
    return [each.candidate for each in reading.plain.standings][:MOST_ROWS]


def _row(candidate: int, views: Sequence[GroupView], reading: Reading) -> tuple[str, tuple[str, ...]]:
    values = [view.values.get(str(candidate)) for view in views]
    return reading.name(candidate), tuple("–" if value is None else points_text(value) for value in values)


def _differences(views: Sequence[GroupView], reading: Reading) -> tuple[Difference, ...]:
    """Return the criteria on which the groups' weights differ, most first."""
    if len(views) < 2:
        return ()
    spreads = []
    for code in reading.plain.codes:
        weights = [view.weights.get(code, 0.0) for view in views]
        spreads.append((max(weights) - min(weights), code, weights))
    noted = [each for each in spreads if each[0] >= NOTED]
    most = max((max(weights) for _spread, _code, weights in noted), default=1.0)
    ordered = sorted(noted, key=lambda each: -each[0])[:MOST_CRITERIA]
    return tuple(_difference(code, weights, most, views, reading) for _spread, code, weights in ordered)


def _difference(
    code: str, weights: Sequence[float], most: float, views: Sequence[GroupView], reading: Reading
) -> Difference:
    dots = tuple(
        GroupDot(round(WIDTH * weight / most, 1), number, f"{group_name(view.group)}: {percent_text(weight)}")
        for number, (view, weight) in enumerate(zip(views, weights, strict=True), start=1)
    )
    spread = percent_text(max(weights) - min(weights))
    return Difference(reading.criterion(code), spread, dots, tuple(percent_text(each) for each in weights))


def _sentences(columns: Sequence[GroupColumn], differences: Sequence[Difference]) -> list[str]:
    if len(columns) < 2:
        return []
    choices = {column.first for column in columns}
    if len(choices) == 1:
        said = [_("All groups would choose %(name)s.") % {"name": columns[0].first}]
    else:
        parts = [
            _("%(group)s would choose %(name)s") % {"group": column.name, "name": column.first}
            for column in columns
        ]
        said = ["; ".join(parts) + "."]
    if differences:
        names = listed([f"“{each.criterion}”" for each in differences[:3]])
        said.append(_("They differ most on how much %(names)s should weigh.") % {"names": names})
    else:
        said.append(_("On the weights they hardly differ."))
    return said
