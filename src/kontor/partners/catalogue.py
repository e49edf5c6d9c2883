"""The fields that a profile can hold, as reference data in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).parent / "catalogue" / "fields.toml"
LANGUAGES = ("de", "en")
TEXT, NUMBER, PERCENT, MONEY, YEAR, CHOICE, CHOICES = (
    *("text", "number", "percent", "money", "year", "choice", "choices"),
)
NUMERIC = frozenset((NUMBER, PERCENT, MONEY, YEAR))
CHOSEN = frozenset((CHOICE, CHOICES))
_FIRST_YEAR, _LAST_YEAR = 1000.0, 2100.0


@dataclass(frozen=True)
class Option:
    """One answer to choose. value: what a study counts with, None where the answers have no order."""

    code: str
    names: Mapping[str, str]
    value: float | None

    @property
    def name(self) -> str:
        """Return the answer in the reader's language."""
        return self.names[_language()]


@dataclass(frozen=True)
class ProfileField:
    """One thing to know about a partner cluster.

    stale_after_months: 0 for what does not age. low, high: ends of what is believable, for numbers.
    own: what our own cluster computes for it, "" where somebody must enter it.
    """

    code: str
    group: str
    kind: str
    names: Mapping[str, str]
    helps: Mapping[str, str]
    units: Mapping[str, str]
    stale_after_months: int
    decimals: int
    low: float
    high: float
    is_key: bool
    own: str
    options: tuple[Option, ...]
    aliases: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]

    @property
    def help(self) -> str:
        """Return what is meant, in the reader's language."""
        return self.helps[_language()]

    @property
    def unit(self) -> str:
        """Return the unit in the reader's language, "" for plain counts and texts."""
        return self.units.get(_language(), "")

    @property
    def is_numeric(self) -> bool:
        """True where the value is a number."""
        return self.kind in NUMERIC

    @property
    def is_chosen(self) -> bool:
        """True where the value is one or several of the options."""
        return self.kind in CHOSEN

    def option(self, code: str) -> Option | None:
        """Return the option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together."""

    code: str
    names: Mapping[str, str]
    fields: tuple[ProfileField, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]


@lru_cache(maxsize=1)
def groups() -> tuple[FieldGroup, ...]:
    """Return the groups in the order of the profile."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_group(each) for each in content["group"])


@lru_cache(maxsize=1)
def fields() -> Mapping[str, ProfileField]:
    """Return every field by its code, in the order of the profile."""
    return {field.code: field for group in groups() for field in group.fields}


@lru_cache(maxsize=1)
def key_fields() -> tuple[ProfileField, ...]:
    """Return the fields that say most in little space."""
    return tuple(field for field in fields().values() if field.is_key)


def group_of(code: str) -> FieldGroup | None:
    """Return the group with this code, or None."""
    return next((group for group in groups() if group.code == code), None)


def _group(each: dict[str, Any]) -> FieldGroup:
    return FieldGroup(each["code"], each["name"], tuple(_field(row, each["code"]) for row in each["field"]))


def _field(row: dict[str, Any], group: str) -> ProfileField:
    low, high = _ends(row)
    return ProfileField(
        code=row["code"],
        group=group,
        kind=row["kind"],
        names=row["name"],
        helps=row["help"],
        units=row.get("unit", {}),
        stale_after_months=row["stale"],
        decimals=row.get("decimals", 0),
        low=low,
        high=high,
        is_key=row.get("is_key", False),
        own=row.get("own", ""),
        options=tuple(_option(option) for option in row.get("option", ())),
        aliases=tuple(row.get("alias", ())),
    )


def _ends(row: dict[str, Any]) -> tuple[float, float]:
    if row["kind"] == YEAR:
        return _FIRST_YEAR, _LAST_YEAR
    return float(row.get("low", 0)), float(row.get("high", 100 if row["kind"] == PERCENT else 1e12))


def _option(row: dict[str, Any]) -> Option:
    return Option(row["code"], {code: row[code] for code in LANGUAGES}, row.get("value"))


def _language() -> str:
    return "de" if (get_language() or "en").startswith("de") else "en"
