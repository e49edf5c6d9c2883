"""The form of a question, or of a section's condition, ready for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kontor.questionnaires.conditions import Condition
from kontor.questionnaires.definition import CHOOSING, OTHER, Definition, Kind, Question
from kontor.questionnaires.forms.condition import ShownTest, Test, shown_tests
from kontor.questionnaires.forms.fields import TextField, text_fields
from kontor.questionnaires.forms.lines import ShownLine, shown_lines
from kontor.questionnaires.forms.question import MANY, WITH_OTHER, QuestionForm
from kontor.questionnaires.kinds import KINDS, KindInWords
from kontor.questionnaires.meanings import COMPANIONS, URGENCIES, Meaning, key_of, meanings_for
from kontor.questionnaires.wording import in_words
from kontor.ui.components import Text

Names = Mapping[Kind, Mapping[str, Text]]


@dataclass(frozen=True)
class Offer:
    """What the page may offer: names of countries and competences, topics, the builder's language."""

    language: str
    names: Names = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownCondition:
    """When it is asked. words: one too nested for lines, told in words; earlier: what it may ask for."""

    join: str
    tests: tuple[ShownTest, ...]
    words: str
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownForm:
    """All fields of the form of a question; has_…: which groups this kind has."""

    kind: KindInWords
    kinds: tuple[KindInWords, ...]
    code: str
    labels: tuple[TextField, ...]
    helps: tuple[TextField, ...]
    is_required: bool
    options: tuple[ShownLine, ...]
    rows: tuple[ShownLine, ...]
    low_labels: tuple[TextField, ...]
    high_labels: tuple[TextField, ...]
    numbers: Mapping[str, str]
    is_whole: bool
    is_long: bool
    has_other: bool
    shows: frozenset[str]
    condition: ShownCondition
    meanings: tuple[Meaning, ...]
    meaning: str
    meaning_of: str
    meaning_topic: str
    others: tuple[tuple[str, str], ...]
    topics: Mapping[str, str]
    urgencies: tuple[tuple[str, Text], ...]
    faults: Mapping[str, str]
    other_code: str = OTHER


def shown_form(form: QuestionForm, place: int, offer: Offer) -> ShownForm:
    """Return the form for the page; place: of the question, 0 for a new one."""
    question, languages = form.typed, form.definition.languages
    faults = form.faults if form.act.name == "save" else {}
    return ShownForm(
        kind=next(each for each in KINDS if each.kind == question.kind),
        kinds=KINDS,
        code=question.code,
        labels=text_fields("label", languages, question.label),
        helps=text_fields("help", languages, question.help),
        is_required=question.is_required,
        options=shown_lines(form.options, "option", languages, form.blanks["option"]),
        rows=shown_lines(form.rows, "row", languages, form.blanks["row"]),
        low_labels=text_fields("low_label", languages, question.range.low_label),
        high_labels=text_fields("high_label", languages, question.range.high_label),
        numbers=_numbers(question) | form.raw,
        is_whole=question.range.is_whole,
        is_long=question.is_long,
        has_other=question.has_other,
        shows=_groups(question),
        condition=shown_condition(
            form.definition,
            earlier_questions(form.definition, place, form.section, offer.language),
            offer,
            stored=form.typed.show_if if form.is_nested else None,
            typed=(form.join, [*form.tests, *[Test("")] * form.extra_tests]),
        ),
        meanings=meanings_for(question.kind),
        meaning=key_of(question.meaning),
        meaning_of=question.meaning.get("of", ""),
        meaning_topic=question.meaning.get("topic", ""),
        others=_others(form.definition, question, offer.language),
        topics=_with_unknown_topics(question, offer.topics),
        urgencies=URGENCIES,
        faults=faults,
    )


def shown_condition(
    definition: Definition,
    earlier: tuple[tuple[str, str], ...],
    offer: Offer,
    *,
    stored: Condition | None,
    typed: tuple[str, list[Test]],
) -> ShownCondition:
    """Return a condition for the page; stored: one that lines cannot tell; typed: join and lines."""
    names = {code: name for found in offer.names.values() for code, name in found.items()}
    join, tests = typed
    known = dict(earlier)
    strange = [
        (test.question, test.question) for test in tests if test.question and test.question not in known
    ]
    return ShownCondition(
        join=join,
        tests=shown_tests(tests, definition, offer.names, offer.language),
        words=in_words(stored, definition, offer.language, names),
        earlier=(*earlier, *dict.fromkeys(strange)),
    )


def earlier_questions(
    definition: Definition, place: int, section: int, language: str
) -> tuple[tuple[str, str], ...]:
    """Return (code, label) of the questions before `place`, or up to the end of `section` for a new one."""
    found: list[tuple[str, str]] = []
    number = 0
    for index, each in enumerate(definition.sections, 1):
        if not place and index > section:
            break
        for question in each.questions:
            number += 1
            if place and number >= place:
                return tuple(found)
            if question.takes_answer:
                found.append((question.code, named(definition, question, number, language)))
    return tuple(found)


def named(definition: Definition, question: Question, number: int, language: str) -> str:
    """Return a question in one short line, its number first."""
    label = " ".join(definition.say(question.label, language).split()) or question.code
    return f"{number}. {label if len(label) <= 90 else label[:89].rstrip() + '…'}"


def _groups(question: Question) -> frozenset[str]:
    kind, meaning = question.kind, key_of(question.meaning)
    groups = {
        "answer": kind != Kind.NOTE,
        "options": kind in CHOOSING,
        "rows": kind == Kind.MATRIX,
        "exclusive": kind == Kind.MULTIPLE or (kind in WITH_OTHER and bool(meaning)),
        "other": kind in WITH_OTHER,
        "most": kind in MANY,
        "scale": kind == Kind.SCALE,
        "number": kind == Kind.NUMBER,
        "long": kind == Kind.TEXT,
        "option_topics": meaning == "need:topic",
        "row_topics": meaning == "need:urgency",
        "option_urgency": meaning in ("need:urgency", "need:how_soon"),
        "meaning_of": meaning in COMPANIONS,
        "meaning_topic": meaning == "need:statement",
    }
    return frozenset(name for name, is_shown in groups.items() if is_shown)


def _numbers(question: Question) -> dict[str, str]:
    limits = question.range
    return {
        "low": "" if limits.low is None else f"{limits.low:.15g}",
        "high": "" if limits.high is None else f"{limits.high:.15g}",
        "most": str(question.most or ""),
    }


def _others(definition: Definition, question: Question, language: str) -> tuple[tuple[str, str], ...]:
    """Return the questions whose needs this one may speak of."""
    found = [
        (each.code, named(definition, each, number, language))
        for number, each in enumerate(definition.questions(), 1)
        if each.code != question.code
        and key_of(each.meaning) in ("need:topic", "need:urgency", "need:statement")
    ]
    named_now = question.meaning.get("of", "")
    if named_now and named_now not in dict(found):
        found.append((named_now, named_now))
    return tuple(found)


def _with_unknown_topics(question: Question, topics: Mapping[str, str]) -> dict[str, str]:
    """Return the topics with those that are used here and that nobody offers, by their short name."""
    meanings = [question.meaning, *(part.meaning for part in question.options)]
    meanings += [row.meaning for row in question.rows]
    used = [meaning.get("topic", "") for meaning in meanings]
    return dict(topics) | {code: code for code in used if code and code not in topics}
