"""From answers to needs: what a questionnaire's meanings make of what somebody answered. Pure reading.

A question says in its `meaning` what its answer is for:

- {"need": "topic"}        each option chosen is a need; its topic is the option's {"topic": CODE} or its code
- {"need": "urgency"}      a matrix: each row a topic, each column an {"urgency": "0".."3"}; 0 is no need
- {"need": "statement", "topic": CODE}   the words are a need of that topic; without a topic a person decides
- {"need": "country"}      the countries that the needs aim at; a need for each
- {"need": "how_soon"}     an option's {"urgency": "1".."3"}, for all needs that have none of their own
- {"need": "words"}        the member's own words for the needs
- {"expectation": "management"} or {"expectation": "cluster"}   each option chosen is an expectation

The last three needs' companions may name one question with {"of": CODE}; otherwise they hold for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.definition import OTHER, Definition, Kind, Question
from kontor.questionnaires.definition import Texts as Labels

LONGEST_STATEMENT = 2000
LONGEST_REFERENCE = 120
DEFAULT_URGENCY = 2


@dataclass(frozen=True)
class SaidNeed:
    """A need in an answer. topic: code, "" where a person must decide. urgency: 1 to 3."""

    question: str
    topic: str
    statement: str
    country: str = ""
    urgency: int = DEFAULT_URGENCY

    def reference(self, base: str) -> str:
        """Return where it was said, below the reference of the whole answer; the same at each reading."""
        return _short(f"{base}:{self.question}:{self.topic}:{self.country}")


@dataclass(frozen=True)
class SaidExpectation:
    """What is expected of whom: "management" or "cluster"."""

    question: str
    of: str
    code: str
    label: Labels

    def reference(self, base: str) -> str:
        """Return where it was said."""
        return _short(f"{base}:{self.question}:{self.of}:{self.code}")


def needs_said(definition: Definition, answers: Mapping[str, Any], language: str) -> tuple[SaidNeed, ...]:
    """Return the needs in the answers, each once, in the order of the questions."""
    found: dict[tuple[str, str, str], SaidNeed] = {}
    for question in definition.questions():
        if question.code in answers:
            for need in _of_question(definition, question, answers, language):
                for each in _aimed(definition, need, answers):
                    found.setdefault((each.topic, each.country, each.statement), each)
    return tuple(found.values())


def expectations_said(definition: Definition, answers: Mapping[str, Any]) -> tuple[SaidExpectation, ...]:
    """Return the expectations in the answers, in the order of the questions, without "other" ones."""
    return tuple(
        SaidExpectation(question.code, question.meaning["expectation"], code, option.label)
        for question in definition.questions()
        if question.meaning.get("expectation") in ("management", "cluster")
        for code in _chosen(question, answers)
        if (option := question.option(code)) is not None and not option.is_exclusive
    )


def _of_question(
    definition: Definition, question: Question, answers: Mapping[str, Any], language: str
) -> Iterator[SaidNeed]:
    what = question.meaning.get("need")
    if what == "topic":
        yield from _chosen_topics(definition, question, answers, language)
    elif what == "urgency" and question.kind == Kind.MATRIX:
        yield from _rated_topics(definition, question, answers, language)
    elif what == "statement" and question.kind == Kind.TEXT:
        topic = question.meaning.get("topic", "")
        yield SaidNeed(question.code, topic, str(answers[question.code])[:LONGEST_STATEMENT])


def _chosen_topics(
    definition: Definition, question: Question, answers: Mapping[str, Any], language: str
) -> Iterator[SaidNeed]:
    for code in _chosen(question, answers):
        option = question.option(code)
        if code == OTHER:
            yield SaidNeed(question.code, "", str(answers.get(question.code + WORDS, "")))
        elif option is not None and not option.is_exclusive:
            label = definition.say(option.label, language)
            yield SaidNeed(question.code, option.meaning.get("topic", code), label)


def _rated_topics(
    definition: Definition, question: Question, answers: Mapping[str, Any], language: str
) -> Iterator[SaidNeed]:
    rows = {row.code: row for row in question.rows}
    for code, column in answers[question.code].items():
        option = question.option(column)
        urgency = option.meaning.get("urgency", "0") if option else "0"
        if urgency in ("1", "2", "3") and code in rows:
            label = definition.say(rows[code].label, language)
            topic = rows[code].meaning.get("topic", code)
            yield SaidNeed(question.code, topic, label, urgency=int(urgency))


def _aimed(definition: Definition, need: SaidNeed, answers: Mapping[str, Any]) -> Iterator[SaidNeed]:
    """Yield the need with the words, the urgency and each country that other questions give it."""
    countries: list[str] = [""]
    for question in definition.questions():
        if question.code not in answers or question.meaning.get("of", need.question) != need.question:
            continue
        what, value = question.meaning.get("need"), answers[question.code]
        if what == "words":
            need = replace(need, statement=str(value)[:LONGEST_STATEMENT])
        elif what == "country" and value:
            countries = list(value) if isinstance(value, list) else [str(value)]
        elif what == "how_soon" and need.urgency == DEFAULT_URGENCY:
            need = replace(need, urgency=_urgency(question, value))
    for country in countries:
        yield replace(need, country=country[:2])


def _urgency(question: Question, value: object) -> int:
    option = question.option(str(value))
    said = option.meaning.get("urgency", "") if option else str(value)
    return int(said) if said in ("1", "2", "3") else DEFAULT_URGENCY


def _chosen(question: Question, answers: Mapping[str, Any]) -> list[str]:
    value = answers.get(question.code, [])
    return [value] if isinstance(value, str) else [str(code) for code in value]


def _short(reference: str) -> str:
    """Return a reference that fits its column; long ones end in a digest, so that they stay apart."""
    if len(reference) <= LONGEST_REFERENCE:
        return reference
    digest = hashlib.sha256(reference.encode()).hexdigest()[:16]
    return f"{reference[: LONGEST_REFERENCE - 17]}~{digest}"
