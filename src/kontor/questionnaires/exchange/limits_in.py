"""The constraint of an XLSForm question → limits that Kontor knows: ranges, how many, what stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from kontor.questionnaires.answers import LARGEST_NUMBER
from kontor.questionnaires.definition import Kind
from kontor.questionnaires.exchange.expressions import (
    Binary,
    Call,
    Chain,
    ExpressionError,
    Group,
    Literal,
    Node,
    Path,
    xpath,
)
from kontor.questionnaires.exchange.texts_in import plain_text

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_SELF = Path(".")


@dataclass
class Limits:
    """What a constraint allows. alone: options that rule out others. is_whole_told: all is carried."""

    low: float | None = None
    high: float | None = None
    most: int = 0
    alone: tuple[str, ...] = ()
    is_whole_told: bool = True


def limits_in(text: str, kind: Kind, *, is_whole: bool) -> Limits:
    """Return the limits that a constraint sets for a question of this kind."""
    found = Limits()
    if not text:
        return found
    try:
        node = xpath(plain_text(text))
    except ExpressionError:
        return Limits(is_whole_told=False)
    for part in _parts(node):
        if not (_take_range(part, kind, found, is_whole=is_whole) or _take_count(part, kind, found)):
            found.is_whole_told = False
    if found.low is not None and found.high is not None and found.low > found.high:
        return Limits(is_whole_told=False)
    return found


def _parts(node: Node) -> tuple[Node, ...]:
    while isinstance(node, Group):
        node = node.part
    if isinstance(node, Chain) and node.word == "and":
        return tuple(part for each in node.parts for part in _parts(each))
    return (node,)


def _take_range(node: Node, kind: Kind, found: Limits, *, is_whole: bool) -> bool:
    told = _compared(node)
    if told is None or told[1] != _SELF or kind not in (Kind.NUMBER, Kind.SCALE):
        return False
    operator, _subject, value = told
    if operator in ("<", ">"):
        if not is_whole:
            return False
        value = ceil(value) - 1 if operator == "<" else floor(value) + 1
    if operator in (">", ">=", "="):
        found.low = value if found.low is None else max(found.low, value)
    if operator in ("<", "<=", "="):
        found.high = value if found.high is None else min(found.high, value)
    return True


def _take_count(node: Node, kind: Kind, found: Limits) -> bool:
    if kind not in (Kind.MULTIPLE, Kind.RANKING, Kind.COUNTRY):
        return False
    told = _compared(node)
    if told and told[1] == Call("count-selected", (_SELF,)) and told[0] in ("<", "<="):
        most = ceil(told[2]) - 1 if told[0] == "<" else floor(told[2])
        found.most = min(found.most or most, most)
        return most > 0
    alone = _alone(node)
    found.alone += (alone,) if alone else ()
    return bool(alone)


def _alone(node: Node) -> str:
    """Return x of not(selected(., 'x') and count-selected(.) > 1), "" for anything else."""
    if not (isinstance(node, Call) and node.name == "not" and len(node.arguments) == 1):
        return ""
    match _parts(node.arguments[0]):
        case (Call("selected", (Path("."), Literal(option))), second):
            many = _compared(second)
            is_many = many and many[0] in (">", ">=") and many[1] == Call("count-selected", (_SELF,))
            return option if is_many and many and floor(many[2]) == (1 if many[0] == ">" else 2) else ""
    return ""


def _compared(node: Node) -> tuple[str, Node, float] | None:
    """Return (operator, subject, number) of a comparison with a number."""
    if not isinstance(node, Binary) or node.operator not in _MIRRORED:
        return None
    right = _number(node.right)
    if right is not None:
        return node.operator, node.left, right
    left = _number(node.left)
    return None if left is None else (_MIRRORED[node.operator], node.right, left)


def _number(node: Node) -> float | None:
    match node:
        case Literal(value, True):
            found = float(value)
        case Call("-", (Literal(value, True),)):
            found = -float(value)
        case _:
            return None
    return found if abs(found) <= LARGEST_NUMBER else None
