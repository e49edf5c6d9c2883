"""A scenario as typed: name and story, other weights, other scores, without whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from kontor.goals.forms import texts_of
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.studies.forms.scores import typed_number
from kontor.studies.models import Scenario
from kontor.studies.problems import StudyError
from kontor.studies.reading import Reading
from kontor.ui.forms import number_in

LANGUAGES = ("de", "en")
SCORE_ROWS = 6
_LONGEST = {"name": 200, "story": 4000}


@dataclass(frozen=True)
class ScoreRow:
    """One other score as typed."""

    candidate: int
    code: str
    value: str


@dataclass(frozen=True)
class Typed:
    """All fields of the form as typed. weights: code → points of 100."""

    name: Mapping[str, str]
    story: Mapping[str, str]
    weights: Mapping[str, str]
    scores: tuple[ScoreRow, ...] = ()
    without: frozenset[int] = field(default_factory=frozenset)


def typed_in(posted: QueryDict, reading: Reading) -> Typed:
    """Return what was posted, or what an address holds; a weight left out stands at what it is."""
    texts = {
        name: {code: posted.get(f"{name}_{code}", "")[:longest] for code in LANGUAGES}
        for name, longest in _LONGEST.items()
    }
    present = weights_typed(reading, {})
    weights = {code: posted.get(f"weight-{code}", present[code])[:40].strip() for code in reading.criteria}
    scores = [
        ScoreRow(
            number_in(posted.get(f"score-candidate-{row}", "")),
            posted.get(f"score-criterion-{row}", "")[:80],
            posted.get(f"score-value-{row}", "")[:40].strip(),
        )
        for row in range(SCORE_ROWS)
    ]
    without = frozenset(number_in(each) for each in posted.getlist("without")[:1000])
    return Typed(texts["name"], texts["story"], weights, tuple(scores), without)


def typed_of(scenario: Scenario, reading: Reading) -> Typed:
    """Return a stored scenario as it would be typed."""
    changes = scenario.changes
    scores = [
        ScoreRow(candidate, code, typed_number(value, _language()))
        for candidate, code, value in changes.get("scores", ())
    ]
    return Typed(
        texts_of(scenario.name),
        texts_of(scenario.story),
        weights_typed(reading, changes.get("weights", {})),
        tuple(scores),
        frozenset(changes.get("without", ())),
    )


def weights_typed(reading: Reading, weights: Mapping[str, float]) -> dict[str, str]:
    """Return code → points of 100 as typed, under other weights or under those that hold."""
    held = {code: weights.get(code, reading.plain.weights.get(code, 0.0)) for code in reading.criteria}
    total = sum(held.values()) or 1.0
    return {code: typed_number(round(100 * weight / total, 1), _language()) for code, weight in held.items()}


def changes_in(typed: Typed, reading: Reading) -> dict[str, Any]:
    """Return the changes that the fields say; weights that were not touched are no change.

    Raises StudyError "scenario.not_a_number", "scenario.score_incomplete".
    """
    changes: dict[str, Any] = {"without": sorted(typed.without)}
    if typed.weights != weights_typed(reading, {}):
        changes["weights"] = {code: _number(text) / 100 for code, text in typed.weights.items()}
    changes["scores"] = [
        [row.candidate, row.code, _score(row)]
        for row in typed.scores
        if row.candidate or row.code or row.value
    ]
    return changes


def _score(row: ScoreRow) -> float:
    if not (row.candidate and row.code and row.value):
        raise StudyError("scenario.score_incomplete")
    return _number(row.value)


def _number(text: str) -> float:
    try:
        return float(decimal(text) or 0)
    except FieldFault as problem:
        raise StudyError("scenario.not_a_number", typed=text) from problem


def _language() -> str:
    return (get_language() or "en")[:2]
