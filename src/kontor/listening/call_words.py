"""Answers of a talk as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kontor.questionnaires.answers import WORDS, Fields, Vocabulary, names_of
from kontor.questionnaires.definition import OTHER, Definition, Kind, Question


def told(
    definition: Definition, answers: Mapping[str, Any], vocabulary: Vocabulary, language: str
) -> list[tuple[str, str]]:
    """Return question → answer in words, for all that was answered, in the order of the questions."""
    return [
        (
            definition.say(question.label, language),
            _said(definition, question, answers, (vocabulary, language)),
        )
        for question in definition.questions()
        if question.code in answers
    ]


def typed_words(definition: Definition, fields: Fields, language: str) -> list[tuple[str, str]]:
    """Return question → what stands in its fields, read or not, so that a person can copy it."""
    found = []
    for question in definition.questions() if definition else ():
        texts = [text for name in names_of(question) for text in fields.get(name, ()) if text]
        if texts:
            found.append((definition.say(question.label, language), ", ".join(texts)))
    return found


def _said(
    definition: Definition, question: Question, answers: Mapping[str, Any], how: tuple[Vocabulary, str]
) -> str:
    vocabulary, language = how
    value = answers[question.code]

    def label(code: str) -> str:
        if code == OTHER:
            return str(answers.get(question.code + WORDS, "")) or _("Other")
        option = question.option(code)
        return definition.say(option.label, language) if option else code

    if question.kind in (Kind.COUNTRY, Kind.COMPETENCE):
        return ", ".join(str(vocabulary.of(question).get(code, code)) for code in value)
    if question.kind == Kind.MATRIX:
        rows = {row.code: definition.say(row.label, language) for row in question.rows}
        return "; ".join(f"{rows.get(row, row)}: {label(code)}" for row, code in value.items())
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING):
        return ", ".join(label(code) for code in ([value] if isinstance(value, str) else value))
    if question.kind == Kind.DATE and (day := parse_date(value)):
        return date_format(day, "SHORT_DATE_FORMAT")
    return str(value)
