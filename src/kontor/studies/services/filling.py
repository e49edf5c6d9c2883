"""Fill scores from data: look what would change, then write it, marked as coming from data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kontor.studies.models import Score, Study, StudyCandidate, StudyCriterion
from kontor.studies.queries.sourced import Found, found_in_data, source_of
from kontor.studies.services.locking import locked

NEW, CHANGED, SAME, GONE, NOTHING, OUTSIDE = "new", "changed", "same", "gone", "nothing", "outside"
WRITTEN = (NEW, CHANGED)


@dataclass(frozen=True)
class FillLine:
    """One cell that data may fill.

    kind: "new", "changed" (before → found), "same", "gone" (data no longer say it), "nothing" (no data) or
    "outside" (the value lies beyond the criterion's scale and is not taken).
    """

    candidate: StudyCandidate
    criterion: StudyCriterion
    kind: str
    found: Found | None
    before: Score | None


@dataclass(frozen=True)
class FillPlan:
    """Everything that filling would do. unsourced: criteria that no data can fill."""

    lines: tuple[FillLine, ...]
    unsourced: tuple[StudyCriterion, ...]

    def of(self, *kinds: str) -> list[FillLine]:
        """Return the lines of some kinds."""
        return [line for line in self.lines if line.kind in kinds]

    @property
    def changes(self) -> int:
        """Return how many cells would change."""
        return len(self.of(NEW, CHANGED, GONE))


def plan_filling(study: Study, on: date) -> FillPlan:
    """Return what filling would do on `on`, cell by cell; writes nothing."""
    candidates = list(study.candidates.select_related("partner__cluster", "partner__merged_into"))
    criteria = list(study.criteria.all())
    sourced = [each for each in criteria if source_of(each)]
    found = found_in_data(study, candidates, sourced, on)
    rows = Score.objects.filter(candidate__study=study, origin=Score.Origin.DATA)
    before = {(row.candidate_id, row.criterion_id): row for row in rows}
    return FillPlan(
        tuple(_lines(candidates, sourced, found, before)),
        tuple(each for each in criteria if not source_of(each)),
    )


@transaction.atomic
def fill(*, study: Study, on: date) -> FillPlan:
    """Write what data say and return what has changed; what people judged stays and goes before it.

    Raises StudyError "study.decided".
    """
    current = locked(study)
    plan = plan_filling(current, on)
    Score.objects.bulk_create([_score(line, Score(version=0)) for line in plan.of(NEW)], batch_size=500)
    changed = [_score(line, line.before) for line in plan.of(CHANGED, SAME) if line.before is not None]
    Score.objects.bulk_update(changed, _FIELDS, batch_size=500)
    gone = [line.before.pk for line in plan.of(GONE) if line.before is not None]
    Score.objects.filter(pk__in=gone).delete()
    return plan


_FIELDS = ["value", "low", "high", "is_unknown", "confidence", "source", "source_url", "as_of", "version"]


def _lines(
    candidates: list[StudyCandidate],
    criteria: list[StudyCriterion],
    found: dict[tuple[int, int], Found],
    before: dict[tuple[int, int], Score],
) -> Iterator[FillLine]:
    for criterion in criteria:
        for candidate in candidates:
            value = found.get((candidate.pk, criterion.pk))
            old = before.get((candidate.pk, criterion.pk))
            yield FillLine(candidate, criterion, _kind(criterion, value, old), value, old)


def _kind(criterion: StudyCriterion, value: Found | None, old: Score | None) -> str:
    if value is None:
        return GONE if old else NOTHING
    low, high = criterion.scale_low, criterion.scale_high
    if (low is not None and value.value < low) or (high is not None and value.value > high):
        return GONE if old else OUTSIDE
    if old is None:
        return NEW
    return SAME if old.value == value.value else CHANGED


def _score(line: FillLine, score: Score) -> Score:
    assert line.found is not None
    score.cluster_id = line.candidate.cluster_id
    score.candidate, score.criterion = line.candidate, line.criterion
    score.origin, score.assessor = Score.Origin.DATA, None
    score.value = score.low = score.high = line.found.value
    score.is_unknown = False
    score.confidence = line.found.confidence
    score.source, score.source_url = line.found.source[:300], line.found.source_url[:500]
    score.as_of = line.found.as_of
    score.version += 1
    return score
