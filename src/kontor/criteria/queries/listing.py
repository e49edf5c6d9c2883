"""The catalogue as a list: one filter for page and export, with counts for the chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from kontor.criteria.models import Criterion
from kontor.criteria.reference import Family
from kontor.criteria.texts import texts_of
from kontor.imports.folding import folded

FACETS = ("family", "origin", "filled", "knock_out", "state")
_KNOWN = {
    "origin": ("guide", "own"),
    "filled": ("yes", "no"),
    "knock_out": ("yes",),
    "state": ("active", "off"),
}


@dataclass(frozen=True)
class CriterionFilter:
    """What the list is narrowed to; every value may come from an address and is checked here.

    family: code. origin: "guide" or "own". filled: "yes" for those that the program fills, "no" for the
    others. knock_out: "yes" for those with a threshold. state: "active" or "off". "" stands for all.
    """

    q: str = ""
    family: str = ""
    origin: str = ""
    filled: str = ""
    knock_out: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], families: Iterable[Family]) -> CriterionFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        known = _KNOWN | {"family": tuple(family.code for family in families)}
        chosen = {name: query.get(name, "") for name in FACETS}
        q = query.get("q", "").replace("\x00", "").strip()[:200]
        return cls(q=q, **{name: value for name, value in chosen.items() if value in known[name]})

    @property
    def is_narrowed(self) -> bool:
        """True where anything is set."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def kept(self) -> dict[str, str]:
        """Return the chips that are set, for the search form to carry along."""
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}


@dataclass(frozen=True)
class Listing:
    """The criteria that fit, and how many each chip would show with the other chips as they are."""

    criteria: tuple[Criterion, ...]
    counts: Mapping[str, Counter[str]]


def listed(criteria: Iterable[Criterion], chosen: CriterionFilter) -> Listing:
    """Return what the filter lets through of criteria at hand. Asks nothing."""
    words = folded(chosen.q).split()
    found = []
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for criterion in criteria:
        searched = _searched(criterion) if words else ""
        if not all(word in searched for word in words):
            continue
        values = _values(criterion)
        failing = [name for name in FACETS if getattr(chosen, name) and getattr(chosen, name) != values[name]]
        if not failing:
            found.append(criterion)
        for facet in FACETS if not failing else failing if len(failing) == 1 else ():
            counts[facet][values[facet]] += 1
    return Listing(tuple(found), counts)


def _values(criterion: Criterion) -> dict[str, str]:
    return {
        "family": criterion.family,
        "origin": "own" if criterion.is_own else "guide",
        "filled": "yes" if criterion.source else "no",
        "knock_out": "yes" if criterion.has_knock_out else "",
        "state": "active" if criterion.is_active else "off",
    }


def _searched(criterion: Criterion) -> str:
    """Return all words of a criterion in both languages, folded."""
    texts = (criterion.name, criterion.meaning, criterion.evidence, criterion.unit)
    return folded(" ".join(text for each in texts for text in texts_of(each).values()))
