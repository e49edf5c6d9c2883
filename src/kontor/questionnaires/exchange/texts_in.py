"""In which languages an XLSForm speaks, and what it says in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kontor.questionnaires.exchange.carried import Findings, Place
from kontor.questionnaires.exchange.languages import Languages
from kontor.questionnaires.exchange.sheets import Heading, Line, Sheet

_SPOKEN = ("label", "hint")
_GUARDED = re.compile(r"\$(\u200b+)\{")


@dataclass(frozen=True)
class Tongues:
    """The languages of a form. codes: in their order. base: what unmarked columns speak."""

    codes: tuple[str, ...]
    base: str
    of_heading: Mapping[str, str]
    findings: Findings

    def texts(self, line: Line, key: str) -> dict[str, str]:
        """Return language code → text of a cell that may stand once for each language."""
        found: dict[str, str] = {}
        told = line.texts(key)
        for name, text in told.items():
            if name:
                found.setdefault(self.of_heading.get(name, name), plain_text(text))
                self._mind_references(line, Heading(key, name), text)
        if "" in told:
            found.setdefault(self.base, plain_text(told[""]))
            self._mind_references(line, Heading(key), told[""])
        return {code: found[code] for code in (*self.codes, *found) if code in found}

    def _mind_references(self, line: Line, heading: Heading, text: str) -> None:
        if re.search(r"\$\{[^}]*\}", text):
            self.findings.simpler("exchange.answer_in_text", line.at(heading.shown))


def tongues_of(sheets: Mapping[str, Sheet], unstated: str, findings: Findings) -> Tongues:
    """Return the languages of the form; `unstated` is assumed where it names none."""
    languages = Languages()
    names = [
        heading.language
        for sheet in ("survey", "choices")
        for heading in sheets.get(sheet, Sheet(sheet)).headings
        if heading.language and heading.key in _SPOKEN
    ]
    named = {name: languages.code(name) for name in dict.fromkeys(names)}
    own = _told_by_kontor(sheets)
    if own:
        return Tongues(own, own[0], named, findings)
    stated = setting(sheets, "default_language")
    speaks_unmarked = any(line.get("label") for line in sheets["survey"].lines)
    if stated and stated.lower() != "default":
        base = named.get(stated) or languages.code(stated)
    elif named and not speaks_unmarked:
        base = next(iter(named.values()))
    else:
        base = unstated
        findings.simpler("exchange.language_unstated", Place("survey", 1, "label"), language=unstated)
    for name, code in languages.strange.items():
        findings.simpler("exchange.language_unknown", Place("survey", 1), name=name, language=code)
    return Tongues(tuple(dict.fromkeys((base, *named.values()))), base, named, findings)


def setting(sheets: Mapping[str, Sheet], key: str) -> str:
    """Return a value of the sheet "settings", "" where it is not there."""
    lines = sheets["settings"].lines if "settings" in sheets else ()
    return lines[0].get(key) if lines else ""


def _told_by_kontor(sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    return tuple(setting(sheets, "kontor_languages").split())


def guarded(text: str) -> str:
    """Return the text so that other programs see no `${reference}` in it, and no control characters."""
    text = re.sub(r"\$(\u200b*)\{", lambda found: f"${found[1]}\u200b{{", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", text)


def plain_text(text: str) -> str:
    """Return what `guarded` was given; texts of other programs stay as they are."""
    return _GUARDED.sub(lambda found: f"${found[1][1:]}{{", text)


def meaning_in(text: str) -> dict[str, str]:
    """Return what a cell under "kontor_meaning" tells, {} for anything else.

    >>> meaning_in('{"need": "topic"}'), meaning_in("topic")
    ({'need': 'topic'}, {})
    """
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in told.items()} if isinstance(told, dict) else {}
