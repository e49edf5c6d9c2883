"""What filling from data would do, criterion by criterion, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kontor.criteria.sources import source_name
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.queries.sourced import source_of
from kontor.studies.services import filling
from kontor.studies.services.filling import FillLine, FillPlan
from kontor.studies.shown_scores import value_text


@dataclass(frozen=True)
class FillCell:
    """One cell: what data say, what stood there, and what would happen."""

    name: str
    kind: str
    value: str
    before: str
    source: str
    source_url: str
    as_of: date | None
    why: str


@dataclass(frozen=True)
class FillCriterion:
    """One criterion that data can fill. filled: cells for which there is a value."""

    criterion: NamedCriterion
    source: str
    cells: tuple[FillCell, ...]

    @property
    def filled(self) -> int:
        """Return for how many candidates there is a value."""
        return sum(cell.kind in (filling.NEW, filling.CHANGED, filling.SAME) for cell in self.cells)

    @property
    def changes(self) -> int:
        """Return how many cells would change."""
        return sum(cell.kind in (filling.NEW, filling.CHANGED, filling.GONE) for cell in self.cells)


def shown_filling(plan: FillPlan, language: str) -> list[FillCriterion]:
    """Return the plan by criterion."""
    groups: dict[int, list[FillLine]] = {}
    for line in plan.lines:
        groups.setdefault(line.criterion.pk, []).append(line)
    return [_criterion(lines, language) for lines in groups.values()]


def unsourced(plan: FillPlan) -> list[NamedCriterion]:
    """Return the criteria that no data can fill."""
    return [NamedCriterion(each) for each in plan.unsourced]


def _criterion(lines: list[FillLine], language: str) -> FillCriterion:
    named = NamedCriterion(lines[0].criterion)
    cells = tuple(_cell(line, named, language) for line in lines)
    return FillCriterion(named, source_name(source_of(lines[0].criterion)), cells)


def _cell(line: FillLine, criterion: NamedCriterion, language: str) -> FillCell:
    found = line.found
    before = value_text(line.before.value, criterion, language) if line.before else ""
    why = {
        filling.NOTHING: _("nothing on record"),
        filling.OUTSIDE: _("lies beyond the ends of the scale"),
        filling.GONE: _("no longer on record; would be taken out"),
    }.get(line.kind, "")
    return FillCell(
        name=str(line.candidate),
        kind=line.kind,
        value=value_text(found.value, criterion, language) if found else "",
        before=before if line.kind == filling.CHANGED else "",
        source=found.source if found else "",
        source_url=found.source_url if found else "",
        as_of=found.as_of if found else None,
        why=why,
    )
