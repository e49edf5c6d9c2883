"""A questionnaire ready for a template: texts in one language, what is chosen, what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kontor.questionnaires.answers import PREFIX, WORDS, Fields, Reading, Vocabulary
from kontor.questionnaires.conditions import to_plain
from kontor.questionnaires.definition import OTHER, Definition, Kind, Question, Section
from kontor.ui.components import Text
from kontor.ui.errors import explain

# So many places a question with a long list shows at once; in a browser more come as they are filled.
FEW = 3
NOTHING = SafeString("")


@dataclass(frozen=True)
class ShownChoice:
    """Something to tick or to pick. rank: in a ranking, as typed."""

    code: str
    label: Text
    is_chosen: bool = False
    is_exclusive: bool = False
    name: str = ""
    rank: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A line of a matrix with its choices."""

    name: str
    label: str
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True)
class ShownQuestion:
    """One question as the page shows it. show_if: the condition for the browser, "" without one.

    slots: of countries and competences, what is chosen and empty ones to go on; offered: all as <option>.
    """

    number: int
    id: str
    name: str
    kind: str
    label: str
    help: str
    is_required: bool
    show_if: str
    is_hidden: bool
    problem: str
    value: str = ""
    choices: tuple[ShownChoice, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    ranks: tuple[int, ...] = ()
    most: int = 0
    slots: tuple[ShownChoice, ...] = ()
    offered: SafeString = NOTHING
    is_long: bool = False
    low: str = ""
    high: str = ""
    low_label: str = ""
    high_label: str = ""
    other_name: str = ""
    other_value: str = ""


@dataclass(frozen=True)
class ShownSection:
    """One page of questions."""

    code: str
    title: str
    intro: str
    show_if: str
    is_hidden: bool
    questions: tuple[ShownQuestion, ...]


@dataclass(frozen=True)
class Shown:
    """The whole questionnaire. problems: id of the question → (label, sentence), for the summary on top."""

    title: str
    intro: str
    thanks: str
    sections: tuple[ShownSection, ...]
    problems: tuple[tuple[str, str, str], ...] = field(default=())


@dataclass(frozen=True)
class Showing:
    """How to show it: language, what has been typed, what a reading found, what the cluster offers."""

    language: str
    fields: Fields
    reading: Reading
    vocabulary: Vocabulary
    other_label: Text
    tells_faults: bool = False


def shown(definition: Definition, how: Showing) -> Shown:
    """Return the questionnaire ready for `questionnaires/partials/questions.html`.

    Faults are shown only with `tells_faults`: an autosaved draft is not criticised.
    """
    sections, number = [], 0
    for section in definition.sections:
        questions = []
        for question in section.questions:
            number += question.takes_answer
            questions.append(_question(definition, question, number, how))
        sections.append(_section(definition, section, tuple(questions), how))
    return Shown(
        title=definition.say(definition.title, how.language),
        intro=definition.say(definition.intro, how.language),
        thanks=definition.say(definition.thanks, how.language),
        sections=tuple(sections),
        problems=tuple(
            (question.id, question.label, question.problem)
            for section in sections
            for question in section.questions
            if question.problem
        ),
    )


def _section(
    definition: Definition, section: Section, questions: tuple[ShownQuestion, ...], how: Showing
) -> ShownSection:
    return ShownSection(
        code=section.code,
        title=definition.say(section.title, how.language),
        intro=definition.say(section.intro, how.language),
        show_if=_condition(section),
        is_hidden=bool(section.questions) and all(q.code in how.reading.hidden for q in section.questions),
        questions=questions,
    )


def _question(definition: Definition, question: Question, number: int, how: Showing) -> ShownQuestion:
    fault = how.reading.faults.get(question.code) if how.tells_faults else None
    name, limits = PREFIX + question.code, question.range
    typed = list(how.fields.get(name, ()))
    slots, offered = _picks(question, typed, how)
    return ShownQuestion(
        number=number,
        # Codes may hold what a selector cannot; the place in the questionnaire can not.
        id=f"question-{number}" if question.takes_answer else f"note-{number}-{question.code}",
        name=name,
        kind=str(question.kind),
        label=definition.say(question.label, how.language),
        help=definition.say(question.help, how.language),
        is_required=question.is_required,
        show_if=_condition(question),
        # Hidden by its own condition only: the browser cannot show again what carries none.
        is_hidden=question.show_if is not None and question.code in how.reading.hidden,
        problem=explain(fault) if fault else "",
        value=typed[0] if typed else "",
        choices=_choices(definition, question, typed, how),
        slots=slots,
        offered=offered,
        rows=_rows(definition, question, how),
        ranks=tuple(range(1, (question.most or len(question.codes)) + 1)),
        most=question.most,
        is_long=question.is_long,
        low=_plain(limits.low),
        high=_plain(limits.high),
        low_label=definition.say(limits.low_label, how.language),
        high_label=definition.say(limits.high_label, how.language),
        other_name=name + WORDS if question.has_other else "",
        other_value=next(iter(how.fields.get(name + WORDS, ())), ""),
    )


def _picks(
    question: Question, typed: Sequence[str], how: Showing
) -> tuple[tuple[ShownChoice, ...], SafeString]:
    """Return what is chosen of a long list with empty places to go on, and the list once as HTML."""
    if question.kind not in (Kind.COUNTRY, Kind.COMPETENCE):
        return (), NOTHING
    names = how.vocabulary.of(question)
    chosen = [ShownChoice(code, names.get(code, code), is_chosen=True) for code in typed if code]
    most = question.most or len(names)
    places = max(min(most, FEW), min(most, len(chosen) + 1))
    empty = [ShownChoice("", "")] * max(0, places - len(chosen))
    offered = format_html_join("", '<option value="{}">{}</option>', names.items())
    return (*chosen, *empty), offered


def _choices(
    definition: Definition, question: Question, typed: Sequence[str], how: Showing
) -> tuple[ShownChoice, ...]:
    name = PREFIX + question.code
    if question.kind in (Kind.COUNTRY, Kind.COMPETENCE):
        offered: Mapping[str, str] = how.vocabulary.of(question)
        return tuple(ShownChoice(code, label, code in typed) for code, label in offered.items())
    if question.kind == Kind.SCALE:
        steps = range(int(question.range.low or 0), int(question.range.high or 0) + 1)
        return tuple(ShownChoice(str(step), str(step), str(step) in typed) for step in steps)
    alone = {option.code for option in question.options if option.is_exclusive}
    return tuple(
        ShownChoice(
            code=code,
            label=_label(definition, question, code, how),
            is_chosen=code in typed,
            is_exclusive=code in alone,
            name=f"{name}#{code}",
            rank=next(iter(how.fields.get(f"{name}#{code}", ())), ""),
        )
        for code in question.codes
    )


def _rows(definition: Definition, question: Question, how: Showing) -> tuple[ShownRow, ...]:
    if question.kind != Kind.MATRIX:
        return ()
    rows = []
    for row in question.rows:
        name = f"{PREFIX}{question.code}:{row.code}"
        chosen = next(iter(how.fields.get(name, ())), "")
        choices = tuple(
            ShownChoice(code, _label(definition, question, code, how), code == chosen)
            for code in question.codes
        )
        rows.append(ShownRow(name, definition.say(row.label, how.language), choices))
    return tuple(rows)


def _label(definition: Definition, question: Question, code: str, how: Showing) -> Text:
    option = question.option(code)
    if option is None:
        return how.other_label if code == OTHER else code
    return definition.say(option.label, how.language)


def _condition(part: Section | Question) -> str:
    return "" if part.show_if is None else json.dumps(to_plain(part.show_if), ensure_ascii=False)


def _plain(value: float | None) -> str:
    return "" if value is None else str(int(value) if value == int(value) else value)
