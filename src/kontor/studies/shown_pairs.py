"""Comparisons in pairs as the page asks them: in words, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.weighing_pairs import ANSWERS, asked_pairs, pair_field
from kontor.studies.weighing_structure import Group


@dataclass(frozen=True)
class ShownPair:
    """One comparison. options: (value, words, is chosen), from "first far ahead" to "second far ahead"."""

    field: str
    first: str
    second: str
    options: tuple[tuple[str, str, bool], ...]
    is_answered: bool


def pairs_of(group: Group, fields: Mapping[str, str]) -> tuple[ShownPair, ...]:
    """Return the comparisons that are asked, and any other that has been answered."""
    number = len(group.items)
    asked = asked_pairs(number)
    every = [(one, other) for one in range(number) for other in range(one + 1, number)]
    answered = [pair for pair in every if pair not in asked and fields.get(pair_field(group, *pair))]
    return tuple(_shown(group, one, other, fields) for one, other in [*asked, *answered])


def words_for(answer: str, first: str, second: str) -> str:
    """Say an answer in words: "A is clearly more important (5)"."""
    times, _slash, bottom = answer.partition("/")
    number = bottom or times
    if number == "1":
        return _("both are equally important (1)")
    return STRENGTHS[number]() % {"name": second if bottom else first}


STRENGTHS = {
    "2": lambda: _("%(name)s: equally to slightly more important (2)"),
    "3": lambda: _("%(name)s: slightly more important (3)"),
    "4": lambda: _("%(name)s: slightly to clearly more important (4)"),
    "5": lambda: _("%(name)s: clearly more important (5)"),
    "6": lambda: _("%(name)s: clearly to much more important (6)"),
    "7": lambda: _("%(name)s: much more important (7)"),
    "8": lambda: _("%(name)s: much to very much more important (8)"),
    "9": lambda: _("%(name)s: very much more important (9)"),
}


def _shown(group: Group, one: int, other: int, fields: Mapping[str, str]) -> ShownPair:
    first, second = group.items[one].name, group.items[other].name
    field = pair_field(group, one, other)
    typed = fields.get(field, "")
    options = tuple((each, words_for(each, first, second), each == typed) for each in ANSWERS)
    return ShownPair(field, first, second, options, typed in ANSWERS)
