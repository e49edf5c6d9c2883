"""A questionnaire → an XLSForm workbook that others take and Kontor reads back exactly."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.exact import (
    COLUMN,
    difference,
    stored_head,
    stored_question,
    stored_section,
)
from kontor.questionnaires.exchange.rows_out import Row, Rows, rows_of
from kontor.questionnaires.exchange.sheets import Line, Sheet, heading_of
from kontor.questionnaires.exchange.xlsform import definition_of
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.soundness import problems

LONGEST_CELL = 32_767
_FIRST = ("type", "list_name", "name", "label", "hint", "required", "relevant", "constraint", "appearance")


def write_xlsform(definition: Definition) -> bytes:
    """Return the workbook. Reading it gives the same questionnaire again.

    Raises QuestionnaireError "questionnaire.not_sound" for one that cannot be asked, "exchange.cell_too_long"
    where Excel has no room.
    """
    faults = problems(definition)
    if faults:
        raise QuestionnaireError("questionnaire.not_sound", faults=len(faults))
    rows = rows_of(definition)
    _keep_exactly(definition, rows)
    sheets = {"survey": rows.survey, "choices": rows.choices, "settings": [rows.settings]}
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "constant_memory": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            heads = _headings(lines) or ["list_name", "name", "label"]
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
                sheet.set_column(column, column, 40 if head.startswith(("label", "hint")) else 18)
                for number, line in enumerate(lines, 1):
                    _write(sheet, number, column, line.get(head, ""), wrapped)
    return target.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str, look: object) -> None:
    if len(text) > LONGEST_CELL:
        raise QuestionnaireError("exchange.cell_too_long", sheet=sheet.get_name(), row=row + 1)
    if text:
        sheet.write_string(row, column, text, look)  # as text: a label that begins with "=" is no formula


def _headings(lines: Sequence[Row]) -> list[str]:
    """Return the headings that are used, those that XLSForm begins with first."""
    used = dict.fromkeys(head for line in lines for head in line)

    def place(head: str) -> int:
        start = head.split("::")[0]
        return _FIRST.index(start) if start in _FIRST else len(_FIRST) + head.startswith("kontor_")

    return sorted(used, key=place)


def _keep_exactly(definition: Definition, rows: Rows) -> None:
    """Read the sheets as others will, and keep beside them what would come back otherwise."""
    sheets = {
        "survey": _sheet("survey", rows.survey),
        "choices": _sheet("choices", rows.choices),
        "settings": _sheet("settings", [rows.settings]),
    }
    read = definition_of(sheets, Findings(), unstated=definition.languages[0], untitled="").definition
    for section, row, found in zip(definition.sections, rows.sections, read.sections, strict=True):
        _keep(row, stored_section(section), stored_section(found))
    for question, row, got in zip(definition.questions(), rows.questions, read.questions(), strict=True):
        _keep(row, stored_question(question), stored_question(got))
    _keep(rows.settings, stored_head(definition), stored_head(read))


def _keep(row: Row, wanted: Mapping[str, object], got: Mapping[str, object]) -> None:
    text = difference(dict(wanted), dict(got), row.get("relevant", ""))
    if text:
        row[COLUMN] = text


def _sheet(name: str, rows: Sequence[Row]) -> Sheet:
    heads = {head: heading_of(head) for head in _headings(rows)}
    lines = [
        Line(name, number, {heads[head]: text.strip() for head, text in row.items() if text.strip()})
        for number, row in enumerate(rows, 2)
    ]
    return Sheet(name, list(heads.values()), lines)
