"""The weights that people have handed in, on the criteria that the study has now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kontor.studies.models import Study, WeightStatement


@dataclass(frozen=True)
class Statement:
    """What one person has handed in. weights: code → weight of the study's criteria, summing to 1.

    before: the same as it was when the weights were opened, {} where nothing has been revised.
    """

    assessor: int
    name: str
    group: str
    technique: str
    weights: Mapping[str, float]
    before: Mapping[str, float]
    at: datetime
    comment: str
    findings: Mapping[str, Any]
    is_late: bool = False


def statements_of(study: Study) -> list[Statement]:
    """Return the statements that count, by name. Two queries.

    Criteria that have left the study are left out, and the others keep their proportions.
    """
    codes = set(study.criteria.values_list("code", flat=True))
    rows = WeightStatement.objects.filter(assessor__study=study, submitted_at__isnull=False)
    found = []
    for row in rows.select_related("assessor").order_by("assessor__name", "pk"):
        assert row.submitted_at is not None
        weights = normalised(row.weights, codes)
        if weights:
            opened = study.weights_opened_at
            found.append(
                Statement(
                    assessor=row.assessor_id,
                    name=row.assessor.name,
                    group=row.assessor.group,
                    technique=row.technique,
                    weights=weights,
                    before=normalised(row.before.get("weights", {}), codes),
                    at=row.submitted_at,
                    comment=row.comment,
                    findings=row.findings,
                    is_late=bool(opened and row.submitted_at > opened and not row.before),
                )
            )
    return found


def normalised(weights: Mapping[str, float], codes: set[str]) -> dict[str, float]:
    """Return the weights of `codes` alone, summing to 1; {} where they sum to nothing."""
    kept = {code: float(weight) for code, weight in weights.items() if code in codes}
    total = sum(kept.values())
    return {code: weight / total for code, weight in kept.items()} if total > 0 else {}
