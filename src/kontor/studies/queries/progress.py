"""How far studies are: who has handed in, and of how many cells nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from kontor.studies.models import Assessor, Score, Study, StudyCandidate, StudyCriterion

# One number for a cell: greater than any key of a criterion.
_APART = 1_000_000_000_000


@dataclass(frozen=True)
class Progress:
    """Numbers of one study. known: cells of candidates that take part of which something is known."""

    candidates: int = 0
    taking_part: int = 0
    criteria: int = 0
    people: int = 0
    weighing: int = 0
    weighed: int = 0
    scoring: int = 0
    scored: int = 0
    invited: int = 0
    known: int = 0

    @property
    def cells(self) -> int:
        """Return the number of cells that count."""
        return self.taking_part * self.criteria

    @property
    def missing(self) -> int:
        """Return the number of cells of which nothing is known."""
        return max(0, self.cells - self.known)

    @property
    def share_known(self) -> float | None:
        """Return the share of cells of which something is known, None without cells."""
        return self.known / self.cells if self.cells else None


def counting_scores() -> Q:
    """Return the condition, for scores: they count and tell something."""
    return Q(is_unknown=False) & (Q(assessor=None) | Q(assessor__submitted_scores_at__isnull=False))


def progress_of(studies: Sequence[Study]) -> dict[int, Progress]:
    """Return study → how far it is. Four queries, for any number of studies."""
    keys = [study.pk for study in studies]
    numbers: dict[int, dict[str, int]] = {key: {} for key in keys}
    takes_part = Q(excluded_because="")
    for row in _grouped(StudyCandidate, keys).annotate(
        candidates=Count("pk"), taking_part=Count("pk", filter=takes_part)
    ):
        numbers[row.pop("study")] |= row
    for row in _grouped(StudyCriterion, keys).annotate(criteria=Count("pk")):
        numbers[row.pop("study")] |= row
    for row in _grouped(Assessor, keys).annotate(**_PEOPLE):
        numbers[row.pop("study")] |= row
    known = Score.objects.filter(counting_scores(), candidate__study__in=keys, candidate__excluded_because="")
    cells = known.order_by().values("candidate__study")
    for row in cells.annotate(n=Count(F("candidate_id") * _APART + F("criterion_id"), distinct=True)):
        numbers[row["candidate__study"]]["known"] = row["n"]
    return {key: Progress(**found) for key, found in numbers.items()}


_PEOPLE = {
    "people": Count("pk"),
    "weighing": Count("pk", filter=Q(weighs=True)),
    "weighed": Count("pk", filter=Q(weighs=True, weight_statement__submitted_at__isnull=False)),
    "scoring": Count("pk", filter=Q(scores_candidates=True)),
    "scored": Count("pk", filter=Q(scores_candidates=True, submitted_scores_at__isnull=False)),
    "invited": Count("pk", filter=Q(invited_at__isnull=False)),
}


def _grouped(model: type[StudyCandidate | StudyCriterion | Assessor], keys: list[int]):  # type: ignore[no-untyped-def]
    return model._default_manager.filter(study__in=keys).order_by().values("study")
