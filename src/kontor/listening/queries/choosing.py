"""Who gave one answer: from a figure down to those behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kontor.listening.queries.columns import Column, Flags
from kontor.questionnaires.definition import Kind


def chose(column: Column, answer: str, row: str = "") -> Flags:
    """Return who gave the answer, (n,) bool. row: of a matrix.

    answer: an option, a country, a step of a scale, "LOW:HIGH" of numbers; "" for whoever answered at all,
    "-" for who was asked and did not. In a ranking, who gave it the first place.
    """
    if answer == "-":
        return column.asked & ~column.answered
    if not answer:
        return column.answered
    kind, keys = column.question.kind, column.keys
    if kind == Kind.NUMBER:
        return _between(column, answer)
    if kind == Kind.MATRIX:
        codes = column.question.codes
        if row not in keys or answer not in codes:
            return np.zeros_like(column.answered)
        return _equal(column.values[:, keys.index(row)], codes.index(answer))
    if answer not in keys:
        return np.zeros_like(column.answered)
    place = keys.index(answer)
    if kind == Kind.SINGLE:
        return _equal(column.values, place)
    if kind == Kind.SCALE:
        return _equal(column.values, float(answer))
    return _equal(column.values[:, place], 1)


def _equal(values: NDArray[Any], wanted: float) -> Flags:
    found: Flags = np.equal(values, wanted)
    return found


def _between(column: Column, answer: str) -> Flags:
    low, _colon, high = answer.partition(":")
    try:
        least, most = float(low), float(high)
    except ValueError:
        return np.zeros_like(column.answered)
    inside: Flags = np.greater_equal(column.values, least) & np.less(column.values, most)
    return inside
