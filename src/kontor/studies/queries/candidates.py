"""The candidates of a study, with how much is known of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from kontor.studies.models import Score, Study, StudyCandidate
from kontor.studies.queries.progress import counting_scores


@dataclass(frozen=True)
class CandidateLine:
    """One candidate of the list. known: criteria on which something is known, of `criteria`."""

    candidate: StudyCandidate
    known: int
    criteria: int

    @property
    def share(self) -> float | None:
        """Return the share of criteria on which something is known."""
        return self.known / self.criteria if self.criteria else None


def candidate_rows(study: Study) -> list[CandidateLine]:
    """Return the candidates in order. Three queries, for any number."""
    criteria = study.criteria.count()
    counted = Score.objects.filter(counting_scores(), candidate__study=study).order_by()
    known = dict(
        counted.values("candidate")
        .annotate(n=Count("criterion", distinct=True))
        .values_list("candidate", "n")
    )
    rows = study.candidates.select_related("partner")
    return [CandidateLine(each, known.get(each.pk, 0), criteria) for each in rows]
