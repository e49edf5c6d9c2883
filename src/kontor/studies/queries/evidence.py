"""What stands behind the scores of one candidate: evidence, source and date of every word that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from kontor.studies.models import Score, StudyCandidate


def words_behind(candidate: StudyCandidate) -> Mapping[int, Sequence[Score]]:
    """Return criterion pk → all words on that cell that count: handed in, agreed, or from data. One query."""
    rows = Score.objects.filter(
        Q(assessor=None) | Q(assessor__submitted_scores_at__isnull=False), candidate=candidate
    )
    found: dict[int, list[Score]] = {}
    for row in rows.select_related("assessor").order_by("pk"):
        found.setdefault(row.criterion_id, []).append(row)
    return found
