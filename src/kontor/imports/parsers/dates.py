"""Dates as people write them.

What is less than a day is completed, on purpose: `day` takes the first day ("2019" → 1 January 2019,
"11/2026" → 1 November 2026), `last_day` the last one, for ends of periods. What could be read two ways is
refused.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from kontor.imports.cells import Cell
from kontor.imports.parsers.numbers import whole_number
from kontor.imports.parsers.texts import text
from kontor.imports.refused import FieldFault

FIRST_YEAR, LAST_YEAR = 1000, 2200
_MONTH_NAMES = (
    ("jan", "jän", "january", "januar", "jänner"),
    ("feb", "february", "februar", "feber"),
    ("mar", "mär", "mrz", "march", "märz"),
    ("apr", "april"),
    ("may", "mai"),
    ("jun", "june", "juni"),
    ("jul", "july", "juli"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "okt", "october", "oktober"),
    ("nov", "november"),
    ("dec", "dez", "december", "dezember"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:,? \d{1,2}:\d{2}(?::\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-] ?(\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})\.?(?:st|nd|rd|th)? )?([a-zäöü]+)\.?,? (\d{4})", re.IGNORECASE)
_WORDS_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}")

# year, month or None, day or None
_Parts = tuple[int, int | None, int | None]


def day(cell: Cell) -> date | None:
    """Return the date; a month or a year alone means its first day.

    >>> day("21.11.2026"), day("11/2026"), day(2019)
    (datetime.date(2026, 11, 21), datetime.date(2026, 11, 1), datetime.date(2019, 1, 1))
    """
    return _complete(cell, last=False)


def last_day(cell: Cell) -> date | None:
    """Return the date; a month or a year alone means its last day.

    >>> last_day("02/2024"), last_day(2019)
    (datetime.date(2024, 2, 29), datetime.date(2019, 12, 31))
    """
    return _complete(cell, last=True)


def year(cell: Cell) -> int | None:
    """Return the year of a year or of a date."""
    if isinstance(cell, date):
        return _checked_year(cell.year)
    if isinstance(cell, str) and not re.fullmatch(r"\s*\d{4}([.,]0)?\s*", cell):
        found = day(cell)
        return found.year if found else None
    number = whole_number(cell)
    return None if number is None else _checked_year(number)


def _checked_year(number: int) -> int:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise FieldFault("field.year", smallest=FIRST_YEAR, largest=LAST_YEAR)
    return number


def _complete(cell: Cell, *, last: bool) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    parts = _parts(cell)
    if parts is None:
        return None
    found_year, found_month, found_day = parts
    _checked_year(found_year)
    month = found_month or (12 if last else 1)
    if not 1 <= month <= 12:
        raise FieldFault("field.date")
    length = calendar.monthrange(found_year, month)[1]
    number = (length if last else 1) if found_day is None else found_day
    if not 1 <= number <= length:
        raise FieldFault("field.date")
    return date(found_year, month, number)


def _parts(cell: Cell) -> _Parts | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not 0 <= cell <= LAST_YEAR or cell != int(cell):  # Excel's count of days, its format lost
            raise FieldFault("field.date_number")
        return int(cell), None, None
    if cell is not None and not isinstance(cell, str):
        raise FieldFault("field.date")
    found = text(cell)
    if not found:
        return None
    for read in (_read_numbers, _read_slashed, _read_words):
        parts = read(found)
        if parts:
            return parts
    raise FieldFault("field.date_short_year" if _SHORT_YEAR.fullmatch(found) else "field.date")


def _read_numbers(found: str) -> _Parts | None:
    if re.fullmatch(r"\d{4}", found):
        return int(found), None, None
    if match := _ISO.fullmatch(found):
        return int(match[1]), int(match[2]) or 13, int(match[3]) if match[3] else None
    if match := _DOTTED.fullmatch(found):
        return int(match[3]), int(match[2]) or 13, int(match[1])
    if match := _MONTH_YEAR.fullmatch(found):
        return int(match[2]), int(match[1]) or 13, None
    return None


def _read_slashed(found: str) -> _Parts | None:
    """Read 25/03/2026 and 03/25/2026; 03/04/2026 could be March or April."""
    match = _SLASHED.fullmatch(found)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if first <= 12 and second <= 12 and first != second:
        raise FieldFault("field.date_ambiguous")
    day_of_month, month = (second, first) if second > 12 else (first, second)
    return int(match[3]), month or 13, day_of_month


def _read_words(found: str) -> _Parts | None:
    """Read "21. November 2026", "Nov 2026", "March 3, 2026"."""
    if (match := _WORDS.fullmatch(found)) and match[2].casefold() in _MONTHS:
        return int(match[3]), _MONTHS[match[2].casefold()], int(match[1]) if match[1] else None
    if (match := _WORDS_FIRST.fullmatch(found)) and match[1].casefold() in _MONTHS:
        return int(match[3]), _MONTHS[match[1].casefold()], int(match[2])
    return None
