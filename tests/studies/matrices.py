"""Studies as plain data, for what is computed without a database."""

from __future__ import annotations

from kontor.studies.matrix import CandidateRow, CriterionColumn, Matrix, PersonWeights
from kontor.studies.settling import Said


def column(pk=1, code="", weight=1.0, **more):
    """Return a criterion on the points scale."""
    given = {
        "family": "cluster",
        "is_benefit": True,
        "low": 1.0,
        "high": 5.0,
        "knock_out_below": None,
        "knock_out_above": None,
    }
    return CriterionColumn(pk=pk, code=code or f"c{pk}", weight=weight, **(given | more))


def matrix(scores, columns=None, people=(), excluded=()):
    """Return a matrix of these scores, agreed and certain; None = nothing is known, a pair = a range."""
    columns = columns or [column(pk) for pk in range(1, len(scores[0]) + 1)]
    said = {}
    for row, values in enumerate(scores, start=1):
        for each, value in zip(columns, values, strict=True):
            if value is not None:
                low, high = value if isinstance(value, tuple) else (value, value)
                said[row, each.pk] = (Said("agreed", (low + high) / 2, low, high, 3),)
    because = dict.fromkeys(excluded, "left out")
    rows = [CandidateRow(row, row + 100, because.get(row, "")) for row in range(1, len(scores) + 1)]
    return Matrix(tuple(rows), tuple(columns), said, tuple(people))


def person(pk, weights, group="sme"):
    """Return the weights of one person."""
    return PersonWeights(pk, group, weights)
