"""Rows of the survey sheet → groups within groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.row_types import RowKind, RowType, row_type
from kontor.questionnaires.exchange.sheets import Line

MOST_NESTED_GROUPS = 30


@dataclass(frozen=True)
class Item:
    """One row that is no group."""

    line: Line
    type: RowType


@dataclass
class Group:
    """A group and what stands in it. line: its first row."""

    line: Line
    is_repeat: bool = False
    parts: list[Part] = field(default_factory=list)


Part: TypeAlias = Item | Group


def tree_of(lines: Sequence[Line], findings: Findings) -> list[Part]:
    """Return the rows as a tree; groups that are not opened or not closed are faults."""
    root: list[Part] = []
    opened: list[Group] = []
    for line in lines:
        kind = line.get("type")
        if not kind:
            _mind_row_without_type(line, findings)
            continue
        parts = opened[-1].parts if opened else root
        found = row_type(kind)
        if found.row in (RowKind.BEGIN_GROUP, RowKind.BEGIN_REPEAT):
            group = Group(line, is_repeat=found.row == RowKind.BEGIN_REPEAT)
            parts.append(group)
            opened.append(group)
            if len(opened) > MOST_NESTED_GROUPS:
                findings.fault("exchange.groups_too_deep", line.at("type"), most=MOST_NESTED_GROUPS)
                return root
        elif found.row == RowKind.END and not opened:
            findings.fault("exchange.group_not_begun", line.at("type"))
        elif found.row == RowKind.END:
            opened.pop()
        else:
            parts.append(Item(line, found))
    for group in opened:
        findings.fault("exchange.group_not_closed", group.line.at("type"), name=group.line.get("name"))
    return root


def _mind_row_without_type(line: Line, findings: Findings) -> None:
    if line.get("name") or any(line.texts("label").values()):
        findings.fault("exchange.no_type", line.at("type"))


def items(parts: Sequence[Part]) -> Iterator[Item]:
    """Yield all rows that are no groups, in their order."""
    for part in parts:
        if isinstance(part, Item):
            yield part
        else:
            yield from items(part.parts)
