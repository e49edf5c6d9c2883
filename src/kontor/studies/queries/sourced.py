"""What the program knows for the cells of a study: one value for each, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kontor.countries.queries.sourced import SOURCE_PREFIX, source_values
from kontor.partners.queries.sourced import Sources
from kontor.studies.models import Study, StudyCandidate, StudyCriterion

# Statistics are as good as proven; what a profile says is well-founded.
OFFICIAL, FROM_PROFILE = 3, 2


@dataclass(frozen=True)
class Found:
    """A value from data. source, source_url: where it comes from; as_of: the day for which it holds."""

    value: float
    source: str
    source_url: str
    as_of: date
    confidence: int


Cell = tuple[int, int]


def source_of(criterion: StudyCriterion) -> str:
    """Return the key of what fills a criterion, "" where nothing does."""
    return str(criterion.content.get("source") or "")


def found_in_data(
    study: Study, candidates: Sequence[StudyCandidate], criteria: Sequence[StudyCriterion], on: date
) -> dict[Cell, Found]:
    """Return (candidate, criterion) → what data say on `on`; cells of which they say nothing are absent."""
    sourced = [each for each in criteria if source_of(each)]
    found = _of_countries(study, candidates, sourced, on)
    own = [each for each in sourced if not source_of(each).startswith(SOURCE_PREFIX)]
    if own and candidates:
        sources = Sources(study.cluster, on, [each.partner for each in candidates])
        for candidate in candidates:
            for criterion in own:
                value = sources.value(candidate.partner, source_of(criterion))
                if value is not None:
                    found[candidate.pk, criterion.pk] = Found(
                        value.value, value.source, "", value.as_of, FROM_PROFILE
                    )
    return found


def _of_countries(
    study: Study, candidates: Sequence[StudyCandidate], criteria: Sequence[StudyCriterion], on: date
) -> dict[Cell, Found]:
    keys = {source_of(each) for each in criteria if source_of(each).startswith(SOURCE_PREFIX)}
    countries = {each.partner.country for each in candidates if each.partner.country}
    if not keys or not countries:
        return {}
    figures = source_values(study.cluster, keys, countries, on)
    found = {}
    for candidate in candidates:
        for criterion in criteria:
            figure = figures.get((source_of(criterion), candidate.partner.country))
            if figure is not None:
                as_of = date(figure.year, 12, 31) if figure.year else figure.loaded_on or on
                found[candidate.pk, criterion.pk] = Found(
                    figure.value, figure.source, figure.source_url, min(as_of, on), OFFICIAL
                )
    return found
