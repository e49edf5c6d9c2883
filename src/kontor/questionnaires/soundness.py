"""What is wrong with a questionnaire, all at once, each fault with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kontor.questionnaires.conditions import Condition, questions_in
from kontor.questionnaires.definition import CHOOSING, OTHER, Definition, Kind, Question, Section

MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS, WIDEST_SCALE = 300, 300, 60, 11
LONGEST_TEXT = 5000
QUESTION_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")
OPTION_CODE = re.compile(r"[^\s:~#]{1,120}")


@dataclass(frozen=True)
class Problem:
    """One fault. where: code of the question or section, "" for the whole questionnaire."""

    code: str
    where: str = ""
    params: dict[str, object] = field(default_factory=dict)


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Return every fault that forbids asking this; empty for a sound questionnaire."""
    return (*_of_the_whole(definition), *_of_the_codes(definition), *_of_the_parts(definition))


def gaps(definition: Definition) -> tuple[Problem, ...]:
    """Return where a text is missing in a language, once for each place; the first language stands in."""
    missing = {
        (where, language)
        for where, texts in _texts(definition)
        for language in definition.languages
        if any(texts.values()) and not texts.get(language)
    }
    places = dict.fromkeys(where for where, _ in _texts(definition))
    return tuple(
        Problem("questionnaire.not_translated", where, {"language": language})
        for where in places
        for language in definition.languages
        if (where, language) in missing
    )


def _texts(definition: Definition) -> Iterator[tuple[str, dict[str, str]]]:
    yield "", dict(definition.title)
    yield "", dict(definition.intro)
    yield "", dict(definition.thanks)
    for section in definition.sections:
        yield section.code, dict(section.title)
        yield section.code, dict(section.intro)
        for question in section.questions:
            yield question.code, dict(question.label)
            yield question.code, dict(question.help)
            for option in question.options:
                yield question.code, dict(option.label)
            for row in question.rows:
                yield question.code, dict(row.label)


def _of_the_whole(definition: Definition) -> Iterator[Problem]:
    questions = list(definition.questions())
    if not definition.languages:
        yield Problem("questionnaire.no_language")
    if not any(definition.title.values()):
        yield Problem("questionnaire.no_title")
    if not any(question.takes_answer for question in questions):
        yield Problem("questionnaire.no_question")
    if len(questions) > MOST_QUESTIONS:
        yield Problem("questionnaire.too_many_questions", params={"most": MOST_QUESTIONS})
    for where, texts in _texts(definition):
        if any(len(text) > LONGEST_TEXT for text in texts.values()):
            yield Problem("questionnaire.text_too_long", where, {"most": LONGEST_TEXT})


def _of_the_codes(definition: Definition) -> Iterator[Problem]:
    for code, count in Counter(question.code for question in definition.questions()).items():
        if count > 1:
            yield Problem("questionnaire.code_twice", code)
        if not QUESTION_CODE.fullmatch(code):
            yield Problem("questionnaire.code_malformed", code)
    for code, count in Counter(section.code for section in definition.sections).items():
        if count > 1:
            yield Problem("questionnaire.section_twice", code)


def _of_the_parts(definition: Definition) -> Iterator[Problem]:
    earlier: set[str] = set()
    every = {question.code for question in definition.questions()}
    for section in definition.sections:
        yield from _of_condition(section, section.show_if, earlier, every)
        for question in section.questions:
            yield from _of_condition(question, question.show_if, earlier, every)
            yield from _of_question(question)
            earlier.add(question.code)


def _of_condition(
    part: Section | Question, condition: Condition | None, earlier: set[str], every: set[str]
) -> Iterator[Problem]:
    for code in dict.fromkeys(questions_in(condition)):
        if code not in every:
            yield Problem("questionnaire.condition_unknown", part.code, {"question": code})
        elif code not in earlier:
            yield Problem("questionnaire.condition_looks_ahead", part.code, {"question": code})


def _of_question(question: Question) -> Iterator[Problem]:
    if not any(question.label.values()):
        yield Problem("questionnaire.no_label", question.code)
    if question.kind in CHOOSING:
        yield from _of_options(question)
    if question.kind == Kind.MATRIX:
        yield from _of_rows(question)
    if question.kind == Kind.SCALE:
        yield from _of_scale(question)
    limits = question.range
    if limits.low is not None and limits.high is not None and limits.low > limits.high:
        yield Problem("questionnaire.range_reversed", question.code)


def _of_options(question: Question) -> Iterator[Problem]:
    codes = [option.code for option in question.options]
    if not codes:
        yield Problem("questionnaire.no_options", question.code)
    if len(codes) > MOST_OPTIONS:
        yield Problem("questionnaire.too_many_options", question.code, {"most": MOST_OPTIONS})
    for code, count in Counter(codes).items():
        if count > 1:
            yield Problem("questionnaire.option_twice", question.code, {"option": code})
        if not OPTION_CODE.fullmatch(code) or code == OTHER:
            yield Problem("questionnaire.option_malformed", question.code, {"option": code})
    for option in question.options:
        if not any(option.label.values()):
            yield Problem("questionnaire.option_no_label", question.code, {"option": option.code})


def _of_rows(question: Question) -> Iterator[Problem]:
    codes = [row.code for row in question.rows]
    if not codes:
        yield Problem("questionnaire.no_rows", question.code)
    if len(codes) > MOST_ROWS:
        yield Problem("questionnaire.too_many_rows", question.code, {"most": MOST_ROWS})
    for code, count in Counter(codes).items():
        if count > 1 or not OPTION_CODE.fullmatch(code):
            yield Problem("questionnaire.row_twice_or_malformed", question.code, {"row": code})


def _of_scale(question: Question) -> Iterator[Problem]:
    low, high = question.range.low, question.range.high
    if low is None or high is None or low != int(low) or high != int(high) or low >= high:
        yield Problem("questionnaire.scale_limits", question.code)
    elif high - low + 1 > WIDEST_SCALE:
        yield Problem("questionnaire.scale_too_wide", question.code, {"most": WIDEST_SCALE})
