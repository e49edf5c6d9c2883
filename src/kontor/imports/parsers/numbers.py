"""Numbers as Germans, Britons and Excel write them; what could be read two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from kontor.imports.cells import Cell
from kontor.imports.parsers.texts import text
from kontor.imports.refused import FieldFault

_LONGEST = 40
_MONEY = re.compile(r"^(?:EUR|USD|CHF|GBP|€|\$|£)\s*|\s*(?:EUR|USD|CHF|GBP|Euro|€|\$|£)$", re.IGNORECASE)
# "1.200,–": the dashes are no digits, but they tell which mark is the decimal one.
_ENDING = re.compile(r"([.,])(?:-|–|—)+$")
_BLANKS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPED = {mark: re.compile(rf"^\d{{1,3}}(?:\{mark}\d{{3}})+$") for mark in ".,"}


def decimal(cell: Cell) -> Decimal | None:
    """Return the number, exactly as written; German and English notation.

    "1.234" and "1,234" are refused: 1234 and 1 with three decimals are both possible.

    >>> decimal("1.234,56 €"), decimal("1,234.56"), decimal("0,125"), decimal("1.234.567"), decimal(0.1)
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('0.125'), Decimal('1234567'), Decimal('0.1'))
    """
    if isinstance(cell, bool):
        raise FieldFault("field.number")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise FieldFault("field.number")
        return Decimal(repr(cell))
    found = text(cell)
    if not found:
        return None
    if cell is None or not isinstance(cell, str) or len(found) > _LONGEST:
        raise FieldFault("field.number")
    return _from_text(found)


def _from_text(found: str) -> Decimal:
    found = _ENDING.sub(r"\g<1>00", _MONEY.sub("", found.replace("−", "-")).strip())
    sign, digits = (
        ("-", found[1:].strip()) if found.startswith("-") else ("", found.removeprefix("+").strip())
    )
    digits = _BLANKS.sub("", digits)
    if not re.fullmatch(r"[0-9.,]*[0-9]", digits):
        raise FieldFault("field.number")
    return Decimal(sign + _with_point(digits))


def _with_point(digits: str) -> str:
    """Return the digits with a decimal point and nothing else; the marks are told apart by their places."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, fraction = digits.rpartition(last)
    if len(set(marks)) == 2 and marks.count(last) == 1:
        other = "," if last == "." else "."
        if _GROUPED[other].match(whole):
            return f"{whole.replace(other, '')}.{fraction}"
    elif len(set(marks)) == 1 and len(marks) > 1 and _GROUPED[last].match(digits):
        return digits.replace(last, "")
    elif len(marks) == 1:
        if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole.strip("0") and not whole.startswith("0"):
            raise FieldFault(
                "field.number_ambiguous", whole=whole + fraction, fraction=f"{whole}{last}{fraction}"
            )
        return f"{whole or '0'}.{fraction}"
    raise FieldFault("field.number")


def whole_number(cell: Cell) -> int | None:
    """Return the integer; "1.234" counts as 1234 here, because decimals are not possible.

    >>> whole_number("1.234"), whole_number(12.0), whole_number("12,0"), whole_number("")
    (1234, 12, 12, None)
    """
    if isinstance(cell, str) and re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", cell.strip()):
        if len({mark for mark in cell if mark in ".,"}) > 1:
            raise FieldFault("field.whole_number")
        cell = int(re.sub(r"[.,]", "", cell))
    try:
        value = decimal(cell)
    except FieldFault as problem:
        raise FieldFault("field.whole_number") from problem
    if value is None:
        return None
    if value != value.to_integral_value():
        raise FieldFault("field.whole_number")
    return int(value)


def whole_number_between(smallest: int, largest: int) -> Callable[[Cell], int | None]:
    """Return a parser of integers from `smallest` to `largest`."""

    def parse(cell: Cell) -> int | None:
        value = whole_number(cell)
        if value is not None and not smallest <= value <= largest:
            raise FieldFault("field.out_of_range", smallest=smallest, largest=largest)
        return value

    return parse


def decimal_between(smallest: Decimal, largest: Decimal) -> Callable[[Cell], Decimal | None]:
    """Return a parser of numbers from `smallest` to `largest`."""

    def parse(cell: Cell) -> Decimal | None:
        value = decimal(cell)
        if value is not None and not smallest <= value <= largest:
            raise FieldFault("field.out_of_range", smallest=smallest, largest=largest)
        return value

    return parse
