"""Build a questionnaire: pure functions from one definition to the next; nothing given is changed.

Places count from 1: of a question through all sections, of a section through the questionnaire. A place that
does not exist raises QuestionnaireError "questionnaire.no_such_place".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.text import slugify

from kontor.questionnaires.definition import Definition, Question, Section
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.renaming import with_renamed_code

LONGEST_CODE = 40
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

Part = TypeVar("Part")


def free_code(text: str, taken: Collection[str], stem: str = "question") -> str:
    """Return a short name made of `text` that is not among `taken`; of `stem` where the text gives none.

    >>> free_code("Zugang zu Märkten?", {"zugang_zu_maerkten"})
    'zugang_zu_maerkten_2'
    """
    plain = slugify(text.translate(_SPELT_OUT)).replace("-", "_").strip("_")[:LONGEST_CODE].strip("_")
    base = plain if re.match("[a-z]", plain) else f"{stem}_{plain}".strip("_")
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code


def spot(definition: Definition, place: int) -> tuple[int, int]:
    """Return (index of the section, index in the section) of the question at `place`."""
    left = place - 1
    for index, section in enumerate(definition.sections):
        if 0 <= left < len(section.questions):
            return index, left
        left -= len(section.questions)
    raise QuestionnaireError("questionnaire.no_such_place")


def question_at(definition: Definition, place: int) -> Question:
    """Return the question at `place`."""
    section, index = spot(definition, place)
    return definition.sections[section].questions[index]


def place_of(definition: Definition, code: str) -> int:
    """Return the place of the first question of that code, 0 where there is none."""
    codes = [question.code for question in definition.questions()]
    return codes.index(code) + 1 if code in codes else 0


def add_question(
    definition: Definition, question: Question, section: int, at: int | None = None
) -> Definition:
    """Put a question into the section at that place, last or at index `at`; its code is made unique."""
    taken = {each.code for each in definition.questions()}
    if question.code in taken or not question.code:
        text = question.code or next(filter(None, question.label.values()), "")
        question = replace(question, code=free_code(text, taken))
    found = _section_at(definition, section)
    end = len(found.questions) if at is None else max(0, min(at, len(found.questions)))
    questions = (*found.questions[:end], question, *found.questions[end:])
    return _with_section(definition, section, replace(found, questions=questions))


def replace_question(definition: Definition, place: int, question: Question) -> Definition:
    """Put `question` in the place of another; conditions that ask for it follow a new code."""
    section, index = spot(definition, place)
    was = definition.sections[section].questions[index]
    taken = {each.code for each in definition.questions() if each is not was}
    if question.code in taken and question.code != was.code:
        raise QuestionnaireError("questionnaire.code_twice")
    questions = list(definition.sections[section].questions)
    questions[index] = question
    changed = replace(definition.sections[section], questions=tuple(questions))
    done = _with_section(definition, section + 1, changed)
    # Where two questions had the code, conditions may mean the other one: they are left alone.
    is_only = was.code not in taken
    return with_renamed_code(done, was.code, question.code) if is_only else done


def remove_question(definition: Definition, place: int) -> Definition:
    """Take the question out; conditions that ask for it stay and are reported as faults."""
    section, index = spot(definition, place)
    found = definition.sections[section]
    kept = (*found.questions[:index], *found.questions[index + 1 :])
    return _with_section(definition, section + 1, replace(found, questions=kept))


def duplicate_question(definition: Definition, place: int) -> Definition:
    """Put a copy under a code of its own right behind the question."""
    section, index = spot(definition, place)
    return add_question(definition, definition.sections[section].questions[index], section + 1, index + 1)


def move_question(definition: Definition, place: int, step: int) -> Definition:
    """Move a question one up (-1) or down (1); past the end of its section it goes into the next one."""
    section, index = spot(definition, place)
    questions = list(definition.sections[section].questions)
    to = index + step
    if 0 <= to < len(questions):
        questions.insert(to, questions.pop(index))
        changed = replace(definition.sections[section], questions=tuple(questions))
        return _with_section(definition, section + 1, changed)
    neighbour = section + step
    if not 0 <= neighbour < len(definition.sections):
        return definition
    at = len(definition.sections[neighbour].questions) if step < 0 else 0
    return move_to_section(definition, place, neighbour + 1, at)


def move_to_section(definition: Definition, place: int, section: int, at: int | None = None) -> Definition:
    """Move a question to the end of another section, or to index `at` of it; into its own one: no change."""
    origin, _index = spot(definition, place)
    _section_at(definition, section)
    if origin + 1 == section:
        return definition
    question = question_at(definition, place)
    without = remove_question(definition, place)
    target = _section_at(without, section)
    end = len(target.questions) if at is None else at
    questions = (*target.questions[:end], question, *target.questions[end:])
    return _with_section(without, section, replace(target, questions=questions))


def add_section(definition: Definition, section: Section, at: int | None = None) -> Definition:
    """Put a section last or at index `at`; its code and those of its questions are made unique."""
    taken = {each.code for each in definition.sections}
    if section.code in taken or not section.code:
        text = section.code or next(filter(None, section.title.values()), "")
        section = replace(section, code=free_code(text, taken, "section"))
    sections = list(definition.sections)
    sections.insert(len(sections) if at is None else at, replace(section, questions=()))
    done = replace(definition, sections=tuple(sections))
    place = next(n for n, each in enumerate(done.sections, 1) if each.code == section.code)
    for question in section.questions:
        done = add_question(done, question, place)
    return done


def replace_section(definition: Definition, place: int, section: Section) -> Definition:
    """Put the texts and the condition of `section` in the place of those that are there."""
    found = _section_at(definition, place)
    kept = replace(section, code=found.code, questions=found.questions)
    return _with_section(definition, place, kept)


def remove_section(definition: Definition, place: int) -> Definition:
    """Take a section out with its questions."""
    _section_at(definition, place)
    sections = (*definition.sections[: place - 1], *definition.sections[place:])
    return replace(definition, sections=sections)


def move_section(definition: Definition, place: int, step: int) -> Definition:
    """Move a section with its questions one up (-1) or down (1); at the end nothing changes."""
    _section_at(definition, place)
    return replace(definition, sections=tuple(moved(definition.sections, place - 1, step)))


def moved(parts: Sequence[Part], index: int, step: int) -> list[Part]:
    """Return the parts with the one at `index` moved by `step`, unchanged where it would leave the list."""
    done = list(parts)
    if 0 <= index < len(done) and 0 <= index + step < len(done):
        done.insert(index + step, done.pop(index))
    return done


def _section_at(definition: Definition, place: int) -> Section:
    if not 1 <= place <= len(definition.sections):
        raise QuestionnaireError("questionnaire.no_such_place")
    return definition.sections[place - 1]


def _with_section(definition: Definition, place: int, section: Section) -> Definition:
    sections = list(definition.sections)
    sections[place - 1] = section
    return replace(definition, sections=tuple(sections))
