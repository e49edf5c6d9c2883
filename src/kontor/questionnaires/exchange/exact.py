"""What the columns of XLSForm cannot say of a questionnaire, kept beside them word for word.

The column "kontor_exact" holds those fields of a question or section, in the shape of
`questionnaires.stored`, that would come back otherwise; null where a field would come back too much. A
condition in it counts only while the cell "relevant" is as it was: whoever edits the sheet is right.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from kontor.questionnaires.conditions import Condition, from_plain
from kontor.questionnaires.definition import Definition, Question, Section
from kontor.questionnaires.exchange.json_text import json_in
from kontor.questionnaires.exchange.sheets import Line
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.stored import from_json, to_json

COLUMN = "kontor_exact"
CONDITION, RELEVANT = "show_if", "relevant"


def stored_question(question: Question) -> dict[str, Any]:
    """Return the question as it is stored."""
    plain = to_json(Definition({}, ("en",), (Section("s", {}, (question,)),)))
    return dict(plain["sections"][0]["questions"][0])


def stored_section(section: Section) -> dict[str, Any]:
    """Return the section as it is stored, without its questions."""
    return dict(to_json(Definition({}, ("en",), (replace(section, questions=()),)))["sections"][0])


def stored_head(definition: Definition) -> dict[str, Any]:
    """Return title, languages, intro and thanks as they are stored."""
    return to_json(replace(definition, sections=()))


def difference(wanted: dict[str, Any], got: dict[str, Any], relevant: str) -> str:
    """Return the cell that turns `got` into `wanted`, "" where they are the same."""
    fields = {key: wanted.get(key) for key in {*wanted, *got} if wanted.get(key) != got.get(key)}
    if CONDITION in fields:
        fields[RELEVANT] = relevant
    return json_cell(fields) if fields else ""


def json_cell(data: object) -> str:
    """Return data as JSON in which other programs see no `${reference}`."""
    return json.dumps(data, sort_keys=True).replace("$", "\\u0024")


def exact_fields(line: Line) -> dict[str, Any]:
    """Return what the cell tells; {} where it is empty or unreadable."""
    try:
        told = json_in(line.get(COLUMN) or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def exact_question(question: Question, line: Line) -> Question:
    """Return the question with what its row keeps word for word, but for the condition."""
    fields = _without_condition(exact_fields(line))
    if not fields:
        return question
    plain = _merged(stored_question(question), fields)
    try:
        read = from_json({"languages": [], "sections": [{"code": "s", "questions": [plain]}]})
    except QuestionnaireError:
        return question
    return next(read.questions())


def exact_section(section: Section, line: Line) -> Section:
    """Return the section with what its row keeps word for word, but for the condition."""
    fields = _without_condition(exact_fields(line))
    if not fields:
        return section
    try:
        read = from_json({"languages": [], "sections": [_merged(stored_section(section), fields)]})
    except QuestionnaireError:
        return section
    return replace(read.sections[0], questions=section.questions)


def exact_head(definition: Definition, line: Line) -> Definition:
    """Return the definition with what the settings keep word for word."""
    fields = exact_fields(line)
    try:
        read = from_json(_merged(stored_head(definition), fields)) if fields else definition
    except QuestionnaireError:
        return definition
    return replace(read, sections=definition.sections)


def exact_condition(line: Line) -> tuple[bool, Condition | None]:
    """Return (True, condition) where the row keeps one that still goes with its "relevant"."""
    fields = exact_fields(line)
    if CONDITION not in fields or fields.get(RELEVANT) != line.get(RELEVANT):
        return False, None
    try:
        return True, from_plain(fields[CONDITION])
    except QuestionnaireError:
        return False, None


def _without_condition(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in (CONDITION, RELEVANT, "questions")}


def _merged(plain: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**plain, **fields}.items() if value is not None}
