"""A definition as JSON, as it is stored and as it travels between installations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from kontor.questionnaires.conditions import from_plain, to_plain
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Range, Row, Section, Texts
from kontor.questionnaires.problems import QuestionnaireError


def to_json(definition: Definition) -> dict[str, Any]:
    """Return the definition as plain data; what is empty is left out."""
    return _lean(
        {
            "title": dict(definition.title),
            "languages": list(definition.languages),
            "intro": dict(definition.intro),
            "thanks": dict(definition.thanks),
            "sections": [_section(section) for section in definition.sections],
        }
    )


def from_json(data: Any) -> Definition:
    """Return the definition that plain data tells.

    Raises QuestionnaireError "questionnaire.unreadable" or "questionnaire.condition_unreadable".
    """
    try:
        return Definition(
            title=_texts(data.get("title")),
            languages=tuple(str(each) for each in data["languages"]),
            intro=_texts(data.get("intro")),
            thanks=_texts(data.get("thanks")),
            sections=tuple(_read_section(each) for each in data.get("sections", ())),
        )
    except QuestionnaireError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise QuestionnaireError("questionnaire.unreadable", found=str(problem)[:80]) from problem


def fingerprint(definition: Definition) -> str:
    """Return a digest of all that is asked; equal questionnaires have equal ones."""
    text = json.dumps(to_json(definition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def question_digest(question: Question) -> str:
    """Return a digest of one question, to see whether it is still the one that a page showed."""
    text = json.dumps(_question(question), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def section_digest(section: Section) -> str:
    """Return a digest of a section without its questions."""
    alone = _section(replace(section, questions=()))
    return hashlib.sha256(json.dumps(alone, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _section(section: Section) -> dict[str, Any]:
    return _lean(
        {
            "code": section.code,
            "title": dict(section.title),
            "intro": dict(section.intro),
            "show_if": to_plain(section.show_if),
            "questions": [_question(question) for question in section.questions],
        }
    )


def _question(question: Question) -> dict[str, Any]:
    return _lean(
        {
            "code": question.code,
            "kind": str(question.kind),
            "label": dict(question.label),
            "help": dict(question.help),
            "required": question.is_required,
            "show_if": to_plain(question.show_if),
            "options": [
                _lean(
                    {
                        "code": option.code,
                        "label": dict(option.label),
                        "exclusive": option.is_exclusive,
                        "meaning": dict(option.meaning),
                    }
                )
                for option in question.options
            ],
            "rows": [
                _lean({"code": row.code, "label": dict(row.label), "meaning": dict(row.meaning)})
                for row in question.rows
            ],
            "other": question.has_other,
            "most": question.most,
            "range": _range(question.range),
            "long": question.is_long,
            "meaning": dict(question.meaning),
        }
    )


def _range(limits: Range) -> dict[str, Any]:
    if limits == Range():
        return {}
    return {
        "low": limits.low,
        "high": limits.high,
        "low_label": dict(limits.low_label),
        "high_label": dict(limits.high_label),
        "whole": limits.is_whole,
    }


def _lean(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", {}, [], False, 0)}


def _read_section(data: Mapping[str, Any]) -> Section:
    return Section(
        code=str(data["code"]),
        title=_texts(data.get("title")),
        intro=_texts(data.get("intro")),
        show_if=from_plain(data.get("show_if")),
        questions=tuple(_read_question(each) for each in data.get("questions", ())),
    )


def _read_question(data: Mapping[str, Any]) -> Question:
    return Question(
        code=str(data["code"]),
        kind=Kind(data["kind"]),
        label=_texts(data.get("label")),
        help=_texts(data.get("help")),
        is_required=bool(data.get("required", False)),
        show_if=from_plain(data.get("show_if")),
        options=tuple(
            Option(
                str(each["code"]),
                _texts(each.get("label")),
                bool(each.get("exclusive", False)),
                _texts(each.get("meaning")),
            )
            for each in data.get("options", ())
        ),
        rows=tuple(
            Row(str(each["code"]), _texts(each.get("label")), _texts(each.get("meaning")))
            for each in data.get("rows", ())
        ),
        has_other=bool(data.get("other", False)),
        most=int(data.get("most", 0)),
        range=_read_range(data.get("range") or {}),
        is_long=bool(data.get("long", False)),
        meaning=_texts(data.get("meaning")),
    )


def _read_range(data: Mapping[str, Any]) -> Range:
    return Range(
        low=_number(data.get("low")),
        high=_number(data.get("high")),
        low_label=_texts(data.get("low_label")),
        high_label=_texts(data.get("high_label")),
        is_whole=bool(data.get("whole", True)),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _texts(data: Any) -> Texts:
    """Return language → text; raises TypeError where it is something else."""
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(each, str) for pair in data.items() for each in pair):
        raise TypeError(f"no texts: {data!r}"[:80])
    return cast("Texts", dict(data))
