"""Texts and lists of texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kontor.imports.cells import Cell, shown
from kontor.imports.refused import FieldFault

# Control, format (zero width, direction), surrogate and private characters: nobody sees them.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def _visible(character: str) -> str:
    if character in "\t\n\v\f\r\u2028\u2029\x85":
        return "\n" if character != "\t" else " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def _clean(cell: Cell) -> str:
    found = shown(cell)
    if not found.isascii() or not found.isprintable():
        found = unicodedata.normalize("NFC", "".join(map(_visible, found.replace("\r\n", "\n"))))
    return found


def text(cell: Cell) -> str:
    """Return the text on one line, blanks collapsed, invisible characters gone.

    >>> text("  Müller \\u200b&\\n Söhne\\x07 "), text(12.0), text(None)
    ('Müller & Söhne', '12', '')
    """
    return " ".join(_clean(cell).split())


def long_text(cell: Cell) -> str:
    """Return the text with its line breaks, at most one empty line in a row."""
    lines = (" ".join(line.split()) for line in _clean(cell).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def required_text(cell: Cell) -> str:
    """Return the text; an empty cell is refused."""
    found = text(cell)
    if not found:
        raise FieldFault("field.required")
    return found


def text_up_to(longest: int) -> Callable[[Cell], str]:
    """Return a parser of texts of at most `longest` characters; longer ones are refused, never cut."""

    def parse(cell: Cell) -> str:
        found = text(cell)
        if len(found) > longest:
            raise FieldFault("field.too_long", longest=longest, length=len(found))
        return found

    return parse


def listed(parse: Callable[[Cell], object] = text) -> Callable[[Cell], tuple[object, ...]]:
    """Return a parser of lists: separated by ; or line breaks or |, else by commas; each value once.

    >>> listed()("Optik; Photonik, Laser;Optik")
    ('Optik', 'Photonik, Laser')
    >>> listed()("Optik, Photonik")
    ('Optik', 'Photonik')
    """

    def parse_list(cell: Cell) -> tuple[object, ...]:
        if not isinstance(cell, str):
            return () if cell is None else (parse(cell),)
        found = long_text(cell)
        parts = re.split(r"[;|\n]", found) if re.search(r"[;|\n]", found) else found.split(",")
        values = [parse(part.strip()) for part in parts if part.strip()]
        return tuple(dict.fromkeys(values))

    return parse_list
