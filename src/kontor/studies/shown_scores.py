"""What counts in a cell, and who said what, as the management reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.forms.scores import number_shown
from kontor.studies.models import Score, StudyCandidate
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.queries.sheets import TableCell, TableRow


@dataclass(frozen=True)
class ShownScore:
    """One cell of the table in words. value: "–" where nothing is known; note: how it came about."""

    cell: TableCell
    value: str
    range: str
    note: str


@dataclass(frozen=True)
class ShownRow:
    """One candidate with its cells."""

    candidate: StudyCandidate
    cells: tuple[ShownScore, ...]
    known: int


@dataclass(frozen=True)
class Word:
    """What one source said about a cell."""

    who: str
    group: str
    value: str
    range: str
    confidence: str
    evidence: str
    source: str
    source_url: str
    as_of: date | None
    is_agreed: bool
    is_data: bool


def shown_table(rows: Iterable[TableRow], language: str) -> list[ShownRow]:
    """Return the table in the reader's writing."""
    return [
        ShownRow(row.candidate, tuple(shown_score(each, language) for each in row.cells), row.known)
        for row in rows
    ]


def shown_score(cell: TableCell, language: str) -> ShownScore:
    """Return a cell in the reader's writing."""
    settled = cell.settled
    if not settled.is_known:
        return ShownScore(cell, "–", "", _("not known"))
    row = cell.criterion.row
    # The doubt that widens a range knows nothing of the ends of the scale.
    low = settled.low if row.scale_low is None else max(settled.low, row.scale_low)
    high = settled.high if row.scale_high is None else min(settled.high, row.scale_high)
    span = "" if settled.is_certain else _span(low, high, language)
    return ShownScore(cell, value_text(settled.value, cell.criterion, language), span, _note(cell))


def value_text(value: float | None, criterion: NamedCriterion, language: str) -> str:
    """Return a score as people read it: yes and no in words, a share with its sign."""
    if value is None or value != value:
        return "–"
    if criterion.scale == "yes_no" and value in (0.0, 1.0):
        return _("yes") if value else _("no")
    return number_shown(value, language)


def shown_word(score: Score, criterion: NamedCriterion, language: str) -> Word:
    """Return what one source said, in the reader's writing."""
    has_range = score.low is not None and score.high is not None and score.low != score.high
    if score.assessor is not None:
        who, group = score.assessor.name, str(score.assessor.get_group_display())
    else:
        who, group = str(score.get_origin_display()), ""
    return Word(
        who=who,
        group=group,
        value=_("not known") if score.is_unknown else value_text(score.value, criterion, language),
        range=_span(score.low, score.high, language) if has_range else "",
        confidence=str(score.get_confidence_display()),
        evidence=score.evidence,
        source=score.source,
        source_url=score.source_url,
        as_of=score.as_of,
        is_agreed=score.origin == Score.Origin.AGREED,
        is_data=score.origin == Score.Origin.DATA,
    )


def _span(low: float | None, high: float | None, language: str) -> str:
    return f"{number_shown(low, language)}–{number_shown(high, language)}"


def _note(cell: TableCell) -> str:
    settled = cell.settled
    if settled.origin == Score.Origin.DATA:
        return _("from data")
    if settled.origin == Score.Origin.AGREED:
        return _("agreed by the group")
    text = ngettext("%(number)s voice", "%(number)s voices", settled.voices)
    return text % {"number": settled.voices}
