"""A questionnaire as the builder lists it: one line for each question, faults with the place they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kontor.questionnaires.definition import Definition, Question, Section
from kontor.questionnaires.editing import place_of
from kontor.questionnaires.forms.fields import language_name
from kontor.questionnaires.kinds import kind_label
from kontor.questionnaires.meanings import label_of
from kontor.questionnaires.soundness import Problem
from kontor.questionnaires.wording import in_words
from kontor.ui.components import Text
from kontor.ui.errors import explain

MOST_ANSWERS = 4


@dataclass(frozen=True)
class OutlinedQuestion:
    """One line. place: through all sections; number: "" for a text to read; answers: the first few."""

    place: int
    number: str
    code: str
    label: str
    kind: Text
    is_required: bool
    condition: str
    meaning: Text
    answers: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class OutlinedSection:
    """A section with its lines."""

    place: int
    code: str
    title: str
    condition: str
    questions: tuple[OutlinedQuestion, ...]


@dataclass(frozen=True)
class PlacedFault:
    """One fault as a sentence, with where it is mended: "question", "section" or "frame"."""

    sentence: str
    where: str
    place: int
    label: str


def outlined(definition: Definition, language: str) -> tuple[OutlinedSection, ...]:
    """Return the sections with a line for each question."""
    total = sum(len(section.questions) for section in definition.sections)
    found, place, number = [], 0, 0
    for index, section in enumerate(definition.sections, 1):
        lines = []
        for question in section.questions:
            place += 1
            number += question.takes_answer
            line = _line(definition, question, place, language)
            is_end = index == len(definition.sections)
            lines.append(
                replace(
                    line,
                    number=str(number) if question.takes_answer else "",
                    is_first=place == 1 and index == 1,
                    is_last=place == total and is_end,
                )
            )
        condition = in_words(section.show_if, definition, language)
        title = definition.say(section.title, language)
        found.append(OutlinedSection(index, section.code, title, condition, tuple(lines)))
    return tuple(found)


def placed_faults(
    definition: Definition, faults: Sequence[Problem], language: str
) -> tuple[PlacedFault, ...]:
    """Return the faults as sentences with their places, in their order."""
    sections = {section.code: place for place, section in enumerate(definition.sections, 1)}
    return tuple(_placed(definition, fault, sections, language) for fault in faults)


def _line(definition: Definition, question: Question, place: int, language: str) -> OutlinedQuestion:
    labels = [definition.say(option.label, language) for option in question.options[:MOST_ANSWERS]]
    more = len(question.options) - len(labels)
    return OutlinedQuestion(
        place=place,
        number="",
        code=question.code,
        label=definition.say(question.label, language),
        kind=kind_label(question.kind),
        is_required=question.is_required,
        condition=in_words(question.show_if, definition, language),
        meaning=label_of(question.meaning),
        answers=" · ".join(filter(None, labels)) + (f" · +{more}" if more > 0 else ""),
        is_first=False,
        is_last=False,
    )


def _placed(definition: Definition, fault: Problem, sections: dict[str, int], language: str) -> PlacedFault:
    params = dict(fault.params)
    if "language" in params:
        params["language"] = language_name(str(params["language"]))
    if asked := definition.question(str(params.get("question", ""))):
        params["question"] = definition.say(asked.label, language) or asked.code
    sentence = explain(_Told(fault.code, params))
    place = place_of(definition, fault.where)
    if place:
        question = next(each for each in definition.questions() if each.code == fault.where)
        return PlacedFault(
            sentence, "question", place, definition.say(question.label, language) or fault.where
        )
    if fault.where in sections:
        section: Section = definition.sections[sections[fault.where] - 1]
        label = definition.say(section.title, language) or fault.where
        return PlacedFault(sentence, "section", sections[fault.where], label)
    return PlacedFault(sentence, "frame", 0, "")


class _Told(Exception):  # noqa: N818 - never raised; carries code and params to `explain`
    def __init__(self, code: str, params: dict[str, object]) -> None:
        super().__init__(code)
        self.code, self.params = code, params
