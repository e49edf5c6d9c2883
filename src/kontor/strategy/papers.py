"""The concept as a file."""

from __future__ import annotations

from collections.abc import Callable

from kontor.reports.docx import render_docx
from kontor.reports.html import render_html
from kontor.reports.model import Report
from kontor.reports.pdf import render_pdf
from kontor.reports.xlsx import render_xlsx

WRITERS: dict[str, Callable[[Report], bytes]] = {
    "docx": render_docx,
    "pdf": render_pdf,
    "html": render_html,
    "xlsx": render_xlsx,
}

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def paper(report: Report, kind: str) -> bytes:
    """Return `report` as a file of `kind`: "docx", "pdf", "html" or "xlsx" (its figures and tables)."""
    return WRITERS[kind](report)
