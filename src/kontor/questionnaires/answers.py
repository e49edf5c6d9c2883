"""Answers: what a form posts, read into values, checked, and turned back into the form without loss.

A form posts *fields*: name → texts, exactly as typed. *Answers* are question code → value, in the shape that
`definition.Kind` states. Drafts are kept as fields, so that not even a mistyped number is lost; answers are
read from them when somebody submits.

Names of fields: `q-CODE`; a row of a matrix `q-CODE:ROW`; the rank of an option `q-CODE#OPTION`; the words
behind "other" `q-CODE~other`, kept among the answers as `CODE~other`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from kontor.questionnaires.definition import OTHER, Definition, Kind, Question, Section
from kontor.questionnaires.problems import QuestionnaireError

Fields: TypeAlias = Mapping[str, Sequence[str]]

PREFIX, WORDS = "q-", "~other"
LONGEST_ANSWER, LONGEST_OTHER = 100_000, 2_000
LARGEST_NUMBER = 1e15


@dataclass(frozen=True)
class Vocabulary:
    """What country and competence questions offer: code → name in the reader's language, in reading order."""

    countries: Mapping[str, str] = field(default_factory=dict)
    competences: Mapping[str, str] = field(default_factory=dict)

    def of(self, question: Question) -> Mapping[str, str]:
        """Return what a question of kind country or competence offers."""
        return self.countries if question.kind == Kind.COUNTRY else self.competences


@dataclass(frozen=True)
class Reading:
    """What a form said. answers: of the questions that were asked and answered rightly.

    faults: question code → why its answer cannot be taken. hidden: codes that the conditions leave out.
    """

    answers: dict[str, Any]
    faults: dict[str, QuestionnaireError]
    hidden: frozenset[str]


def names_of(question: Question) -> list[str]:
    """Return the names of all fields of a question."""
    name = PREFIX + question.code
    names = {
        Kind.MATRIX: [f"{name}:{row.code}" for row in question.rows],
        Kind.RANKING: [f"{name}#{code}" for code in question.codes],
    }.get(question.kind, [name])
    return [*names, name + WORDS] if question.has_other else names


