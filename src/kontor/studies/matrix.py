"""A study as data: candidates × criteria with what each source said, and who gave which weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan, nan
from typing import Any

from kontor.studies.settling import NOTHING, Said, Settled, settle

# A new rule of computing makes new outcomes; raise it whenever figures may change.
RULES = 2


@dataclass(frozen=True)
class CandidateRow:
    """A candidate in the matrix: the study's candidate, and why it does not take part, "" where it does."""

    pk: int
    partner: int
    excluded_because: str = ""


@dataclass(frozen=True)
class CriterionColumn:
    """A criterion in the matrix; ends None = what the candidates show."""

    pk: int
    code: str
    family: str
    is_benefit: bool
    low: float | None
    high: float | None
    knock_out_below: float | None
    knock_out_above: float | None
    weight: float | None

    @property
    def length(self) -> float | None:
        """The scale's length, None where an end is open."""
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True)
class PersonWeights:
    """The weights that one person has handed in: code → weight."""

    assessor: int
    group: str
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Matrix:
    """A study as data: rows, columns, what each source said, and who gave which weights.

    said: (candidate pk, criterion pk) → all words on that cell.
    """

    candidates: tuple[CandidateRow, ...]
    criteria: tuple[CriterionColumn, ...]
    said: Mapping[tuple[int, int], tuple[Said, ...]]
    people: tuple[PersonWeights, ...]

    def settled(self, candidate: CandidateRow, criterion: CriterionColumn) -> Settled:
        """Return what counts for one cell."""
        said = self.said.get((candidate.pk, criterion.pk), ())
        return settle(said, scale_length=criterion.length) if said else NOTHING

    @cached_property
    def cells(self) -> list[list[Settled]]:
        """What counts for every cell, by candidate and criterion."""
        return [[self.settled(row, column) for column in self.criteria] for row in self.candidates]

    def only_group(self, group: str) -> Matrix:
        """Return the matrix as one group of assessors sees it: its own judgements where it has any.

        Elsewhere counts what all agreed on, or what data say; what other groups judged never does.
        """
        said = {}
        for cell, words in self.said.items():
            own = tuple(each for each in words if each.group == group)
            said[cell] = own or tuple(each for each in words if each.assessor is None)
        return replace(self, said=said, people=tuple(each for each in self.people if each.group == group))

    def fingerprint(self) -> str:
        """Return the SHA-256 of everything that went in; the same inputs give the same fingerprint."""
        plain = {
            "rules": RULES,
            "candidates": [[row.pk, bool(row.excluded_because)] for row in self.candidates],
            "criteria": [
                [c.code, c.is_benefit, c.low, c.high, c.knock_out_below, c.knock_out_above, c.weight]
                for c in self.criteria
            ],
            "said": [
                [*cell, sorted(_plain(word) for word in words)] for cell, words in sorted(self.said.items())
            ],
            "people": sorted([p.assessor, p.group, sorted(p.weights.items())] for p in self.people),
        }
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def changed(matrix: Matrix, changes: Mapping[str, Any]) -> Matrix:
    """Return the matrix under a scenario's changes; what no longer exists is passed over."""
    weights = changes.get("weights", {})
    without = set(changes.get("without", ()))
    pks = {column.code: column.pk for column in matrix.criteria}
    said = dict(matrix.said)
    for candidate, code, value in changes.get("scores", ()):
        if code in pks:
            said[candidate, pks[code]] = (Said("agreed", value, value, value, 3),)
    result = replace(
        matrix,
        candidates=tuple(row for row in matrix.candidates if row.pk not in without),
        criteria=tuple(replace(c, weight=weights.get(c.code, c.weight)) for c in matrix.criteria),
        said=said,
    )
    if not without and not changes.get("scores"):
        # Other weights leave what counts in each cell as it is; settling it is half the work.
        result.__dict__["cells"] = matrix.cells
    return result


def _plain(word: Said) -> list[Any]:
    values = [nan if each is None else each for each in (word.value, word.low, word.high)]
    shown = [None if isnan(each) else each for each in values]
    return [word.origin, word.assessor or 0, str(shown), word.confidence]
