"""One answer in words: every question with what was said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format

from kontor.listening.queries.wording import Wording
from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.definition import Definition, Kind, Question


@dataclass(frozen=True)
class Spoken:
    """A question and what was said: lines, each a text; none without an answer. is_words: in own words."""

    label: str
    lines: tuple[str, ...]
    is_words: bool = False


def spoken(
    definition: Definition, answers: Mapping[str, Any], wording: Wording
) -> list[tuple[str, list[Spoken]]]:
    """Return (title, questions) of each section that was answered or asked."""
    found = []
    for section in definition.sections:
        said = [
            _spoken(question, answers, wording) for question in section.questions if question.takes_answer
        ]
        if said:
            found.append((wording.say(section.title), said))
    return found


def _spoken(question: Question, answers: Mapping[str, Any], wording: Wording) -> Spoken:
    label, value = wording.say(question.label), answers.get(question.code)
    if value is None:
        return Spoken(label, ())
    lines = _lines(question, value, wording)
    words = answers.get(question.code + WORDS)
    return Spoken(label, (*lines, *([str(words)] if words else [])), question.kind == Kind.TEXT)


def _lines(question: Question, value: Any, wording: Wording) -> tuple[str, ...]:
    if question.kind == Kind.MATRIX:
        return tuple(
            f"{wording.say(row.label)}: {wording.label(question, str(value[row.code]))}"
            for row in question.rows
            if row.code in value
        )
    if question.kind == Kind.RANKING:
        return tuple(f"{place}. {wording.label(question, str(code))}" for place, code in enumerate(value, 1))
    if isinstance(value, list):
        return tuple(wording.label(question, str(code)) for code in value)
    if question.kind == Kind.DATE:
        return (_day(str(value)),)
    if question.kind == Kind.NUMBER:
        return (number_format(value, use_l10n=True, force_grouping=True),)
    return (str(value) if question.kind == Kind.TEXT else wording.label(question, str(value)),)


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text
