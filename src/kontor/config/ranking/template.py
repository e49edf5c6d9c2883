"""An empty workbook to fill in, with two candidates and criteria that show how."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from kontor.config.ranking.study import SHAPES
from kontor.config.ranking.workbook import COLUMNS

NOTES = {
    "direction": "more or less: what is better",
    "low": "the worst end of the scale, or the best where less is better; empty = from the scores",
    "high": "the other end of the scale; empty = from the scores",
    "below": "a candidate whose score is below is knocked out",
    "above": "a candidate whose score is above is knocked out",
    "shape": f"for PROMETHEE: {SHAPES}; empty = usual",
    "q": "the largest lead that does not count (u_shape, level, linear)",
    "p": "the least lead that counts in full (v_shape, level, linear)",
    "s": "the lead at the turning point (gaussian)",
}
CRITERIA = (
    {"name": "Members", "weight": 3, "direction": "more", "below": 20, "shape": "linear", "q": 5, "p": 50},
    {"name": "Distance in km", "weight": 1, "direction": "less"},
    {"name": "Fit of technologies", "weight": 4, "direction": "more", "low": 1, "high": 5},
)
SCORES = (("First candidate", 120, 800, 4), ("Second candidate", "80–100", 300, "?"))


def template() -> bytes:
    """Return the workbook."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        criteria = book.add_worksheet("criteria")
        criteria.freeze_panes(1, 1)
        criteria.set_column(0, 0, 28)
        criteria.set_column(1, len(COLUMNS) - 1, 14)
        for column, (key, names) in enumerate(COLUMNS.items()):
            criteria.write_string(0, column, names[0], bold)
            if key in NOTES:
                criteria.write_comment(0, column, NOTES[key])
            for row, criterion in enumerate(CRITERIA, 1):
                if key in criterion:
                    criteria.write(row, column, criterion[key])
        scores = book.add_worksheet("scores")
        scores.freeze_panes(1, 1)
        scores.set_column(0, 0, 28)
        scores.set_column(1, len(CRITERIA), 20)
        for column, name in enumerate(["candidate", *(str(each["name"]) for each in CRITERIA)]):
            scores.write_string(0, column, name, bold)
        scores.write_comment(0, 0, "Leave empty or write ? what is not known; write ranges as 3–4.")
        for row, line in enumerate(SCORES, 1):
            scores.write_row(row, 0, line)
    return target.getvalue()
