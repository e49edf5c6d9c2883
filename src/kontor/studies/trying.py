"""Other weights tried out: levels of families and criteria from sliders become weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontor.studies.matrix import Matrix
from kontor.studies.numbers import numbers

# Sliders run from 0 to this.
TOP = 100


@dataclass(frozen=True)
class Levels:
    """How high the sliders stand: family → 0 to 100 of all, code → 0 to 100 within its family."""

    families: Mapping[str, float]
    criteria: Mapping[str, float]


def levels_now(matrix: Matrix) -> Levels:
    """Return the sliders as the group's weights set them; within a family the greatest stands at 100."""
    found = numbers(matrix)
    held = dict.fromkeys((column.code for column in matrix.criteria), 0.0)
    if found is not None:
        held |= {c.code: float(w) for c, w in zip(found.columns, found.weights, strict=True)}
    families: dict[str, float] = {}
    greatest: dict[str, float] = {}
    for column in matrix.criteria:
        families[column.family] = families.get(column.family, 0.0) + held[column.code]
        greatest[column.family] = max(greatest.get(column.family, 0.0), held[column.code])
    criteria = {
        column.code: round(TOP * held[column.code] / (greatest[column.family] or 1.0), 1)
        for column in matrix.criteria
    }
    return Levels({family: round(TOP * weight, 1) for family, weight in families.items()}, criteria)


def weights_of(levels: Levels, matrix: Matrix) -> dict[str, float]:
    """Return code → weight summing to 1: a family's share, divided among its criteria by their levels.

    A family all of whose criteria stand at 0 counts nothing; {} where nothing counts.
    """
    within: dict[str, float] = {}
    for column in matrix.criteria:
        within[column.family] = within.get(column.family, 0.0) + levels.criteria.get(column.code, 0.0)
    raw = {
        column.code: levels.families.get(column.family, 0.0)
        * (levels.criteria.get(column.code, 0.0) / within[column.family] if within[column.family] else 0.0)
        for column in matrix.criteria
    }
    total = sum(raw.values())
    return {code: weight / total for code, weight in raw.items()} if total > 0 else {}
