"""The ten contents of a concept, as reference data in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent / "catalogue" / "sections.toml"


@dataclass(frozen=True)
class SectionGuide:
    """What one section of the concept asks for, in one language.

    evidence: codes of what the chapters below tell from their data, in reading order.
    """

    code: str
    language: str
    number: int
    title: str
    asks: str
    prompts: tuple[str, ...]
    missing: str
    evidence: tuple[str, ...]


@cache
def section_guides(language: str) -> tuple[SectionGuide, ...]:
    """Return the ten sections in reading order, in German for "de", else in English."""
    spoken = "de" if language == "de" else "en"
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["section"]
    return tuple(_guide(number, entry, spoken) for number, entry in enumerate(entries, start=1))


def section_guide(code: str, language: str) -> SectionGuide | None:
    """Return the section with this code, or None."""
    return next((guide for guide in section_guides(language) if guide.code == code), None)


def _guide(number: int, entry: dict[str, Any], language: str) -> SectionGuide:
    return SectionGuide(
        code=entry["code"],
        language=language,
        number=number,
        title=entry["title"][language],
        asks=entry["asks"][language],
        prompts=tuple(entry["prompts"][language]),
        missing=entry["missing"][language],
        evidence=tuple(entry.get("evidence", ())),
    )
