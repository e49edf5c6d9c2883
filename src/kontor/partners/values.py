"""The value of a fact: which column holds it, how people read it, and what a study counts with."""

from __future__ import annotations

from typing import Any, TypeAlias

from babel.numbers import format_decimal
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from kontor.partners.catalogue import (
    CHOICE,
    CHOICES,
    MONEY,
    PERCENT,
    TEXT,
    YEAR,
    ProfileField,
)
from kontor.partners.models import Fact
from kontor.partners.problems import PartnerError

# A text by language, a number, or codes of options.
Value: TypeAlias = LazyI18nString | float | tuple[str, ...]
LONGEST_TEXT = 4000


def value_of(fact: Fact, field: ProfileField) -> Value:
    """Return the value that the fact holds; a number that is missing counts as 0."""
    if field.kind == TEXT:
        return fact.text if isinstance(fact.text, LazyI18nString) else LazyI18nString(str(fact.text))
    if field.is_chosen:
        return tuple(map(str, fact.choices))
    return float(fact.number or 0)


def checked(field: ProfileField, value: Any) -> dict[str, Any]:
    """Return the columns of a fact with this value.

    value: text or language → text for texts; a number; an option's code or several.
    Raises PartnerError "fact.no_value", "fact.not_a_number", "fact.out_of_range", "fact.too_long" or
    "fact.option_unknown".
    """
    if field.kind == TEXT:
        return {"text": _checked_text(field, value)}
    if field.is_chosen:
        return {"choices": list(_checked_options(field, value))}
    return {"number": _checked_number(field, value)}


def shown(field: ProfileField, value: Value) -> str:
    """Return the value as people of the reader's language read it, with its unit."""
    if isinstance(value, LazyI18nString):
        return str(value)
    if isinstance(value, tuple):
        options = (field.option(code) for code in value)
        return ", ".join(option.name for option in options if option) or "–"
    if field.kind == YEAR:
        return f"{value:.0f}"
    number = _number(value, field.decimals)
    if field.kind == PERCENT:
        return f"{number}\u00a0%" if _german() else f"{number}%"
    if field.kind == MONEY:
        return f"{number}\u00a0€" if _german() else f"€{number}"
    return f"{number}\u00a0{field.unit}" if field.unit else number


def counted(field: ProfileField, value: Value) -> float | None:
    """Return the number that a study counts with: a choice by its place, several by how many, no texts."""
    if isinstance(value, LazyI18nString):
        return None
    if not isinstance(value, tuple):
        return value
    if field.kind == CHOICES:
        return float(len(value))
    option = field.option(value[0]) if value else None
    return None if option is None else option.value


def same(first: dict[str, Any], fact: Fact) -> bool:
    """True where the columns of `first` say what the fact says already."""
    return all(_plain(getattr(fact, name)) == _plain(value) for name, value in first.items())


def texts_of(value: Any) -> dict[str, str]:
    """Return language → text, without empty ones; a text without a language is in the reader's."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {code: str(text).strip() for code, text in data.items() if text and str(text).strip()}
    text = str(data or "").strip()
    return {"de" if _german() else "en": text} if text else {}


def _plain(value: Any) -> Any:
    return texts_of(value) if isinstance(value, LazyI18nString | dict) else value


def _checked_text(field: ProfileField, value: Any) -> LazyI18nString:
    texts = texts_of(value)
    if not texts:
        raise PartnerError("fact.no_value", field=field.name)
    if any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise PartnerError("fact.too_long", field=field.name, longest=LONGEST_TEXT)
    return LazyI18nString(texts)


def _checked_options(field: ProfileField, value: Any) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else list(value or ())
    codes = [option.code for option in field.options if option.code in given]
    if not given or (field.kind == CHOICE and len(given) > 1):
        raise PartnerError("fact.no_value", field=field.name)
    unknown = next((each for each in given if each not in codes), None)
    if unknown is not None:
        raise PartnerError("fact.option_unknown", field=field.name, option=unknown)
    return tuple(codes)


def _checked_number(field: ProfileField, value: Any) -> float:
    if value is None or value == "":
        raise PartnerError("fact.no_value", field=field.name)
    try:
        number = float(value)
    except (TypeError, ValueError) as problem:
        raise PartnerError("fact.not_a_number", field=field.name) from problem
    if not field.low <= number <= field.high:
        ends = {"low": shown(field, field.low), "high": shown(field, field.high)}
        raise PartnerError("fact.out_of_range", field=field.name, **ends)
    return number


def _number(value: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "#" * decimals if decimals else ".##" if value % 1 else "")
    return str(format_decimal(value, format=pattern, locale="de" if _german() else "en"))


def _german() -> bool:
    return (get_language() or "en").startswith("de")
