"""Who is out before anything is weighed, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kontor.config.ranking.study import RankStudy, StudyCriterion


@dataclass(frozen=True)
class Reason:
    """Why a candidate is out, or may be: what it scored (None where that is not known) and the threshold."""

    candidate: str
    criterion: str
    score: tuple[float, float] | None
    side: str
    threshold: float
    is_certain: bool

    @property
    def sentence(self) -> str:
        """Say it for the terminal and the result."""
        bound = f"{self.side} {self.threshold:g}"
        if self.score is None:
            return f"{self.criterion}: not known, so it may be {bound}"
        low, high = self.score
        shown = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        return f"{self.criterion}: {shown} {'is' if self.is_certain else 'may be'} {bound}"


def reasons(study: RankStudy) -> list[Reason]:
    """Return all reasons, those that are certain and those that are not, by candidate."""
    return [
        reason
        for row, candidate in enumerate(study.candidates)
        for column, criterion in enumerate(study.criteria)
        for reason in _reasons(
            candidate, criterion, float(study.lower[row, column]), float(study.upper[row, column])
        )
    ]


def _reasons(candidate: str, criterion: StudyCriterion, low: float, high: float) -> list[Reason]:
    found = []
    score = None if np.isnan(low) else (low, high)
    sides = (
        ("below", criterion.below, high < criterion.below, low < criterion.below),
        ("above", criterion.above, low > criterion.above, high > criterion.above),
    )
    for side, threshold, is_certain, is_possible in sides:
        if not np.isnan(threshold) and (score is None or is_possible):
            found.append(Reason(candidate, criterion.name, score, side, threshold, is_certain))
    return found
