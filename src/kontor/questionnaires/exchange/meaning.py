"""What an expression of another program means as a condition of Kontor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kontor.questionnaires.answers import LARGEST_NUMBER
from kontor.questionnaires.conditions import (
    All,
    Answered,
    Compare,
    Condition,
    Not,
    Some,
    from_plain,
    to_plain,
)
from kontor.questionnaires.definition import Kind
from kontor.questionnaires.exchange.expressions import Binary, Call, Chain, Group, Literal, Node, Ref
from kontor.questionnaires.problems import QuestionnaireError

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_LENGTHS = {"count-selected", "string-length", "strlen", "count"}
_HOLDING_MANY = {Kind.MULTIPLE, Kind.RANKING, Kind.COUNTRY, Kind.COMPETENCE}


class CannotCarryError(Exception):
    """The expression says what a condition cannot say. code: `exchange.condition_*`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Target:
    """What a name in an expression stands for.

    code, kind: the question. order: its place, so that no condition looks ahead.
    row:        the row of a matrix that is asked for, "" for none.
    option:     the option that is ticked or not (LimeSurvey's "Q1_SQ003"), "" for none.
    values:     values of the file → option codes, where they differ.
    """

    code: str
    kind: Kind
    order: int
    row: str = ""
    option: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


Find: TypeAlias = Callable[[str], Target]


def condition(node: Node, find: Find) -> Condition:
    """Return the condition. find: name → Target, or CannotCarryError.

    Raises CannotCarryError where conditions have no words for it.
    """
    try:
        found = _condition(node, find)
        from_plain(to_plain(found))
    except (QuestionnaireError, RecursionError) as problem:
        raise CannotCarryError("exchange.condition_beyond") from problem
    return found


def _condition(node: Node, find: Find) -> Condition:
    match node:
        case Group(part):
            return _condition(part, find)
        case Chain(word, parts):
            carried = tuple(_condition(part, find) for part in parts)
            return All(carried) if word == "and" else Some(carried)
        case Call("not", (part,)):
            return _negated(_condition(part, find))
        case Call("true", ()) | Literal("1", True):
            return All(())
        case Call("false", ()) | Literal("0", True):
            return Some(())
        case Call("is_empty", (Ref(name),)):
            return Not(_answered(find(name)))
        case Call("selected", (subject, value)):
            return _equals(_target(subject, find), _value(value), is_holding=True)
        case Binary(operator, left, right) if operator in _MIRRORED:
            return _comparison(operator, left, right, find)
    raise CannotCarryError("exchange.condition_beyond")


def _negated(found: Condition) -> Condition:
    return found.part if isinstance(found, Not) else Not(found)


def _comparison(operator: str, left: Node, right: Node, find: Find) -> Condition:
    if _is_value(left) and not _is_value(right):
        operator, left, right = _MIRRORED[operator], right, left
    if not _is_value(right):
        raise CannotCarryError("exchange.condition_beyond")
    value = _value(right)
    if isinstance(left, Call) and left.name in _LENGTHS and len(left.arguments) == 1:
        return _length(_target(left.arguments[0], find), operator, value)
    target = _target(left, find)
    if operator == "=":
        return _equals(target, value)
    if operator == "!=":
        return _negated(_equals(target, value))
    if (
        value == ""
        or target.row
        or target.option
        or target.kind in _HOLDING_MANY
        or target.kind == Kind.MATRIX
    ):
        raise CannotCarryError("exchange.condition_beyond")
    return Compare(target.code, operator, value)


def _equals(target: Target, value: str, *, is_holding: bool = False) -> Condition:
    if value == "":
        return Not(_answered(target))
    if target.option:
        if value not in ("Y", "1"):
            raise CannotCarryError("exchange.condition_beyond")
        return Compare(target.code, "is", target.option)
    holds_one = target.kind not in _HOLDING_MANY
    if target.kind == Kind.MATRIX or not (holds_one or is_holding):
        # A row's own answer cannot be asked for, nor "this and nothing else" of several.
        raise CannotCarryError("exchange.condition_beyond")
    return Compare(target.code, "is", target.values.get(value, value))


def _answered(target: Target) -> Condition:
    if target.row or target.option:
        return Compare(target.code, "is", target.row or target.option)
    return Answered(target.code)


def _length(target: Target, operator: str, value: str) -> Condition:
    if (operator, value) in ((">", "0"), (">=", "1"), ("!=", "0")):
        return _answered(target)
    if (operator, value) in (("=", "0"), ("<", "1"), ("<=", "0")):
        return Not(_answered(target))
    raise CannotCarryError("exchange.condition_beyond")


def _target(node: Node, find: Find) -> Target:
    node = _bare(node)
    if not isinstance(node, Ref):
        raise CannotCarryError("exchange.condition_beyond")
    return find(node.name)


def _bare(node: Node) -> Node:
    while True:
        match node:
            case Group(part) | Call(
                "number" | "int" | "date" | "string" | "intval" | "floatval" | "trim", (part,)
            ):
                node = part
            case Call("date-time", (part,)):
                node = part
            case _:
                return node


def _is_value(node: Node) -> bool:
    try:
        _value(node)
    except CannotCarryError:
        return False
    return True


def _value(node: Node) -> str:
    """Return a fixed value: a text, a number, a text put together because it holds both kinds of quotes."""
    match _bare(node):
        case Literal(value, True):
            return _number(value)
        case Literal(value):
            return value
        case Call("-", (Literal(value, True),)):
            return f"-{_number(value)}"
        case Call("concat", parts) if parts and all(isinstance(part, Literal) for part in parts):
            return "".join(part.value for part in parts if isinstance(part, Literal))
    raise CannotCarryError("exchange.condition_beyond")


def _number(text: str) -> str:
    value = float(text)
    if value > LARGEST_NUMBER:
        raise CannotCarryError("exchange.condition_beyond")
    return str(int(value)) if value.is_integer() else str(value)
