"""From what somebody typed about the importance of criteria to weights: one reader for each technique.

Fields are kept as typed, under names of the form "<what>:<group>:<thing>": `value`, `rank`, `best`, `blanks`,
`ratio` and `pair` (with two things). What cannot be read is said, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.methods.decision.weights import from_points, rank_order_centroid, simos_roy_figueira
from kontor.methods.errors import MethodError
from kontor.studies.problems import StudyError
from kontor.studies.weighing_pairs import read_pairs
from kontor.studies.weighing_structure import TOP, Group, Structure

TECHNIQUES = ("points", "ranking", "cards", "swing", "pairs")
USUAL_RATIO = 5.0
_NAME = r"[A-Za-z0-9_-]{1,80}"
_FIELD = re.compile(rf"(value|rank|best|blanks|ratio|pair):{_NAME}(:{_NAME}){{0,2}}")
MOST_FIELDS, LONGEST = 3000, 40

Fields = Mapping[str, str]
Problem = StudyError | MethodError


@dataclass(frozen=True)
class GroupReading:
    """What was said about one group. shares: thing → share of 1, {} while nothing can be computed.

    is_touched: something was typed.   problem: why nothing can be computed.
    """

    shares: Mapping[str, float]
    is_touched: bool
    problem: Problem | None = None
    findings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What was said about all criteria. weights: code → weight, summing to 1; {} while incomplete."""

    groups: Mapping[str, GroupReading]
    weights: dict[str, float]

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """Return (group, why) for every group of which nothing can be computed."""
        return [(key, each.problem) for key, each in self.groups.items() if each.problem is not None]

    @property
    def equal(self) -> list[str]:
        """Return the families about whose criteria nothing was said, so that they count the same."""
        return [key for key, each in self.groups.items() if key != TOP and not each.is_touched]

    def findings(self) -> dict[str, Any]:
        """Return what was noticed as plain data, to be stored with the statement."""
        found = {key: dict(each.findings) for key, each in self.groups.items() if each.findings}
        return {"groups": found, "equal": self.equal}


def fields_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a post that belong to weighing, as typed."""
    found = {}
    for name in list(posted)[:MOST_FIELDS]:
        if _FIELD.fullmatch(name):
            found[name] = str(posted[name]).strip()[:LONGEST]
    return found


def read_weights(structure: Structure, technique: str, fields: Fields) -> Reading:
    """Return what the fields of one technique say. Nothing is raised: what is wrong stands in the reading."""
    groups = {}
    for group in structure.groups:
        groups[group.key] = _read_group(group, technique, fields)
    shares = {key: each.shares for key, each in groups.items()}
    for key, reading in groups.items():
        if key != TOP and not reading.is_touched:
            things = next(each.items for each in structure.groups if each.key == key)
            shares[key] = {item.key: 1.0 / len(things) for item in things}
    is_complete = bool(structure.codes) and all(shares.values())
    return Reading(groups, structure.product(shares) if is_complete else {})


def _read_group(group: Group, technique: str, fields: Fields) -> GroupReading:
    if len(group.items) == 1:
        return GroupReading({group.items[0].key: 1.0}, is_touched=True)
    if not _is_touched(group, technique, fields):
        nothing = StudyError("weights.nothing_said") if group.is_top else None
        return GroupReading({}, is_touched=False, problem=nothing)
    try:
        shares, findings = READERS[technique](group, fields)
    except (StudyError, MethodError) as problem:
        return GroupReading({}, is_touched=True, problem=problem)
    return GroupReading(shares, is_touched=True, findings=findings)


_SAYING = {
    "points": ("value",),
    "ranking": ("rank",),
    "cards": ("rank",),
    "swing": ("value", "best"),
    "pairs": ("pair",),
}


def _is_touched(group: Group, technique: str, fields: Fields) -> bool:
    starts = tuple(f"{kind}:{group.key}:" for kind in _SAYING[technique])
    return any(text and f"{name}:".startswith(starts) for name, text in fields.items())


Found = tuple[dict[str, float], dict[str, Any]]


def _points(group: Group, fields: Fields) -> Found:
    """Any sum is fine; what has no points counts nothing."""
    points = [_number(fields, "value", group, item.key) or 0.0 for item in group.items]
    shares = from_points(points)
    silent = [item.key for item, value in zip(group.items, points, strict=True) if not value]
    return _named(group, shares), {"total": sum(points)} | ({"nothing": silent} if silent else {})


def ranks_of(group: Group, fields: Fields) -> list[float]:
    """Return the place of each thing, 1 first; what has no place comes last, together.

    Raises StudyError "weights.not_a_number".
    """
    typed = [_number(fields, "rank", group, item.key) for item in group.items]
    last = max((each for each in typed if each is not None), default=0.0) + 1
    return [last if each is None else each for each in typed]


def _ranking(group: Group, fields: Fields) -> Found:
    return _named(group, rank_order_centroid(ranks_of(group, fields))), _unplaced(group, fields)


def _cards(group: Group, fields: Fields) -> Found:
    ranks = ranks_of(group, fields)
    steps = len(set(ranks)) - 1
    blanks = [_whole(fields, group, str(place)) for place in range(1, steps + 1)]
    typed = _number(fields, "ratio", group)
    shares = simos_roy_figueira(ranks, ratio=USUAL_RATIO if typed is None else typed, blanks=blanks)
    return _named(group, shares), _unplaced(group, fields)


def _swing(group: Group, fields: Fields) -> Found:
    """The most valuable swing is 100; the others are typed beside it."""
    best = fields.get(f"best:{group.key}", "")
    if best not in {item.key for item in group.items}:
        raise StudyError("weights.no_best")
    points = []
    for item in group.items:
        value = _number(fields, "value", group, item.key) or 0.0
        if item.key != best and value > 100:
            raise StudyError("weights.above_best", name=item.name)
        points.append(100.0 if item.key == best else value)
    silent = [item.key for item, value in zip(group.items, points, strict=True) if not value]
    return _named(group, from_points(points)), {"nothing": silent} if silent else {}


def _pairs(group: Group, fields: Fields) -> Found:
    return read_pairs(group, fields)


READERS: dict[str, Callable[[Group, Fields], Found]] = {
    "points": _points,
    "ranking": _ranking,
    "cards": _cards,
    "swing": _swing,
    "pairs": _pairs,
}


def _unplaced(group: Group, fields: Fields) -> dict[str, Any]:
    silent = [item.key for item in group.items if not fields.get(f"rank:{group.key}:{item.key}", "")]
    return {"last": silent} if silent else {}


def _named(group: Group, shares: Any) -> dict[str, float]:
    return {item.key: float(share) for item, share in zip(group.items, shares, strict=True)}


def _number(fields: Fields, what: str, group: Group, thing: str = "") -> float | None:
    """Return a number ≥ 0 as typed, None where the field is empty."""
    typed = fields.get(f"{what}:{group.key}:{thing}" if thing else f"{what}:{group.key}", "")
    try:
        value = decimal(typed)
    except FieldFault as problem:
        raise StudyError("weights.not_a_number", typed=typed, name=_called(group, thing)) from problem
    if value is None:
        return None
    if value < 0:
        raise StudyError("weights.negative", name=_called(group, thing))
    return min(float(value), 1e9)


def _whole(fields: Fields, group: Group, place: str) -> int:
    value = _number(fields, "blanks", group, place) or 0.0
    if value != int(value) or value > 100:
        raise StudyError("weights.blanks_not_whole")
    return int(value)


def _called(group: Group, thing: str) -> str:
    return next((item.name for item in group.items if item.key == thing), group.title)
