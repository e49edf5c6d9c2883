"""Report ⇄ JSON, lossless: what a frozen version keeps, readable by every later Kontor."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from kontor.reports.model import (
    Block,
    Chart,
    Column,
    Figure,
    FigureRow,
    Missing,
    Prose,
    Report,
    ReportError,
    Section,
    Table,
)

FORMAT = 1
_BLOCKS: dict[str, type[Any]] = {
    "prose": Prose,
    "figure": Figure,
    "figures": FigureRow,
    "table": Table,
    "chart": Chart,
    "missing": Missing,
}
_NAMES = {kind: name for name, kind in _BLOCKS.items()}


def to_json(report: Report) -> dict[str, Any]:
    """Return a report as plain JSON; lazy texts become words in the report's language."""
    with override(report.language):
        return {"format": FORMAT, "report": _plain(report)}


def from_json(stored: dict[str, Any]) -> Report:
    """Return the report that was stored.

    Raises ReportError "report.format_unknown" or "report.unreadable".
    """
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        found = stored.get("format") if isinstance(stored, dict) else None
        raise ReportError("report.format_unknown", format=found)
    try:
        return _report(stored["report"])
    except ReportError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise ReportError("report.unreadable") from error


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if isfinite(value) else {"float": repr(value)}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return value.isoformat()
        case Promise():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
    kind = {"block": _NAMES[type(value)]} if type(value) in _NAMES else {}
    return kind | {item.name: _plain(getattr(value, item.name)) for item in fields(value)}


def _report(data: dict[str, Any]) -> Report:
    sections = tuple(
        Section(item["code"], item["title"], tuple(_block(block) for block in item["blocks"]))
        for item in data["sections"]
    )
    rest = {name: data[name] for name in ("title", "subtitle", "author", "language")}
    return Report(**rest, as_of=date.fromisoformat(data["as_of"]), sections=sections)


def _block(data: dict[str, Any]) -> Block:
    readers: dict[str, Callable[[dict[str, Any]], Block]] = {
        "prose": lambda item: Prose(item["markdown"]),
        "figure": _figure,
        "figures": lambda item: FigureRow(tuple(_figure(figure) for figure in item["figures"])),
        "table": _table,
        "chart": lambda item: Chart(
            item["key"], item["kind"], _table(item["table"]), item["x"], tuple(item["y"])
        ),
        "missing": lambda item: Missing(item["reason"], item["next_step"]),
    }
    return readers[data["block"]](data)


def _figure(data: dict[str, Any]) -> Figure:
    rest = {name: data[name] for name in ("key", "label", "kind", "explanation", "source", "currency")}
    return Figure(**rest, value=_cell(data["value"]), as_of=date.fromisoformat(data["as_of"]))


def _table(data: dict[str, Any]) -> Table:
    rest = {name: data[name] for name in ("key", "caption", "source", "explanation", "note")}
    return Table(
        **rest,
        columns=tuple(Column(column["title"], column["kind"]) for column in data["columns"]),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in data["rows"]),
        as_of=date.fromisoformat(data["as_of"]),
    )


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return Decimal(value["decimal"]) if "decimal" in value else float(value["float"])
    return value
