"""From what a study knows to the arrays that the methods take, and who is out before they begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.problem import DecisionProblem, utilities
from kontor.studies.matrix import CandidateRow, CriterionColumn, Matrix
from kontor.studies.settling import Settled

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# What is not known counts as the middle of the scale until somebody finds it out. That is also what the
# simulations expect on average, so that the plain result and the robust one never start apart.
MIDDLE = 0.5


@dataclass(frozen=True)
class KnockOut:
    """A candidate whose score lies beyond a threshold, or might.

    is_out:  the score itself lies beyond; otherwise only a part of its range, and the candidate stays in.
    is_sure: the whole range lies beyond.
    """

    candidate: int
    code: str
    value: float
    bound: float
    is_below: bool
    is_out: bool
    is_sure: bool


@dataclass(frozen=True, eq=False)
class Numbers:
    """The candidates still in the race, on the criteria that count.

    rows, columns: what the axes mean: m candidates, n criteria with a weight above 0.
    value, low, high: (m, n) utilities in [0, 1]; where nothing is known NaN, 0 and 1.
    problem: the same scores in their own units, with the ends of the scales used.
    weights: (n,) summing to 1.   known: (m,) share of the weight on which something is known.
    has_weights: False where nobody has weighed yet and all criteria count the same.
    """

    rows: tuple[CandidateRow, ...]
    columns: tuple[CriterionColumn, ...]
    value: Floats
    low: Floats
    high: Floats
    problem: DecisionProblem
    has_weights: bool

    @property
    def weights(self) -> Floats:
        """The weights of the criteria, summing to 1."""
        return self.problem.weights

    @property
    def middle(self) -> Floats:
        """The utilities with what is not known at the middle of its scale: (m, n)."""
        return np.where(np.isnan(self.value), MIDDLE, self.value)

    def in_unit(self, column: int, utility: float) -> float:
        """Return what a utility means in the criterion's own unit; NaN where its scale has no length."""
        low, high = (float(ends[column]) for ends in self.problem.ends)
        share = utility if self.columns[column].is_benefit else 1 - utility
        return low + share * (high - low)

    @property
    def known(self) -> Floats:
        """How much of the weight stands on something known, for each candidate: (m,) in [0, 1]."""
        shares: Floats = (~np.isnan(self.value)) @ self.weights
        return shares


def numbers(matrix: Matrix) -> Numbers | None:
    """Return the arrays of a matrix, or None where no candidate or no criterion is left.

    Candidates that the group left out, or whose score is beyond a threshold, do not take part.
    """
    cells = matrix.cells
    lost = {out.candidate for out in _knock_outs(matrix, cells) if out.is_out}
    kept = [
        number
        for number, row in enumerate(matrix.candidates)
        if not row.excluded_because and row.pk not in lost
    ]
    columns, has_weights = _weighed(matrix.criteria)
    if not kept or not columns:
        return None
    index = {column.pk: number for number, column in enumerate(matrix.criteria)}
    used = [[cells[row][index[column.pk]] for column in columns] for row in kept]
    rows = tuple(matrix.candidates[row] for row in kept)
    return _arrays(rows, columns, used, has_weights=has_weights)


def knock_outs(matrix: Matrix) -> tuple[KnockOut, ...]:
    """Return who is beyond a threshold, or might be; what is not known knocks nobody out."""
    return tuple(_knock_outs(matrix, matrix.cells))


def _weighed(criteria: tuple[CriterionColumn, ...]) -> tuple[tuple[CriterionColumn, ...], bool]:
    """Return the criteria that count; where nobody has weighed anything, all of them with equal weights."""
    counting = tuple(column for column in criteria if column.weight)
    if counting:
        return counting, True
    return tuple(replace(column, weight=1.0) for column in criteria), False


def _arrays(
    rows: tuple[CandidateRow, ...],
    columns: tuple[CriterionColumn, ...],
    cells: list[list[Settled]],
    *,
    has_weights: bool,
) -> Numbers:
    scores, low, high = (
        np.array([[getattr(cell, name) for cell in row] for row in cells])
        for name in ("value", "low", "high")
    )
    ends = _ends(columns, low, high)
    problem = DecisionProblem(
        scores,
        np.array([column.weight or 0.0 for column in columns]),
        np.array([column.is_benefit for column in columns]),
        *ends,
    )
    value, one, other = (utilities(replace(problem, scores=each)) for each in (scores, low, high))
    unknown = np.isnan(value)
    return Numbers(
        rows=rows,
        columns=columns,
        value=value,
        low=np.where(unknown, 0.0, np.fmin(one, other)),
        high=np.where(unknown, 1.0, np.fmax(one, other)),
        problem=problem,
        has_weights=has_weights,
    )


def _ends(columns: tuple[CriterionColumn, ...], low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the scales, open ones as the candidates show; NaN where that has no length."""
    given_low = np.array([np.nan if c.low is None else c.low for c in columns])
    given_high = np.array([np.nan if c.high is None else c.high for c in columns])
    found_low = np.where(np.isnan(given_low), _least(low), given_low)
    found_high = np.where(np.isnan(given_high), -_least(-high), given_high)
    has_length = found_low < found_high
    return np.where(has_length, found_low, np.nan), np.where(has_length, found_high, np.nan)


def _least(scores: Floats) -> Floats:
    filled = np.where(np.isnan(scores), np.inf, scores).min(axis=0)
    least: Floats = np.where(np.isinf(filled), np.nan, filled)
    return least


def _knock_outs(matrix: Matrix, cells: list[list[Settled]]) -> list[KnockOut]:
    found = []
    for row, of_row in zip(matrix.candidates, cells, strict=True):
        for column, cell in zip(matrix.criteria, of_row, strict=True):
            if not isnan(cell.value):
                found += _beyond(row, column, cell)
    return found


def _beyond(row: CandidateRow, column: CriterionColumn, cell: Settled) -> list[KnockOut]:
    found = []
    bound = column.knock_out_below
    if bound is not None and cell.low < bound:
        out, sure = cell.value < bound, cell.high < bound
        found.append(KnockOut(row.pk, column.code, cell.value, bound, True, out, sure))
    bound = column.knock_out_above
    if bound is not None and cell.high > bound:
        out, sure = cell.value > bound, cell.low > bound
        found.append(KnockOut(row.pk, column.code, cell.value, bound, False, out, sure))
    return found
