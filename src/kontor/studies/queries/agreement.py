"""How far those who have weighed agree: per criterion, per person, per group of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kontor.methods.decision.agreement import agreement
from kontor.studies.models import Assessor, Study
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.weights import Statement, statements_of

# From which Kendall's W on the order counts as agreed on, or as partly so.
STRONG, SOME = 0.7, 0.4
# From which share of all weight on somebody is said to stand apart.
APART = 0.25


@dataclass(frozen=True)
class CriterionView:
    """One criterion as people weigh it. points: (statement, weight); group_weight: what the group agreed on.

    groups: (label, mean weight).   before: (statement, weight) where somebody has revised.
    """

    criterion: NamedCriterion
    points: tuple[tuple[Statement, float], ...]
    before: tuple[tuple[Statement, float], ...]
    groups: tuple[tuple[str, float], ...]
    group_weight: float | None
    low: float
    high: float
    spread: float


@dataclass(frozen=True)
class AgreementView:
    """Everything that the page of the opened weights shows. kendall_w: None for a single person.

    apart: who stands furthest from the others, with the share of weight to be moved; None where nobody does.
    """

    statements: tuple[Statement, ...]
    criteria: tuple[CriterionView, ...]
    groups: tuple[str, ...]
    kendall_w: float | None
    apart: tuple[Statement, float] | None

    @property
    def most(self) -> float:
        """Return the greatest weight that anybody gives, the right end of the picture."""
        return max((each.high for each in self.criteria), default=0.0)

    @property
    def disputed(self) -> list[CriterionView]:
        """Return the three criteria on which people differ most."""
        found = sorted(self.criteria, key=lambda each: -each.spread)
        return [each for each in found[:3] if each.spread > 0] if len(self.statements) > 1 else []


def agreement_of(study: Study) -> AgreementView | None:
    """Return how far people agree, None before anybody has handed in. Three queries.

    To be shown only once the weights have been opened. What somebody has not weighed counts as 0 here.
    """
    criteria, statements = criteria_named(study), statements_of(study)
    if not criteria or not statements:
        return None
    said = np.array([[each.weights.get(c.code, 0.0) for c in criteria] for each in statements])
    found = agreement(said)
    apart = None
    if len(statements) > 2 and found.furthest >= 0 and found.from_others[found.furthest] >= APART:
        apart = (statements[found.furthest], float(found.from_others[found.furthest]))
    groups = sorted({each.group for each in statements})
    views = [_view(criterion, place, statements, said, groups) for place, criterion in enumerate(criteria)]
    return AgreementView(
        statements=tuple(statements),
        criteria=tuple(views),
        groups=tuple(str(Assessor.Group(each).label) for each in groups),
        kendall_w=found.kendall_w if len(statements) > 1 else None,
        apart=apart,
    )


def _view(
    criterion: NamedCriterion,
    place: int,
    statements: Sequence[Statement],
    said: np.ndarray,
    groups: Sequence[str],
) -> CriterionView:
    weights = [float(each) for each in said[:, place]]
    means = [
        float(
            np.mean([weight for each, weight in zip(statements, weights, strict=True) if each.group == group])
        )
        for group in groups
    ]
    return CriterionView(
        criterion=criterion,
        points=tuple(zip(statements, weights, strict=True)),
        before=tuple((each, each.before.get(criterion.code, 0.0)) for each in statements if each.before),
        groups=tuple(
            (str(Assessor.Group(group).label), mean) for group, mean in zip(groups, means, strict=True)
        ),
        group_weight=criterion.row.group_weight,
        low=min(weights),
        high=max(weights),
        spread=max(weights) - min(weights),
    )
