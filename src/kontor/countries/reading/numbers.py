"""Figures in files: written with a point as publishers do, or with a comma after Excel has saved them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kontor.imports.cells import Cell, is_error
from kontor.imports.refused import FieldFault

# What publishers write where there is no figure.
NO_VALUE = frozenset(
    {"", ".", "..", "...", "…", "-", "–", "—", ":", "n/a", "na", "n.a.", "nan", "null", "none", "#n/a", "#nv"}
)
_LONGEST = 40
_EXPONENT = r"(?:[eE][+-]?\d{1,3})?"
_PLAIN = {mark: re.compile(rf"[+-]?(?:\d+\{mark}?\d*|\{mark}\d+){_EXPONENT}") for mark in ".,"}
_GROUPED = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_OTHER = {".": ",", ",": "."}


@dataclass(frozen=True)
class Writing:
    """How a file writes numbers. mark: the decimal mark."""

    mark: str = "."

    def figure(self, cell: Cell) -> float | None:
        """Return the figure, None where the cell holds none. Raises FieldFault "country.not_a_number"."""
        if cell is None or isinstance(cell, int | float):
            return self._known(cell)
        text = str(cell).strip()
        if text.casefold() in NO_VALUE:
            return None
        if is_error(cell) or len(text) > _LONGEST:
            raise FieldFault("country.not_a_number")
        return self._known(float(self._with_point(text.replace("−", "-").replace("\xa0", ""))))

    def _with_point(self, text: str) -> str:
        other = _OTHER[self.mark]
        whole, mark, rest = text.partition(self.mark)
        if _GROUPED[other].fullmatch(whole):
            text = whole.replace(other, "") + mark + rest
        if not _PLAIN[self.mark].fullmatch(text):
            raise FieldFault("country.not_a_number")
        return text.replace(self.mark, ".")

    @staticmethod
    def _known(value: float | None) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not math.isfinite(value):
            raise FieldFault("country.not_a_number")
        return float(value)


def writing_of(cells: Iterable[Cell], *, is_from_excel: bool) -> Writing:
    """Return how these cells write numbers; publishers themselves always use the point.

    is_from_excel: parted by semicolons, so that German Excel may have saved it. Raises FieldFault
    "country.numbers_ambiguous" where every mark could part thousands as well as decimals.
    """
    marks = {",": 0, ".": 0}
    sure = {",": 0, ".": 0}
    for cell in cells:
        text = cell.strip() if isinstance(cell, str) else ""
        if "," in text and "." in text:
            # Where both stand, the last is the decimal mark.
            last = max(marks, key=text.rfind)
            marks[last] += 1
            sure[last] += 1
            continue
        for mark in marks:
            if mark in text and _PLAIN[mark].fullmatch(text):
                marks[mark] += 1
                sure[mark] += not _GROUPED[mark].fullmatch(text)
    mark = "," if sure[","] > sure["."] or (not marks["."] and marks[","]) else "."
    is_doubtful = marks[mark] > 0 and not sure[mark] and (mark == "," or is_from_excel)
    if is_doubtful and not sure[_OTHER[mark]]:
        raise FieldFault("country.numbers_ambiguous")
    return Writing(mark)
