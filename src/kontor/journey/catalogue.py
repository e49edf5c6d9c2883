"""The 19 points, as reference data in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "catalogue" / "points.toml"


@dataclass(frozen=True)
class Point:
    """One of the 19 points, in one language.

    question: what must be true for the point to be done.   why: what it is good for.
    area:     where in Kontor it is worked on.
    """

    number: int
    code: str
    name: str
    question: str
    why: str
    help: str
    area: str


@cache
def points(language: str) -> tuple[Point, ...]:
    """Return the points in order, in German for "de", else in English."""
    spoken = "de" if language == "de" else "en"
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["point"]
    return tuple(
        Point(
            number=entry["number"],
            code=entry["code"],
            area=entry["area"],
            **{field: entry[field][spoken] for field in ("name", "question", "why", "help")},
        )
        for entry in entries
    )
