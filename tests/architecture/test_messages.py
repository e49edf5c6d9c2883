"""The German catalogues: one voice in all rooms, nothing missing, every gap in a sentence filled alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "kontor"
CATALOGUES = {path.parents[3].name: path for path in sorted(SOURCE.glob("*/locale/de/LC_MESSAGES/django.po"))}

# %(name)s, %s, %% and {name}: what the program fills in.
PLACEHOLDER = re.compile(r"%\([^)]+\)[a-z]|%[a-z%]|\{[a-z_.]*\}")
TAG = re.compile(r"<[^>]+>")
FAMILIAR = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
# The straight quote, and the closing one of English: German opens with „ and closes with “.
FOREIGN_QUOTES = re.compile('["”]')


def entries(room: str) -> Iterator[polib.POEntry]:
    """Yield the messages of a room that are in use."""
    for entry in polib.pofile(str(CATALOGUES[room])):
        if not entry.obsolete:
            yield entry


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Return each English form of a message with its German form."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    german = entry.msgstr_plural
    return [(entry.msgid, german.get(0, "")), (entry.msgid_plural, german.get(1, ""))]


def german_texts(room: str) -> list[str]:
    """Return every German sentence of a room without its markup."""
    return [TAG.sub("", german) for entry in entries(room) for _, german in pairs(entry)]


def test_rooms_agree_on_the_german_of_a_text():
    # Django merges the catalogues of all rooms: of two different texts one would win unseen.
    german = defaultdict(set)
    for room in CATALOGUES:
        for entry in entries(room):
            german[entry.msgctxt, entry.msgid].add(tuple(text for _, text in pairs(entry)))

    assert {key: texts for key, texts in german.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("room", CATALOGUES)
def test_german_fills_in_what_english_fills_in(room):
    differing = [
        (english, german)
        for entry in entries(room)
        for english, german in pairs(entry)
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(german))
    ]

    assert differing == []


@pytest.mark.parametrize("room", CATALOGUES)
def test_no_german_text_is_missing_or_guessed(room):
    missing = [
        entry.msgid
        for entry in entries(room)
        if entry.fuzzy or not all(german.strip() for _, german in pairs(entry))
    ]

    assert missing == []


@pytest.mark.parametrize("room", CATALOGUES)
def test_german_addresses_people_as_sie(room):
    assert [text for text in german_texts(room) if FAMILIAR.search(text)] == []


@pytest.mark.parametrize("room", CATALOGUES)
def test_german_quotes_in_german(room):
    assert [text for text in german_texts(room) if FOREIGN_QUOTES.search(text)] == []


@pytest.mark.parametrize("room", CATALOGUES)
def test_german_quotes_that_open_also_close(room):
    assert [text for text in german_texts(room) if text.count("„") != text.count("“")] == []


def test_no_text_hides_behind_a_name_that_the_extraction_does_not_know():
    # xgettext knows `_`, `gettext` and their kin; a text behind another name would stay English for ever.
    alias = re.compile(r"import n?p?gettext(?:_lazy)? as (?!_$)\w+", re.MULTILINE)
    found = [
        f"{path.relative_to(SOURCE)}: {alias.search(path.read_text())[0]}"
        for path in sorted(SOURCE.rglob("*.py"))
        if alias.search(path.read_text())
    ]

    assert found == []
