"""Preferences between alternatives in a folder of XMCDA files (version 2 or 3)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # nosec B405 - types only; defusedxml reads

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kontor.config.ranking.study import MOST_CANDIDATES, Fault, StudyRefused
from kontor.methods.decision.problem import Floats

LARGEST_FILE = 50_000_000
ALTERNATIVES, PREFERENCES, PARAMETERS = "alternatives.xml", "preferences.xml", "method_parameters.xml"


@dataclass(frozen=True, eq=False)
class Preferences:
    """How far each alternative (row) is preferred to each (column): (m, m) floats, 0 if nothing is said."""

    alternatives: tuple[str, ...]
    matrix: Floats


def read_xmcda(folder: Path) -> Preferences:
    """Return the preferences in a folder as the XMCDA web services take them. Raises StudyRefused.

    Alternatives that are not active are left out. Only comparisons among alternatives can be ranked.
    """
    parameters = _read(folder / PARAMETERS) if (folder / PARAMETERS).exists() else None
    compared = "" if parameters is None else (parameters.findtext(".//label") or "").strip()
    if compared not in ("", "alternatives"):
        raise _refusal(PARAMETERS, f"Alternatives are compared with “{compared}” here, not among themselves.")
    names = _alternatives(_read(folder / ALTERNATIVES))
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for better, worse, value in _pairs(_read(folder / PREFERENCES)):
        if better in places and worse in places:
            matrix[places[better], places[worse]] = value
    return Preferences(names, matrix)


def _refusal(file: str, sentence: str) -> StudyRefused:
    return StudyRefused([Fault(file, sentence)])


def _read(path: Path) -> Element:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refusal(path.name, f"The file has more than {LARGEST_FILE // 1_000_000} MB.")
        root: Element = fromstring(path.read_bytes())
    except OSError as problem:
        raise _refusal(path.name, f"The file cannot be read: {problem.strerror}.") from problem
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise _refusal(path.name, "This is no XML that can be read safely.") from problem
    return root


def _alternatives(root: Element) -> tuple[str, ...]:
    names = [
        each.get("id", "")
        for each in root.iter("alternative")
        if (each.findtext("active") or "true").strip() not in ("false", "0")
    ]
    if not names or len(names) > MOST_CANDIDATES:
        raise _refusal(
            ALTERNATIVES, f"There are {len(names)} alternatives; 1 to {MOST_CANDIDATES} can be ranked."
        )
    if not all(names) or len(set(names)) < len(names):
        raise _refusal(ALTERNATIVES, "Each alternative needs a name of its own.")
    return tuple(names)


def _pairs(root: Element) -> list[tuple[str, str, float]]:
    """Return row, column and value: from the matrix of version 3 or the pairs of version 2."""
    found = [
        (row.findtext("alternativeID") or "", column.findtext("alternativeID") or "", _value(column))
        for row in root.iter("row")
        for column in row.iter("column")
    ]
    return found or [
        (
            pair.findtext("initial/alternativeID") or "",
            pair.findtext("terminal/alternativeID") or "",
            _value(pair),
        )
        for pair in root.iter("pair")
    ]


def _value(entry: Element) -> float:
    """Return the number in an entry; version 3 allows integers and fractions too."""
    for kind in ("real", "integer"):
        text = entry.findtext(f".//{kind}")
        if text is not None:
            return _number(text)
    upper, lower = entry.findtext(".//rational/numerator"), entry.findtext(".//rational/denominator")
    if upper is not None and lower is not None and _number(lower):
        return _number(upper) / _number(lower)
    raise _refusal(PREFERENCES, "A preference has no number.")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError as problem:
        raise _refusal(PREFERENCES, f"“{text.strip()[:40]}” is no number.") from problem
    if not np.isfinite(value) or value < 0:
        raise _refusal(PREFERENCES, f"The preference {text.strip()[:40]} is not a number from zero upwards.")
    return value
