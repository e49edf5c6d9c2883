"""Numbers, shares, money and dates as people write them in German and British English."""

import math
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TypeGuard

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from kontor.reports.model import Cell, ColumnKind, FigureKind

NOT_KNOWN = "–"
NO_BREAK = "\u00a0"
_DIGITS = 400  # the largest float has 309
_LOCALES = {"de": "de_DE", "en": "en_GB"}
# What XML 1.0 and PDF cannot carry: control characters, surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")


def clean(value: object) -> str:
    r"""Return the value as text that every paper can carry: without characters that XML forbids.

    >>> clean("a\x00b\x0bc\ufffe")
    'abc'
    """
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", str(value)))


def count(value: Cell, language: str) -> str:
    """Print a number of things with grouped thousands.

    >>> count(1234, "de"), count(1234, "en"), count(None, "en")
    ('1.234', '1,234', '–')
    """
    if not is_known(value):
        return NOT_KNOWN
    pattern = "#,##0" if value == int(value) else "#,##0.##"
    return _number(value, pattern, language)


def decimal(value: Cell, language: str) -> str:
    """Print a measured value with one or two decimals.

    >>> decimal(1234.5, "de"), decimal(0.74, "en"), decimal(-2, "en")
    ('1.234,5', '0.74', '−2.0')
    """
    if not is_known(value):
        return NOT_KNOWN
    return _number(value, "#,##0.0#", language)


def percent(value: Cell, language: str) -> str:
    """Print a share (1 = all) in whole percent; with a decimal where that would round to nothing or all.

    >>> percent(0.414, "en"), percent(0.004, "en"), percent(0.9965, "en"), percent(1, "en")
    ('41%', '0.4%', '99.7%', '100%')
    """
    if not is_known(value):
        return NOT_KNOWN
    hundredths = Decimal(str(value)) * 100
    nearly = 0 < abs(hundredths) < 1 or 99 < abs(hundredths) < 100
    # DIN 5008 sets a space before the sign; it must not break.
    sign = f"{NO_BREAK}%" if language == "de" else "%"
    return _number(hundredths, "#,##0.#" if nearly else "#,##0", language) + sign


def money(value: Cell, currency: str, language: str) -> str:
    """Print an amount with its currency; cents only where there are some.

    >>> money(Decimal("1234.50"), "EUR", "en"), money(12000, "EUR", "en")
    ('€1,234.50', '€12,000')
    """
    if not is_known(value):
        return NOT_KNOWN
    pattern = "#,##0" if value == int(value) else "#,##0.00"
    pattern = f"¤{pattern}" if language == "en" else f"{pattern}{NO_BREAK}¤"
    if not currency:
        return _number(value, pattern.strip("¤" + NO_BREAK), language)
    with localcontext(rounding=ROUND_HALF_UP, prec=_DIGITS):
        printed = format_currency(
            value, currency, format=pattern, locale=_locale(language), currency_digits=False
        )
    return _minus(printed)


def day(value: date, language: str) -> str:
    r"""Print a date with its month in words.

    >>> day(date(2026, 11, 21), "en")
    '21\xa0November 2026'
    """
    pattern = f"d.'{NO_BREAK}'MMMM yyyy" if language == "de" else f"d'{NO_BREAK}'MMMM yyyy"
    return str(format_date(value, format=pattern, locale=_locale(language)))


def cell(value: Cell, kind: ColumnKind, language: str) -> str:
    """Print a table's cell by its column's kind; what is not known is "–"."""
    if value is None or value == "":
        return NOT_KNOWN
    if kind == "text":
        return clean(value)
    if kind == "year":
        return f"{int(value)}" if is_known(value) else NOT_KNOWN
    return {"count": count, "percent": percent, "decimal": decimal}[kind](value, language)


def figure_value(value: Cell, kind: FigureKind, language: str, currency: str = "") -> str:
    """Print a figure's value by its kind; what is not known is "–"."""
    if kind == "money":
        return money(value, currency, language)
    return cell(value, kind, language)


def is_known(value: Cell) -> TypeGuard[int | float | Decimal]:
    """Tell whether a value is a number that can be printed."""
    return isinstance(value, int | float | Decimal) and math.isfinite(value)


def _number(value: int | float | Decimal, pattern: str, language: str) -> str:
    """Print a number, halves rounded up as in commerce."""
    with localcontext(rounding=ROUND_HALF_UP, prec=_DIGITS):
        return _minus(format_decimal(value, format=pattern, locale=_locale(language)))


def _minus(printed: str) -> str:
    """Set the minus sign, which is as wide as a figure, for the hyphen."""
    return printed.replace("-", "−")


@lru_cache(maxsize=4)
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])
