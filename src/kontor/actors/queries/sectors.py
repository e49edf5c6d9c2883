"""Sections of the NACE classification, and how a code finds its own."""

from __future__ import annotations

from functools import lru_cache

from kontor.ui.vocabulary import nace_choices


@lru_cache(maxsize=1)
def _section_of_division() -> dict[str, str]:
    sections: dict[str, str] = {}
    section = ""
    for code, _label in nace_choices("en"):
        if code.isalpha():
            section = code
        sections[code] = section
    return sections


def section_of(code: str) -> str:
    """Return the section of a NACE code ("26.51" → "C"), or "" where the code is unknown."""
    known = _section_of_division()
    return known.get(code) or known.get(code.split(".")[0], "")
