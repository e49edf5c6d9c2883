"""A study's outcome with everything that pages and papers need to name what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontor.studies.figures import Plain
from kontor.studies.matrix import Matrix
from kontor.studies.models import Study, StudyCandidate
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.services.outcomes import Found, outcome_of
from kontor.studies.told import Names, Told, tell


@dataclass(frozen=True)
class Reading:
    """A study with its figures; candidates by primary key, criteria by code, in the order of the study."""

    study: Study
    matrix: Matrix
    found: Found
    candidates: Mapping[int, StudyCandidate]
    criteria: Mapping[str, NamedCriterion]

    @property
    def plain(self) -> Plain:
        """Return the figures that are there at once."""
        return self.found.plain

    @property
    def names(self) -> Names:
        """Return how candidates and criteria are called in the reader's language."""
        return Names(
            candidates={pk: str(each) for pk, each in self.candidates.items()},
            criteria={code: each.name for code, each in self.criteria.items()},
        )

    @property
    def told(self) -> Told:
        """Return the result in sentences."""
        return tell(self.plain, self.found.said, self.names)

    @property
    def is_computing(self) -> bool:
        """True while the simulated figures are still being computed."""
        return bool(self.plain.standings) and not self.found.robust

    def name(self, candidate: int) -> str:
        """Return a candidate's name."""
        return str(self.candidates[candidate])

    def criterion(self, code: str) -> str:
        """Return a criterion's name."""
        return self.criteria[code].name


def reading_of(study: Study) -> Reading:
    """Return the study's outcome, read with a fixed number of queries once it is stored."""
    matrix = matrix_of(study)
    return Reading(
        study=study,
        matrix=matrix,
        found=outcome_of(study=study, matrix=matrix),
        candidates={each.pk: each for each in study.candidates.select_related("partner")},
        criteria={each.code: each for each in criteria_named(study)},
    )
