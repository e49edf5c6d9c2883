"""Cells → numbers and ranges, as people write them."""

from __future__ import annotations

import math
import re

import numpy as np

from kontor.config.ranking.study import UNKNOWN, Range
from kontor.imports.cells import Cell, is_blank, is_error, shown
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.methods.decision.problem import LARGEST
from kontor.ui.errors import explain_code

# What people write where they do not know.
_NOT_KNOWN = frozenset(
    ("?", "-", "–", "—", "n/a", "na", "n. a.", "unknown", "not known", "unbekannt", "k. a.")
)
MORE = frozenset(("", "more", "max", "benefit", "mehr", "1", "true"))
LESS = frozenset(("less", "min", "cost", "weniger", "0", "false"))
_BETWEEN = re.compile(r"\s*(?:–|—|\.\.\.?|…|\bto\b|\bbis\b|(?<=[\d\s])-)\s*")


def number(cell: Cell) -> float:
    """Return the number, NaN for an empty cell. Raises ValueError with a sentence.

    >>> number("1.250,5"), number(3), number(None)
    (1250.5, 3.0, nan)
    """
    if is_blank(cell):
        return np.nan
    if is_error(cell):
        raise ValueError(f"The formula in this cell is broken: {shown(cell)}.")
    try:
        found = decimal(cell)
    except FieldFault as problem:
        raise ValueError(
            explain_code(problem.code, {"value": shown(cell)[:40], **problem.params})
        ) from problem
    value = float(found) if found is not None else np.nan
    if not math.isnan(value) and abs(value) > LARGEST:
        raise ValueError(f"{shown(cell)[:40]} is too large.")
    return value


def score(cell: Cell) -> Range:
    """Return the bounds of a score: equal where it is known, NaN where it is not. Raises ValueError.

    >>> score(4), score("3–4"), score("2,5 - 3"), score("-2"), score("?")
    ((4.0, 4.0), (3.0, 4.0), (2.5, 3.0), (-2.0, -2.0), (nan, nan))
    """
    if is_blank(cell) or (isinstance(cell, str) and cell.strip().casefold() in _NOT_KNOWN):
        return UNKNOWN
    if isinstance(cell, str):
        parts = _BETWEEN.split(cell.strip())
        if len(parts) == 2 and all(parts):
            return _ordered(number(parts[0]), number(parts[1]))
    value = number(cell)
    return value, value


def _ordered(low: float, high: float) -> Range:
    if low > high:
        raise ValueError(f"The range begins with {low:g} above its end {high:g}.")
    return low, high


def weight(cell: Cell) -> float:
    """Return a weight. Raises ValueError with a sentence."""
    found = number(cell)
    if not found >= 0:
        raise ValueError("A weight is a number from zero upwards.")
    return found


def is_benefit(cell: Cell) -> bool:
    """Return whether more is better. Raises ValueError with a sentence."""
    text = shown(cell).strip().casefold()
    if text not in MORE | LESS:
        raise ValueError(f"“{text[:40]}” is no direction. Write “more” or “less”: what is better.")
    return text in MORE
