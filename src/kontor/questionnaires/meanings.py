"""What an answer can stand for, in words that a builder chooses from; `needs.said` reads it.

The vocabulary is the readers': {"need": …} and {"expectation": …}. What is written there otherwise is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kontor.questionnaires.definition import Kind
from kontor.ui.components import Text


@dataclass(frozen=True)
class Meaning:
    """One thing that an answer can stand for. key: "need:topic", "" for nothing further."""

    key: str
    label: Text
    explanation: Text
    kinds: frozenset[Kind]


_PICKED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})
MEANINGS: tuple[Meaning, ...] = (
    Meaning(
        "",
        _("Nothing further"),
        _("The answer is counted and shown, no need is made of it."),
        frozenset(Kind),
    ),
    Meaning(
        "need:topic",
        _("Each answer chosen is a need"),
        _("Say beside each answer under which topic it is kept."),
        _PICKED,
    ),
    Meaning(
        "need:urgency",
        _("Each row is a need, the column says how soon"),
        _("Say beside each row which topic it stands for, and beside each column how urgent it is."),
        frozenset({Kind.MATRIX}),
    ),
    Meaning(
        "need:statement",
        _("The words are a need"),
        _("The text becomes a need of its own; without a topic somebody decides later."),
        frozenset({Kind.TEXT}),
    ),
    Meaning(
        "need:words",
        _("The member’s own words for needs"),
        _("The text is kept with the needs of another question."),
        frozenset({Kind.TEXT}),
    ),
    Meaning(
        "need:country",
        _("The countries at which the needs aim"),
        _("Each need is kept for each of the countries."),
        frozenset({Kind.COUNTRY}),
    ),
    Meaning(
        "need:how_soon",
        _("How soon the needs matter"),
        _("Say beside each answer how urgent it is."),
        frozenset({Kind.SINGLE}),
    ),
    Meaning(
        "expectation:management",
        _("What is expected of the cluster management"),
        _("Each answer chosen counts as an expectation."),
        _PICKED,
    ),
    Meaning(
        "expectation:cluster",
        _("What is expected of the cluster as a whole"),
        _("Each answer chosen counts as an expectation."),
        _PICKED,
    ),
)
URGENCIES: tuple[tuple[str, Text], ...] = (
    ("0", _("no need")),
    ("1", _("some day")),
    ("2", _("soon")),
    ("3", _("urgent")),
)
# Meanings that may be bound to the needs of one other question.
COMPANIONS = ("need:words", "need:country", "need:how_soon")


def meanings_for(kind: Kind) -> tuple[Meaning, ...]:
    """Return what an answer of this kind can stand for."""
    return tuple(meaning for meaning in MEANINGS if kind in meaning.kinds)


def key_of(meaning: Mapping[str, str]) -> str:
    """Return the key of what a question's meaning says.

    >>> key_of({"need": "country", "of": "topics"})
    'need:country'
    """
    for word in ("need", "expectation"):
        if meaning.get(word):
            return f"{word}:{meaning[word]}"
    return ""


def label_of(meaning: Mapping[str, str]) -> Text:
    """Return what the answer stands for in words, "" for nothing or for what this room does not know."""
    key = key_of(meaning)
    return next((each.label for each in MEANINGS if each.key == key), "") if key else ""
