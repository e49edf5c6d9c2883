"""The catalogue: five families of goals, each with what usually leads to it; read once, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).parent / "catalogue" / "goals.toml"
LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class CatalogueGoal:
    """A goal that many clusters set themselves.

    names, descriptions: language → text. indicators: language → examples. need_kinds: the kinds of need
    that usually lead to it; they suggest, they do not decide.
    """

    code: str
    family: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    indicators: Mapping[str, tuple[str, ...]]
    need_kinds: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Return where the catalogue's page holds it."""
        return self.code.replace(".", "-")

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]

    @property
    def description(self) -> str:
        """Return what it means, in the reader's language."""
        return self.descriptions[_language()]

    @property
    def example_indicators(self) -> tuple[str, ...]:
        """Return how it could be measured, in the reader's language."""
        return self.indicators[_language()]


@dataclass(frozen=True)
class Family:
    """A family of goals."""

    code: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    goals: tuple[CatalogueGoal, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[_language()]

    @property
    def description(self) -> str:
        """Return what holds the family together, in the reader's language."""
        return self.descriptions[_language()]


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Return the families in the order of the catalogue."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_family(each) for each in content["family"])


@lru_cache(maxsize=1)
def goals_by_code() -> Mapping[str, CatalogueGoal]:
    """Return every goal of the catalogue by its code."""
    return {goal.code: goal for family in families() for goal in family.goals}


def family_name(code: str) -> str:
    """Return a family's name in the reader's language; the code itself where it is unknown."""
    return next((family.name for family in families() if family.code == code), code)


def family_for(need_kind: str) -> str:
    """Return the code of the family with most goals that answer this kind of need."""
    return max(families(), key=lambda family: sum(need_kind in goal.need_kinds for goal in family.goals)).code


def _family(each: dict[str, Any]) -> Family:
    goals = tuple(
        CatalogueGoal(
            code=goal["code"],
            family=each["code"],
            names=goal["name"],
            descriptions=goal["description"],
            indicators={code: tuple(goal["example_indicators"][code]) for code in LANGUAGES},
            need_kinds=tuple(goal["need_kinds"]),
        )
        for goal in each["goal"]
    )
    return Family(each["code"], each["name"], each["description"], goals)


def _language() -> str:
    return "de" if (get_language() or "en").startswith("de") else "en"
