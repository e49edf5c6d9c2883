"""Places in a transcript: found by their words, found again after changes, and cut out for the page. Pure.

Browsers count UTF-16 units, Python counts characters: an emoji is two of the first and one of the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_AROUND = 200  # characters before and after that tell equal words apart
_MOST_COMPARED = 500


@dataclass(frozen=True)
class Span:
    """Characters from `start` to `end`, end not included."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words there."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that the same passages cover. keys: theirs. begins: those that begin here."""

    text: str
    keys: tuple[int, ...]
    begins: tuple[int, ...]


def cleaned(text: str) -> str:
    """Return the text as it is kept: lines end in one character, without what no database or page can hold.

    >>> cleaned("a\\r\\nb\\rc\\x00")
    'a\\nb\\nc'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return lines.encode("utf-8", "replace").decode()


def character_at(text: str, units: int) -> int:
    """Return the character at which a browser's offset lies; the middle of a pair counts as its beginning.

    >>> character_at("a🙂b", 3), character_at("a🙂b", 2), character_at("a🙂b", 99)
    (2, 1, 3)
    """
    if units <= 0:
        return 0
    encoded = text.encode("utf-16-le")[: units * 2]
    # Half of a pair at the end is dropped.
    return len(encoded.decode("utf-16-le", "ignore"))


def units_at(text: str, character: int) -> int:
    """Return the browser's offset of a character; the way back from `character_at`."""
    return len(text[:character].encode("utf-16-le")) // 2


def trimmed(text: str, span: Span) -> Span:
    """Return the span without spaces at its ends; empty where there is nothing else."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def located(text: str, words: str) -> list[Span]:
    """Return every place of the words, in order; runs of spaces and line ends count as equal.

    >>> located("Ja. Wir suchen\\nLeute. Ja.", "wir suchen Leute"), located("Ja. Ja.", " Ja. ")
    ([], [Span(start=0, end=3), Span(start=4, end=7)])
    """
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    return [Span(*match.span()) for match in pattern.finditer(text)]


def anchored(old: str, new: str, span: Span, quote: str) -> Span | None:
    """Return where the quote of a passage stands after `old` became `new`; None where it is gone.

    Of several equal places the one is taken whose surroundings are most alike, among these the one nearest to
    where the change moved it.
    """
    exact = [Span(match.start(), match.start() + len(quote)) for match in _each(re.escape(quote), new)]
    places = exact or located(new, quote)
    if not places:
        return None
    expected = _moved(old, new, span.start)
    near = sorted(places, key=lambda place: abs(place.start - expected))[:_MOST_COMPARED]
    is_there = span.of(old) == quote
    return max(near, key=lambda place: _likeness(old, new, span, place) if is_there else 0)


def pieces(text: str, spans: Sequence[tuple[int, Span]]) -> Iterator[Piece]:
    """Yield the text in stretches, each with the passages that cover it; they may overlap.

    >>> [(p.text, p.keys) for p in pieces("abcd", [(1, Span(0, 3)), (2, Span(2, 4))])]
    [('ab', (1,)), ('c', (1, 2)), ('d', (2,))]
    """
    held = [(key, Span(min(span.start, len(text)), min(span.end, len(text)))) for key, span in spans]
    cuts = sorted({0, len(text), *(end for _key, span in held for end in (span.start, span.end))})
    for start, end in pairwise(cuts):
        keys = tuple(key for key, span in held if span.start <= start and end <= span.end)
        begins = tuple(key for key, span in held if span.start == start and key in keys)
        yield Piece(text[start:end], keys, begins)


def _each(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Yield every place, overlapping ones too."""
    return re.finditer(f"(?={pattern})", text) if pattern else iter(())


def _moved(old: str, new: str, place: int) -> int:
    """Return where a character stands now, taking all changes as one stretch."""
    before = _common(old, new)
    return place if place <= before else place + len(new) - len(old)


def _common(first: str, second: str) -> int:
    """Return how many characters both begin with, by halving: comparing slices is fast, characters slow."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _likeness(old: str, new: str, was: Span, now: Span) -> int:
    """Return how many characters on both sides are as before."""
    after = _common(old[was.end : was.end + _AROUND], new[now.end : now.end + _AROUND])
    before = _common(
        old[max(0, was.start - _AROUND) : was.start][::-1], new[max(0, now.start - _AROUND) : now.start][::-1]
    )
    return before + after
