"""Scenarios side by side with the study as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kontor.studies.figures import Plain
from kontor.studies.models import Scenario
from kontor.studies.reading import Reading
from kontor.studies.services.outcomes import Found
from kontor.studies.shown_result import MOST_SHOWN
from kontor.studies.told import listed, number_text, percent_text, points_text, tell

# A weight that moves by less is not named.
NOTED = 0.0005
MOST_NAMED = 6


@dataclass(frozen=True)
class Column:
    """The study as it stands (scenario None), or a scenario. changes: what differs, in words."""

    scenario: Scenario | None
    name: str
    changes: tuple[str, ...]
    headline: str
    sureness: str


@dataclass(frozen=True)
class Cell:
    """Where a candidate stands in one column; place None where it does not take part."""

    place: int | None
    points: str
    moved: int

    @property
    def moved_text(self) -> str:
        """Return by how many places it moves, in words, "" where it stays."""
        if not self.moved:
            return ""
        return (
            _("up %(number)s") % {"number": self.moved}
            if self.moved > 0
            else _("down %(number)s") % {"number": -self.moved}
        )


@dataclass(frozen=True)
class Compared:
    """Scenarios side by side. rows: name of a candidate, a cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    sentence: str


def compared(reading: Reading, scenarios: Sequence[Scenario], found: Sequence[Found]) -> Compared:
    """Return the scenarios beside the study as it stands."""
    every = [reading.found, *found]
    columns = [
        _column(scenario, each, reading) for scenario, each in zip([None, *scenarios], every, strict=True)
    ]
    held = {each.candidate: each.place for each in reading.plain.standings}
    plains = [each.plain for each in every]
    order = list(held) + [pk for pk in reading.candidates if pk not in held]
    rows = tuple(
        (reading.name(pk), tuple(_cell(pk, plain, held) for plain in plains)) for pk in order[:MOST_SHOWN]
    )
    return Compared(tuple(columns), rows, _sentence(reading, scenarios, found))


def _column(scenario: Scenario | None, found: Found, reading: Reading) -> Column:
    told = tell(found.plain, found.said, reading.names)
    if scenario is None:
        return Column(None, _("As it stands"), (), told.headline, told.sureness)
    changes = tuple(changes_told(scenario.changes, reading))
    return Column(scenario, str(scenario.name), changes, told.headline, told.sureness)


def _cell(candidate: int, plain: Plain, held: Mapping[int, int]) -> Cell:
    each = next((each for each in plain.standings if each.candidate == candidate), None)
    if each is None:
        return Cell(None, "–", 0)
    return Cell(each.place, points_text(each.value), held.get(candidate, each.place) - each.place)


def _sentence(reading: Reading, scenarios: Sequence[Scenario], found: Sequence[Found]) -> str:
    """Return in which scenarios somebody else comes first."""
    if not scenarios:
        return ""
    first = {each.candidate for each in reading.plain.first}
    others = [
        f"“{scenario.name}”"
        for scenario, each in zip(scenarios, found, strict=True)
        if {standing.candidate for standing in each.plain.first} != first
    ]
    if not others:
        return _("The first place stays the same in all scenarios.")
    return _("Somebody else comes first in %(names)s.") % {"names": listed(others)}


def changes_told(changes: Mapping[str, Any], reading: Reading) -> list[str]:
    """Return what a scenario changes, in words."""
    return [
        *_weights(changes.get("weights", {}), reading),
        *_scores(changes, reading),
        *_without(changes, reading),
    ]


def _weights(weights: Mapping[str, float], reading: Reading) -> list[str]:
    if not weights:
        return []
    held = {code: weights.get(code, reading.plain.weights.get(code, 0.0)) for code in reading.criteria}
    total = sum(held.values()) or 1.0
    moves = []
    for code, weight in held.items():
        before, after = reading.plain.weights.get(code, 0.0), weight / total
        if abs(after - before) >= NOTED:
            moves.append((abs(after - before), code, before, after))
    moves.sort(key=lambda move: -move[0])
    said = [
        _("“%(criterion)s” weighs %(after)s instead of %(before)s")
        % {"criterion": reading.criterion(code), "after": percent_text(after), "before": percent_text(before)}
        for _size, code, before, after in moves[:MOST_NAMED]
    ]
    if len(moves) > MOST_NAMED:
        said.append(_("and %(number)s further weights") % {"number": len(moves) - MOST_NAMED})
    return said


def _scores(changes: Mapping[str, Any], reading: Reading) -> list[str]:
    return [
        _("“%(criterion)s” of %(who)s is %(value)s")
        % {"criterion": reading.criterion(code), "who": reading.name(candidate), "value": number_text(value)}
        for candidate, code, value in changes.get("scores", ())
        if candidate in reading.candidates and code in reading.criteria
    ]


def _without(changes: Mapping[str, Any], reading: Reading) -> list[str]:
    names = [reading.name(pk) for pk in changes.get("without", ()) if pk in reading.candidates]
    return [_("without %(names)s") % {"names": listed(names)}] if names else []
