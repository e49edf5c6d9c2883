"""What a questionnaire asks: sections, questions and options in several languages, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kontor.questionnaires.conditions import Condition

# Language → text. A language that is missing falls back to the questionnaire's first one.
Texts: TypeAlias = Mapping[str, str]

OTHER = "_other"  # the option that every question with `has_other` offers last


class Kind(StrEnum):
    """What a question takes as an answer, and how the answer is stored."""

    SINGLE = "single"  # code of an option: "market"
    MULTIPLE = "multiple"  # list of codes, in the order of the options: ["market", "_other"]
    SCALE = "scale"  # int, `low` to `high`
    MATRIX = "matrix"  # code of a row → code of an option; rows without an answer are left out
    RANKING = "ranking"  # list of codes, the most important first; may be shorter than the options
    NUMBER = "number"  # int or float
    DATE = "date"  # "2026-11-24"
    COUNTRY = "country"  # list of ISO 3166-1 codes
    COMPETENCE = "competence"  # list of codes of the cluster's taxonomy
    TEXT = "text"  # text, up to 100,000 characters
    NOTE = "note"  # nothing: a text to read


CHOOSING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX})


@dataclass(frozen=True)
class Option:
    """One answer to choose. is_exclusive: "none of these", which stands alone.

    meaning: what rooms above read from it, such as {"topic": "market_access"}.
    """

    code: str
    label: Texts
    is_exclusive: bool = False
    meaning: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of a matrix."""

    code: str
    label: Texts
    meaning: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Range:
    """Limits of a scale (whole numbers, both needed) or of a number (None: no limit)."""

    low: float | None = None
    high: float | None = None
    low_label: Texts = field(default_factory=dict)
    high_label: Texts = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True)
class Question:
    """One question.

    code:    name of the answer, unique in the questionnaire.
    rows:    of a matrix; its options are the columns.
    most:    most options, countries or competences that may be chosen; 0 for any number.
    is_long: a text of several lines.
    meaning: what rooms above read from the answer, such as {"need": "topic"}; see needs.from_answers.
    """

    code: str
    kind: Kind
    label: Texts
    help: Texts = field(default_factory=dict)
    is_required: bool = False
    show_if: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    has_other: bool = False
    most: int = 0
    range: Range = Range()
    is_long: bool = False
    meaning: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return what may be chosen, "other" last."""
        return (*(option.code for option in self.options), *((OTHER,) if self.has_other else ()))

    @property
    def takes_answer(self) -> bool:
        """True for all but notes."""
        return self.kind != Kind.NOTE

    def option(self, code: str) -> Option | None:
        """Return the option of that code, None for "other" and unknown ones."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Section:
    """Questions that stand on one page."""

    code: str
    title: Texts
    questions: tuple[Question, ...]
    intro: Texts = field(default_factory=dict)
    show_if: Condition | None = None


@dataclass(frozen=True)
class Definition:
    """A questionnaire. languages: codes, the first one is the fallback."""

    title: Texts
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    intro: Texts = field(default_factory=dict)
    thanks: Texts = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Yield all questions in their order."""
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Question | None:
        """Return the question of that code."""
        return next((each for each in self.questions() if each.code == code), None)

    def say(self, texts: Texts, language: str) -> str:
        """Return a text in `language`, else in the first language that has it, else ""."""
        for code in (language, *self.languages):
            if texts.get(code):
                return texts[code]
        return next((text for text in texts.values() if text), "")
