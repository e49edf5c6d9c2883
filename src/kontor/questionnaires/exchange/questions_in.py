"""One row of the survey sheet → one question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kontor.questionnaires.answers import LARGEST_NUMBER
from kontor.questionnaires.definition import OTHER, Kind, Option, Question, Range
from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.choices_in import ChoiceList, is_yes
from kontor.questionnaires.exchange.exact import exact_question
from kontor.questionnaires.exchange.expressions import ExpressionError, xpath
from kontor.questionnaires.exchange.limits_in import limits_in
from kontor.questionnaires.exchange.names import Names
from kontor.questionnaires.exchange.row_types import RowKind, RowType
from kontor.questionnaires.exchange.sheets import Line
from kontor.questionnaires.exchange.texts_in import Tongues, meaning_in
from kontor.questionnaires.exchange.tree import Item
from kontor.questionnaires.soundness import MOST_OPTIONS, WIDEST_SCALE

STEP = " – "  # between the number of a step and its words: "5 – very much"
_LONG = {"multiline", "multi-line"}
_KINDS = {str(kind): kind for kind in Kind}
_LISTED = {Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING}
_DEVICE = {"email", "username", "phonenumber"}  # with a label they are asked, without one noted by the device


@dataclass
class Form:
    """What all rows share."""

    tongues: Tongues
    lists: Mapping[str, ChoiceList]
    findings: Findings
    names: Names = field(default_factory=Names)


@dataclass(frozen=True)
class Asked:
    """A question with what its row still says.

    name: as the file calls it. above: rows of the groups around it whose conditions it inherits.
    values: values in the file → option codes. rows: names of rows of a matrix → their codes.
    """

    question: Question
    line: Line
    name: str
    above: tuple[Line, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)


def question_of(item: Item, form: Form) -> Asked | None:
    """Return the question of a row, None where it asks nothing that Kontor can ask."""
    line, found = item.line, item.type
    _mind_calculation(line, form.findings)
    name = line.get("name")
    if not name and found.kind == Kind.NOTE:
        name = f"note_{line.number}"
    if not name:
        form.findings.fault("exchange.no_name", line.at("name"))
        return None
    if not _is_asked(item, form):
        return None
    label = form.tongues.texts(line, "label")
    if not label:
        if found.kind == Kind.NOTE:
            form.findings.dropped("exchange.note_without_text", line.at("label"), name=name)
            return None
        form.findings.simpler("exchange.no_label", line.at("label"), name=name)
        label = {form.tongues.base: name}
    return _built(item, name, label, form)


def _mind_calculation(line: Line, findings: Findings) -> None:
    if text := line.get("calculation"):
        try:
            xpath(text)
        except ExpressionError as problem:
            place = line.at("calculation")
            findings.fault("exchange.calculation_unreadable", place, found=text, rest=text[problem.at :][:40])


def _is_asked(item: Item, form: Form) -> bool:
    line, found = item.line, item.type
    word = line.get("type")
    is_device = word.lower() in _DEVICE and not any(line.texts("label").values())
    reasons = {
        RowKind.COMPUTED: "exchange.computed_not_carried",
        RowKind.HIDDEN: "exchange.hidden_not_carried",
        RowKind.NOT_CARRIED: "exchange.type_not_carried",
        RowKind.UNKNOWN: "exchange.type_unknown",
    }
    reason = "exchange.hidden_not_carried" if is_device else reasons.get(found.row)
    if reason:
        form.findings.dropped(reason, line.at("type"), type=word, name=line.get("name"))
        return False
    if found.is_simpler:
        form.findings.simpler(f"exchange.type_simpler_{found.kind}", line.at("type"), type=word)
    return True


def _built(item: Item, name: str, label: dict[str, str], form: Form) -> Asked | None:
    line, found = item.line, item.type
    kind = _KINDS.get(line.get("kontor_kind"), found.kind)
    code = form.names.take(line.get("kontor_code") or name)
    if code != name and not line.get("kontor_code"):
        form.findings.simpler("exchange.question_renamed", line.at("name"), name=name, code=code)
    question = Question(
        code,
        kind,
        label,
        help=form.tongues.texts(line, "hint"),
        is_required=required(line, form.findings),
        is_long=line.get("appearance").lower() in _LONG and kind == Kind.TEXT,
        meaning=meaning_in(line.get("kontor_meaning")),
    )
    values: dict[str, str] = {}
    if found.row == RowKind.TICK:
        question = replace(question, options=(Option("OK", {form.tongues.base: "OK"}),))
    elif found.row == RowKind.RANGE:
        question = _ranged(question, line, form.findings)
    elif found.kind in _LISTED:
        listed = _listed(question, found, line, form)
        if listed is None:
            return None
        question, values = listed
    question = _limited(question, found, line, form.findings)
    name_leftovers(line, form.findings)
    return Asked(exact_question(question, line), line, name, values=values)


def required(line: Line, findings: Findings) -> bool:
    """Return whether an answer is needed; a condition in its place is named."""
    text = line.get("required")
    if text and not is_yes(text) and text.lower() not in ("no", "false", "false()", "0", "nein"):
        findings.dropped("exchange.required_condition", line.at("required"), found=text)
    return is_yes(text)


def _listed(
    question: Question, found: RowType, line: Line, form: Form
) -> tuple[Question, dict[str, str]] | None:
    """Return the question with its options, and values → codes."""
    choices = form.lists.get(found.list_name)
    if choices is None:
        form.findings.fault("exchange.list_unknown", line.at("type"), list=found.list_name)
        return None
    if line.get("choice_filter"):
        text = line.get("choice_filter")
        form.findings.dropped("exchange.filter_not_carried", line.at("choice_filter"), found=text)
    if question.kind == Kind.COUNTRY:
        return replace(question, most=1 if found.kind == Kind.SINGLE else 0), {}
    if question.kind == Kind.SCALE and (scale := _scale(choices)):
        return replace(question, range=scale), {}
    if len(choices.options) > MOST_OPTIONS:
        form.findings.simpler(
            "exchange.list_too_long", line.at("type"), list=found.list_name, most=MOST_OPTIONS
        )
        return replace(question, kind=Kind.TEXT), {}
    kind = found.kind if question.kind == Kind.SCALE else question.kind
    options, values = tuple(choices.options), dict(choices.values)
    if found.has_other:
        options = tuple(option for option in options if option.code != "other")
        values["other"] = OTHER
    has_other = found.has_other or choices.has_other
    return replace(question, kind=kind, options=options, has_other=has_other), values


def _scale(choices: ChoiceList) -> Range | None:
    """Return the scale whose steps the options are: codes 1, 2, 3 …, with words at the ends."""
    codes = [option.code for option in choices.options]
    if len(codes) < 2 or not all(re.fullmatch(r"-?\d{1,6}", code) for code in codes):
        return None
    low, high = int(codes[0]), int(codes[-1])
    if codes != [str(step) for step in range(low, high + 1)]:
        return None
    return Range(low, high, _words(choices.options[0]), _words(choices.options[-1]))


def _words(option: Option) -> dict[str, str]:
    start = option.code + STEP
    return {code: text.removeprefix(start) for code, text in option.label.items() if text.startswith(start)}


def _ranged(question: Question, line: Line, findings: Findings) -> Question:
    """Return a scale where the steps are few and whole, else a number with limits."""
    told = dict(re.findall(r"(\w+)\s*=\s*(-?[\d.]+)", line.get("parameters").lower()))
    low, high, step = (_number(told.get(key), default) for key, default in _RANGE.items())
    is_whole = all(value == int(value) for value in (low, high, step))
    if low >= high:
        findings.dropped("exchange.range_not_carried", line.at("parameters"), found=line.get("parameters"))
        return replace(question, kind=Kind.NUMBER, range=Range(is_whole=is_whole))
    if is_whole and step == 1 and high - low < WIDEST_SCALE:
        return replace(question, kind=Kind.SCALE, range=Range(low, high))
    findings.simpler("exchange.range_as_number", line.at("parameters"), found=line.get("parameters"))
    return replace(question, kind=Kind.NUMBER, range=Range(low, high, is_whole=is_whole))


_RANGE = {"start": 1.0, "end": 10.0, "step": 1.0}


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= LARGEST_NUMBER else default


def _limited(question: Question, found: RowType, line: Line, findings: Findings) -> Question:
    if question.kind == Kind.NUMBER and found.row == RowKind.QUESTION:
        question = replace(question, range=Range(is_whole=found.is_whole))
    text = line.get("constraint")
    limits = limits_in(text, question.kind, is_whole=question.range.is_whole)
    if text and not limits.is_whole_told:
        findings.dropped("exchange.constraint_not_carried", line.at("constraint"), found=text)
    if question.kind == Kind.NUMBER and (limits.low is not None or limits.high is not None):
        question = replace(question, range=replace(question.range, low=limits.low, high=limits.high))
    if limits.most:
        question = replace(question, most=limits.most)
    if limits.alone:
        options = (
            replace(option, is_exclusive=option.is_exclusive or option.code in limits.alone)
            for option in question.options
        )
        question = replace(question, options=tuple(options))
    return question


_CARRIED = {
    *("type", "name", "label", "hint", "required", "relevant", "constraint", "calculation", "choice_filter"),
    "parameters",
}
_CARRIED_LOOKS = {*_LONG, "table-list", "field-list", "label", "list-nolabel", "likert"}


def name_leftovers(line: Line, findings: Findings) -> None:
    """Name every filled cell of a row that has no place in Kontor."""
    for heading, text in line.cells.items():
        if heading.key in _CARRIED or heading.key.startswith("kontor_"):
            continue
        if heading.key == "appearance" and set(text.lower().split()) <= _CARRIED_LOOKS:
            continue
        if heading.key == "read_only" and text.lower() in ("no", "false", "false()"):
            continue
        findings.dropped("exchange.cell_not_carried", line.at(heading.shown), found=text)
    if line.get("calculation"):
        findings.dropped("exchange.cell_not_carried", line.at("calculation"), found=line.get("calculation"))
