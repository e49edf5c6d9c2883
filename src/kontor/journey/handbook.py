"""The handbook: short chapters in both languages, read in the program itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "handbook"


@dataclass(frozen=True)
class Chapter:
    """One chapter. slug: its address; body: Markdown without the title."""

    slug: str
    title: str
    body: str


@cache
def chapters(language: str) -> tuple[Chapter, ...]:
    """Return the chapters in reading order, in German for "de", else in English."""
    folder = FOLDER / ("de" if language == "de" else "en")
    return tuple(_read(path) for path in sorted(folder.glob("*.md")))


def _read(path: Path) -> Chapter:
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    return Chapter(path.stem.split("-", 1)[1], title.removeprefix("# ").strip(), body.strip())
