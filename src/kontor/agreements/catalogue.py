"""The catalogues of clauses: one TOML file for each kind of agreement, read once, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import get_language

from kontor.agreements.texts import fill, gap

FOLDER = Path(__file__).parent / "catalogue"
# Filled from the agreement itself, never asked for: how a catalogue shows them while there is none.
_SIDES = {
    "us": {"de": "wir", "en": "our side"},
    "them": {"de": "die andere Seite", "en": "the other side"},
}

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One way to fill a placeholder, in every language."""

    code: str
    texts: Texts

    @property
    def text(self) -> str:
        """Return it in the reader's language."""
        return self.texts[_language()]


@dataclass(frozen=True)
class Placeholder:
    """What a clause leaves open, asked for in the form.

    kind: "choice" offers options; "words" is filled in once per language; "text" is the same in all of them,
    such as a name or an address.
    """

    code: str
    kind: Literal["choice", "words", "text"]
    labels: Texts
    helps: Texts
    options: tuple[Option, ...]
    default: str

    @property
    def label(self) -> str:
        """Return what is asked, in the reader's language."""
        return self.labels[_language()]

    @property
    def help(self) -> str:
        """Return a hint, in the reader's language, or ""."""
        return self.helps.get(_language(), "")

    def gap(self, language: str) -> str:
        """Return what stands in a clause as long as nothing is filled in."""
        return gap(self.labels[language])


@dataclass(frozen=True)
class CatalogueClause:
    """A clause that the catalogue suggests, and why."""

    code: str
    group: str
    headings: Texts
    texts: Texts
    whys: Texts
    is_recommended: bool

    @property
    def heading(self) -> str:
        """Return the heading in the reader's language."""
        return self.headings[_language()]

    @property
    def text(self) -> str:
        """Return the text, placeholders open, in the reader's language."""
        return self.texts[_language()]

    @property
    def why(self) -> str:
        """Return what the clause is good for, in the reader's language."""
        return self.whys[_language()]


@dataclass(frozen=True)
class ClauseGroup:
    """Clauses on one subject."""

    code: str
    names: Texts
    clauses: tuple[CatalogueClause, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]


@dataclass(frozen=True)
class Kind:
    """A kind of agreement with its clauses. titles: templates with {us} and {them}."""

    code: str
    names: Texts
    leads: Texts
    titles: Texts
    placeholders: tuple[Placeholder, ...]
    groups: tuple[ClauseGroup, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]

    @property
    def lead(self) -> str:
        """Return what it is for, in the reader's language."""
        return self.leads[_language()]

    @property
    def clauses(self) -> Mapping[str, CatalogueClause]:
        """Return every clause by its code, in the order of the catalogue."""
        return {clause.code: clause for group in self.groups for clause in group.clauses}

    def with_gaps(self, text: str, language: str) -> str:
        """Return a text of the catalogue with everything that it leaves open shown as a gap."""
        gaps = {each.code: each.gap(language) for each in self.placeholders}
        return fill(text, {**gaps, **{name: gap(_SIDES[name][language]) for name in _SIDES}})

    def group_name(self, code: str, language: str = "") -> str:
        """Return a group's name; of one that the catalogue lacks, the code itself."""
        found = next((group for group in self.groups if group.code == code), None)
        return found.names[language or _language()] if found else code


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of agreement by code; a file laid into the catalogue is a kind."""
    read = (_kind(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml")))
    return {kind.code: kind for kind in read}


def kind_name(code: str) -> str:
    """Return a kind's name in the reader's language; the code itself where it is unknown."""
    found = kinds().get(code)
    return found.name if found else code


def _kind(data: dict[str, Any]) -> Kind:
    return Kind(
        code=data["code"],
        names=data["name"],
        leads=data["lead"],
        titles=data["title"],
        placeholders=tuple(_placeholder(each) for each in data.get("placeholder", ())),
        groups=tuple(_group(each) for each in data["group"]),
    )


def _placeholder(data: dict[str, Any]) -> Placeholder:
    options = tuple(Option(each["code"], each["text"]) for each in data.get("option", ()))
    return Placeholder(
        code=data["code"],
        kind=data["kind"],
        labels=data["label"],
        helps=data.get("help", {}),
        options=options,
        default=data.get("default", ""),
    )


def _group(data: dict[str, Any]) -> ClauseGroup:
    clauses = tuple(
        CatalogueClause(
            code=each["code"],
            group=data["code"],
            headings=each["heading"],
            texts=each["text"],
            whys=each["why"],
            is_recommended=each["is_recommended"],
        )
        for each in data["clause"]
    )
    return ClauseGroup(data["code"], data["name"], clauses)


def _language() -> str:
    return "de" if (get_language() or "en").startswith("de") else "en"
