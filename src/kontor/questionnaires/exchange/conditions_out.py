"""Conditions of Kontor → expressions of XLSForm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import OTHER, Kind
from kontor.questionnaires.exchange.texts_in import guarded

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d*[1-9])?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOLDING_MANY = {Kind.MULTIPLE, Kind.RANKING, Kind.COUNTRY, Kind.COMPETENCE}


@dataclass(frozen=True)
class Written:
    """A question as it stands in the sheet. rows: code of a row of a matrix → its name. other: the value."""

    name: str
    kind: Kind
    rows: Mapping[str, str] = field(default_factory=dict)
    other: str = OTHER


def relevant(condition: Condition | None, written: Mapping[str, Written]) -> str:
    """Return the expression, "" for no condition; what nobody can fulfil is false().

    >>> relevant(Not(Compare("size", "is", "sme")), {"size": Written("size", Kind.SINGLE)})
    "${size} != 'sme'"
    """
    match condition:
        case None:
            return ""
        case Compare() | Answered() if condition.question not in written:
            return "false()"
        case Compare():
            return _compare(condition, written[condition.question])
        case Answered():
            return _answered(written[condition.question])
        case Not(Compare(question, "is", value)) if question in written and _is_one(written[question]):
            return f"${{{written[question].name}}} != {_literal(value, written[question])}"
        case Not(part):
            return f"not({relevant(part, written)})"
    if not condition.parts:
        return "true()" if isinstance(condition, All) else "false()"
    word = " and " if isinstance(condition, All) else " or "
    return word.join(_part(part, written) for part in condition.parts)


def _part(part: Condition, written: Mapping[str, Written]) -> str:
    text = relevant(part, written)
    return f"({text})" if (isinstance(part, All | Some) and part.parts) or " or " in text else text


def _is_one(question: Written) -> bool:
    return question.kind not in _HOLDING_MANY and question.kind != Kind.MATRIX


def _compare(condition: Compare, question: Written) -> str:
    reference = f"${{{question.name}}}"
    literal = _literal(condition.value, question)
    if question.kind == Kind.MATRIX:
        row = question.rows.get(condition.value) if condition.operator == "is" else None
        return f"${{{row}}} != ''" if row else "false()"
    if condition.operator == "is":
        return f"{reference} = {literal}" if _is_one(question) else f"selected({reference}, {literal})"
    if _DAY.fullmatch(condition.value):
        literal = f"date({literal})"
    return f"{reference} {condition.operator} {literal}"


def _answered(question: Written) -> str:
    names = list(question.rows.values()) or [question.name]
    text = " or ".join(f"${{{name}}} != ''" for name in names)
    return f"({text})" if len(names) > 1 else text


def _literal(value: str, question: Written) -> str:
    if value == OTHER:
        value = question.other
    if question.kind in (Kind.NUMBER, Kind.SCALE) and _NUMBER.fullmatch(value):
        return value
    return quoted(value)


def quoted(text: str) -> str:
    """Return a text as XPath writes it; one with both kinds of quotes is put together.

    >>> quoted("sme"), quoted("don't")
    ("'sme'", '"don\\'t"')
    """
    text = guarded(text)
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = [f"'{part}'" if part != "'" else '"\'"' for part in re.split("(')", text) if part]
    return f"concat({', '.join(parts)})"