def fields_in(definition: Definition, posted: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the fields of the questionnaire out of a posted form (Django's QueryDict or a plain mapping)."""
    taken = {}
    for question in definition.questions():
        for name in names_of(question) if question.takes_answer else ():
            if name in posted:
                given = posted.getlist(name) if hasattr(posted, "getlist") else posted[name]
                taken[name] = [str(each).replace("\x00", "") for each in given]
    return taken


def read(definition: Definition, fields: Fields, vocabulary: Vocabulary, *, is_final: bool = True) -> Reading:
    """Return the answers that the fields hold; unanswered required questions are faults only if `is_final`.

    Conditions see the answers of earlier questions that were asked themselves. What is hidden is left out.
    """
    answers: dict[str, Any] = {}
    faults: dict[str, QuestionnaireError] = {}
    hidden: set[str] = set()
    for section, question in _asked(definition):
        if not (_is_shown(section, answers) and _is_shown(question, answers)):
            hidden.add(question.code)
        elif question.takes_answer:
            try:
                _take(question, fields, vocabulary, answers)
                if is_final and question.is_required and question.code not in answers:
                    raise QuestionnaireError("answer.required")
            except QuestionnaireError as fault:
                answers.pop(question.code, None)
                faults[question.code] = fault
    return Reading(answers, faults, frozenset(hidden))


def fields_of(definition: Definition, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the fields that show `answers` in the form again; the way back from `read`."""
    found: dict[str, list[str]] = {}
    for question in definition.questions():
        if question.code in answers:
            found.update(_fields_of(question, answers[question.code]))
        words = answers.get(question.code + WORDS)
        if words:
            found[PREFIX + question.code + WORDS] = [str(words)]
    return found


def _asked(definition: Definition) -> Iterator[tuple[Section, Question]]:
    for section in definition.sections:
        for question in section.questions:
            yield section, question


def _is_shown(part: Section | Question, answers: Mapping[str, Any]) -> bool:
    return part.show_if is None or part.show_if.holds(answers)


def _take(question: Question, fields: Fields, vocabulary: Vocabulary, answers: dict[str, Any]) -> None:
    value = _READERS[question.kind](question, fields, vocabulary)
    if value not in (None, "", [], {}):
        answers[question.code] = value
    words = _first(fields, PREFIX + question.code + WORDS).strip()
    held = [value] if isinstance(value, str) else value or []
    if question.has_other and OTHER in held:
        if len(words) > LONGEST_OTHER:
            raise QuestionnaireError("answer.too_long", most=LONGEST_OTHER)
        if not words:
            raise QuestionnaireError("answer.other_without_words")
        answers[question.code + WORDS] = words


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _all(fields: Fields, name: str) -> list[str]:
    return [each for each in fields.get(name, ()) if each != ""]


def _single(question: Question, fields: Fields, _vocabulary: Vocabulary) -> str | None:
    value = _first(fields, PREFIX + question.code)
    if value and value not in question.codes:
        raise QuestionnaireError("answer.not_offered", found=value)
    return value or None


def _multiple(question: Question, fields: Fields, _vocabulary: Vocabulary) -> list[str]:
    chosen = _all(fields, PREFIX + question.code)
    _refuse_strange(chosen, question.codes)
    kept = [code for code in question.codes if code in chosen]
    alone = [option.code for option in question.options if option.is_exclusive and option.code in kept]
    if alone and len(kept) > 1:
        raise QuestionnaireError("answer.stands_alone")
    return _at_most(question, kept)


def _scale(question: Question, fields: Fields, _vocabulary: Vocabulary) -> int | None:
    value = _first(fields, PREFIX + question.code)
    if not value:
        return None
    low, high = int(question.range.low or 0), int(question.range.high or 0)
    if value not in {str(step) for step in range(low, high + 1)}:
        raise QuestionnaireError("answer.not_offered", found=value[:40])
    return int(value)


def _matrix(question: Question, fields: Fields, _vocabulary: Vocabulary) -> dict[str, str]:
    found = {row.code: _first(fields, f"{PREFIX}{question.code}:{row.code}") for row in question.rows}
    given = {row: option for row, option in found.items() if option}
    _refuse_strange(list(given.values()), question.codes)
    if question.is_required and 0 < len(given) < len(question.rows):
        raise QuestionnaireError("answer.rows_missing", missing=len(question.rows) - len(given))
    return given


def _ranking(question: Question, fields: Fields, _vocabulary: Vocabulary) -> list[str]:
    ranks: dict[int, str] = {}
    for code in question.codes:
        text = _first(fields, f"{PREFIX}{question.code}#{code}")
        if not text:
            continue
        is_rank = text.isascii() and text.isdigit() and len(text) <= 4
        if not (is_rank and 1 <= int(text) <= len(question.codes)):
            raise QuestionnaireError("answer.not_offered", found=text[:40])
        if int(text) in ranks:
            raise QuestionnaireError("answer.rank_twice", rank=int(text))
        ranks[int(text)] = code
    return _at_most(question, [ranks[rank] for rank in sorted(ranks)])


def _number(question: Question, fields: Fields, _vocabulary: Vocabulary) -> int | float | None:
    text = _first(fields, PREFIX + question.code).strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    value = _number_in(text)
    limits = question.range
    if limits.is_whole and value != int(value):
        raise QuestionnaireError("answer.not_whole", found=text)
    if limits.low is not None and value < limits.low:
        raise QuestionnaireError("answer.too_small", least=limits.low)
    if limits.high is not None and value > limits.high:
        raise QuestionnaireError("answer.too_large", most=limits.high)
    return int(value) if value == int(value) else value


def _number_in(text: str) -> float:
    """Return a number as people write it: 1,5 and 1.5; 1.500 stays one and a half, as no group is assumed."""
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise QuestionnaireError("answer.no_number", found=text[:40]) from None
    if not math.isfinite(value) or abs(value) > LARGEST_NUMBER or "_" in text:
        raise QuestionnaireError("answer.no_number", found=text[:40])
    return value


def _date(question: Question, fields: Fields, _vocabulary: Vocabulary) -> str | None:
    text = _first(fields, PREFIX + question.code).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:  # typed by hand where the browser offers no calendar
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        raise QuestionnaireError("answer.no_date", found=text[:40]) from None


def _codes(question: Question, fields: Fields, vocabulary: Vocabulary) -> list[str]:
    chosen = list(dict.fromkeys(_all(fields, PREFIX + question.code)))
    _refuse_strange(chosen, vocabulary.of(question))
    return _at_most(question, chosen)


def _text(question: Question, fields: Fields, _vocabulary: Vocabulary) -> str | None:
    text = _first(fields, PREFIX + question.code).replace("\r\n", "\n")
    if len(text) > LONGEST_ANSWER:
        raise QuestionnaireError("answer.too_long", most=LONGEST_ANSWER)
    return text if text.strip() else None


_READERS: dict[Kind, Any] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.COUNTRY: _codes,
    Kind.COMPETENCE: _codes,
    Kind.TEXT: _text,
}


def _refuse_strange(chosen: Sequence[str], offered: Mapping[str, str] | Sequence[str]) -> None:
    strange = [code for code in chosen if code not in offered]
    if strange:
        raise QuestionnaireError("answer.not_offered", found=strange[0][:40])


def _at_most(question: Question, chosen: list[str]) -> list[str]:
    if question.most and len(chosen) > question.most:
        raise QuestionnaireError("answer.too_many", most=question.most)
    return chosen


def _fields_of(question: Question, value: Any) -> dict[str, list[str]]:
    name = PREFIX + question.code
    if question.kind == Kind.MATRIX:
        return {f"{name}:{row}": [option] for row, option in value.items()}
    if question.kind == Kind.RANKING:
        return {f"{name}#{code}": [str(place)] for place, code in enumerate(value, 1)}
    return {name: [str(each) for each in value] if isinstance(value, list) else [str(value)]}
