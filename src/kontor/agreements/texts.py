"""Texts in several languages, and what a clause may look like: paragraphs, line breaks and simple lists.

What people type is text and nothing else: both sides must read the same signs on the page, in Word and in
PDF. So no sign is ever taken as markup; only a line that begins with a dash or a dot is set as a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from i18nfield.strings import LazyI18nString

LANGUAGES = ("de", "en")
_BULLET = re.compile(r"^\s*[-–•*]\s+(?=\S)")
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# A gap that is still to be filled in: "[… contact person]".
_GAP = re.compile(r"\[…[^\[\]]*\]")


@dataclass(frozen=True)
class Piece:
    """A paragraph with its lines, or a list with its items."""

    is_list: bool
    lines: tuple[str, ...]


def texts_of(value: Any) -> dict[str, str]:
    """Return language → text of a text in several languages; one without a language counts as German."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, Mapping):
        return {code: str(text) for code, text in data.items() if text}
    return {"de": str(data)} if data else {}


def in_languages(given: Mapping[str, str], languages: Iterable[str]) -> LazyI18nString:
    """Return the texts in these languages, without blanks around and without empty ones."""
    cleaned = {code: tidy(given.get(code, "")) for code in languages}
    return LazyI18nString({code: text for code, text in cleaned.items() if text})


def tidy(text: str) -> str:
    """Return a text with plain line ends, no blanks at line ends and at most one empty line in a row.

    >>> tidy("a  \\r\\n\\n\\n\\nb ")
    'a\\n\\nb'
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def say(value: Any, language: str) -> str:
    """Return a text in the language, or in whichever there is."""
    texts = texts_of(value)
    return texts.get(language) or next(iter(texts.values()), "")


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the paragraphs and lists of a text, in order.

    >>> [(each.is_list, each.lines) for each in pieces("One\\ntwo\\n- a\\n- b\\n\\nThree")]
    [(False, ('One', 'two')), (True, ('a', 'b')), (False, ('Three',))]
    """
    found: list[tuple[bool, list[str]]] = []
    for block in tidy(text).split("\n\n"):
        fresh = True
        for line in block.split("\n"):
            bullet = _BULLET.match(line)
            said = line[bullet.end() :] if bullet else line.strip()
            if fresh or found[-1][0] != bool(bullet):
                found.append((bool(bullet), []))
                fresh = False
            found[-1][1].append(said)
    return tuple(Piece(is_list, tuple(lines)) for is_list, lines in found if any(lines))


def literal(text: str) -> str:
    """Return Markdown that prints exactly these signs.

    >>> literal("5 * 3 < 20_000")
    '5 \\\\* 3 \\\\< 20\\\\_000'
    """
    return _MARKUP.sub(r"\\\1", text)


def as_markdown(text: str) -> str:
    """Return a clause's text as the Markdown of reports: literal, with its paragraphs, breaks and lists."""
    parts = []
    for piece in pieces(text):
        if piece.is_list:
            parts.append("\n".join(f"- {literal(line)}" for line in piece.lines))
        else:
            parts.append("\\\n".join(literal(line) for line in piece.lines))
    return "\n\n".join(parts)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each {placeholder} that has a value replaced; the others stay.

    >>> fill("{us} writes to {them} {when}.", {"us": "Nord", "them": "Süd"})
    'Nord writes to Süd {when}.'
    """
    return _PLACEHOLDER.sub(lambda match: values.get(match[1]) or match[0], text)


def placeholders_in(text: str) -> list[str]:
    """Return the placeholders of a text in order, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def gap(label: str) -> str:
    """Return what stands where something is still to be filled in."""
    return f"[… {label}]"


def gaps_in(value: Any) -> list[str]:
    """Return the gaps of a text in several languages, each once."""
    return list(dict.fromkeys(found for text in texts_of(value).values() for found in _GAP.findall(text)))
