"""Sheets of scores: what one person has said, and what the study takes for each cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kontor.studies.models import Assessor, Score, Study, StudyCandidate
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.settling import Settled

# From which part of a scale on people are said to disagree.
APART = 0.4

Cell = tuple[int, int]


def own_scores(assessor: Assessor) -> dict[Cell, Score]:
    """Return (candidate, criterion) → what one person has said, a draft or handed in. One query."""
    rows = Score.objects.filter(assessor=assessor)
    return {(each.candidate_id, each.criterion_id): each for each in rows}


def candidates_to_score(study: Study) -> list[StudyCandidate]:
    """Return the candidates that take part, with their profiles. One query."""
    return list(study.candidates.filter(excluded_because="").select_related("partner"))


@dataclass(frozen=True)
class TableCell:
    """One cell of the management's table. is_apart: people disagree by a good part of the scale."""

    criterion: NamedCriterion
    settled: Settled
    is_apart: bool


@dataclass(frozen=True)
class TableRow:
    """One candidate with a cell for each criterion."""

    candidate: StudyCandidate
    cells: tuple[TableCell, ...]

    @property
    def known(self) -> int:
        """Return of how many cells something is known."""
        return sum(cell.settled.is_known for cell in self.cells)


def table(
    study: Study, criteria: Iterable[NamedCriterion], candidates: Iterable[StudyCandidate]
) -> list[TableRow]:
    """Return what counts for every cell. Four queries, for any size."""
    matrix = matrix_of(study)
    rows = {row.pk: row for row in matrix.candidates}
    columns = {column.pk: column for column in matrix.criteria}
    pairs = [(each, columns[each.pk]) for each in criteria if each.pk in columns]
    found = []
    for candidate in candidates:
        if candidate.pk not in rows:
            continue
        cells = []
        for criterion, column in pairs:
            settled = matrix.settled(rows[candidate.pk], column)
            cells.append(TableCell(criterion, settled, is_apart(settled, column.length)))
        found.append(TableRow(candidate, tuple(cells)))
    return found


def is_apart(settled: Settled, length: float | None) -> bool:
    """True where people disagree by a good part of the scale."""
    if settled.voices < 2 or not settled.spread:
        return False
    reach = length if length else abs(settled.value) or 1.0
    return settled.spread / reach >= APART


def words_on(candidate: StudyCandidate, criterion: NamedCriterion) -> list[Score]:
    """Return all that was said about one cell: agreed first, then people by name, then data. One query.

    Drafts that nobody has handed in are left out.
    """
    rows = Score.objects.filter(candidate=candidate, criterion=criterion.row).select_related("assessor")
    order = {Score.Origin.AGREED: 0, Score.Origin.ASSESSOR: 1, Score.Origin.DATA: 2}
    counted = [each for each in rows if each.assessor is None or each.assessor.submitted_scores_at]
    return sorted(counted, key=lambda each: (order[Score.Origin(each.origin)], str(each.assessor or "")))
