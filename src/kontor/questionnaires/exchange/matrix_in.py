"""Groups of equal choices, shown as a table → one matrix."""

from __future__ import annotations

from kontor.questionnaires.definition import Kind, Question, Row
from kontor.questionnaires.exchange.exact import exact_question
from kontor.questionnaires.exchange.names import option_code
from kontor.questionnaires.exchange.questions_in import Asked, Form, name_leftovers, required
from kontor.questionnaires.exchange.row_types import RowKind
from kontor.questionnaires.exchange.texts_in import meaning_in, plain_text
from kontor.questionnaires.exchange.tree import Group, Item
from kontor.questionnaires.soundness import MOST_OPTIONS, MOST_ROWS


def matrix_of(group: Group, form: Form) -> Asked | None:
    """Return the matrix that a group is, None where it is an ordinary group."""
    rows = _rows(group)
    if not rows or not group.line.get("name"):
        return None
    choices = form.lists.get(rows[0].type.list_name)
    label = form.tongues.texts(group.line, "label")
    if choices is None or not label or len(choices.options) > MOST_OPTIONS:
        return None
    codes = _codes(rows)
    needed = [required(row.line, form.findings) for row in rows]  # all are asked, so that all are named
    question = Question(
        form.names.take(group.line.get("kontor_code") or group.line.get("name")),
        Kind.MATRIX,
        label,
        help=_help(group, form),
        is_required=all(needed),
        options=tuple(choices.options),
        rows=tuple(_row(row, code, form) for row, code in zip(rows, codes, strict=True)),
        has_other=choices.has_other,
        meaning=meaning_in(group.line.get("kontor_meaning")),
    )
    _name_left_out(group, rows, form)
    return Asked(
        exact_question(question, group.line),
        group.line,
        group.line.get("name"),
        values=choices.values,
        rows={row.line.get("name"): code for row, code in zip(rows, codes, strict=True)},
    )


def _codes(rows: list[Item]) -> list[str]:
    taken: set[str] = set()
    return [
        option_code(plain_text(row.line.get("kontor_code")) or row.line.get("name"), taken) for row in rows
    ]


def _name_left_out(group: Group, rows: list[Item], form: Form) -> None:
    name_leftovers(group.line, form.findings)
    for part in group.parts:
        if isinstance(part, Item) and part not in rows and not part.line.get("kontor_part"):
            form.findings.dropped("exchange.header_row", part.line.at("label"), name=part.line.get("name"))


def _rows(group: Group) -> list[Item]:
    """Return the rows of a table: questions that are all answered on the same list."""
    look = group.line.get("appearance").lower()
    rows = [part for part in group.parts if isinstance(part, Item) and not part.line.get("kontor_part")]
    others = [part for part in group.parts if isinstance(part, Group)]
    if others or not rows or not ({"table-list", "field-list"} & set(look.split())):
        return []
    if "table-list" not in look.split():
        # The older spelling: a first row that only heads the columns, then rows without words of their own.
        looks = [row.line.get("appearance").lower() for row in rows]
        if looks[0] != "label" or len(rows) < 2 or {*looks[1:]} != {"list-nolabel"}:
            return []
        rows = rows[1:]
    lists = {(row.type.row, row.type.kind, row.type.list_name, row.type.has_other) for row in rows}
    has_own_rules = any(
        row.line.get(key) for row in rows for key in ("relevant", "choice_filter", "constraint")
    )
    if lists != {(RowKind.QUESTION, Kind.SINGLE, rows[0].type.list_name, False)} or has_own_rules:
        return []
    is_named = all(row.line.get("name") for row in rows)
    return rows if is_named and len(rows) <= MOST_ROWS else []


def _row(item: Item, code: str, form: Form) -> Row:
    label = form.tongues.texts(item.line, "label") or {form.tongues.base: item.line.get("name")}
    if form.tongues.texts(item.line, "hint"):
        form.findings.dropped("exchange.cell_not_carried", item.line.at("hint"), found=item.line.get("hint"))
    name_leftovers(item.line, form.findings)
    return Row(code, label, meaning_in(item.line.get("kontor_meaning")))


def _help(group: Group, form: Form) -> dict[str, str]:
    """Return the help of a table: on its group, or on the note that Kontor writes into it."""
    for part in group.parts:
        if isinstance(part, Item) and part.line.get("kontor_part") == "help":
            return form.tongues.texts(part.line, "label")
    return form.tongues.texts(group.line, "hint")
