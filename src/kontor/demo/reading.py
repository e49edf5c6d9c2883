"""Read the demo content."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from i18nfield.strings import LazyI18nString

FOLDER = Path(__file__).resolve().parent / "content"

Entry = dict[str, Any]


@cache
def entries(file: str, kind: str) -> tuple[Entry, ...]:
    """Return the entries `[[kind]]` of `file`.toml in their order."""
    content = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    return tuple(content[kind])


def day(entry: Entry, key: str) -> date | None:
    """Return an ISO date of the entry, or None where it has none."""
    return date.fromisoformat(entry[key]) if entry.get(key) else None


def between(voiced: Iterable[Entry], after: date = date.min, until: date = date.max) -> list[Entry]:
    """Return the entries dated after one day and until another."""
    return [each for each in voiced if after < date.fromisoformat(each["date"]) <= until]


def both(texts: dict[str, str]) -> LazyI18nString:
    """Return a text in both languages."""
    return LazyI18nString(texts)
