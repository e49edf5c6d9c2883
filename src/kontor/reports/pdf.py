"""Report → PDF: tagged (PDF/UA-1), with bookmarks, contents with page numbers and pictures described.

What people wrote travels to the template as JSON and is set as text there; none of it is ever read as markup.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from kontor.reports import charts, prose
from kontor.reports.model import Report
from kontor.reports.printed import (
    PrintedBlock,
    PrintedChart,
    PrintedFigures,
    PrintedMissing,
    PrintedProse,
    PrintedReport,
    PrintedTable,
    column_shares,
    printed,
)

TEMPLATES = Path(__file__).parent / "templates"
_LONG_WORD = re.compile(r"\S{30}(?=\S{6})")
_MAY_BREAK = "\u200b"
_NO_GLYPH = re.compile(r'the text [`"]+(.+?)[`"]+ could not be displayed')
# Latin, Greek, Cyrillic and what is set around them: every typeface that typst brings along has these.
_COMMON = "\n\u0020-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u200b\u2010-\u2027\u20ac\u2212"
_RARE = re.compile(f"[^{_COMMON}]")
_BOX = "\u25a1"
_ATTEMPTS = 6


def render_pdf(report: Report) -> bytes:
    """Return the report as an accessible PDF."""
    document = _document(printed(report), report)
    for _attempt in range(_ATTEMPTS):
        try:
            return _compile(document, report)
        except typst.TypstError as error:
            unknown = _NO_GLYPH.search(str(error))
            if unknown is None:
                break
            document = _without(document, re.compile(f"[{re.escape(_characters(unknown[1]))}]"))
    return _compile(_without(document, _RARE), report)


def _compile(document: dict[str, Any], report: Report) -> bytes:
    made = typst.compile(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        font_paths=[str(charts.FONTS)] if charts.FONTS.is_dir() else [],
        format="pdf",
        sys_inputs={"report": json.dumps(document, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime(report.as_of.year, report.as_of.month, report.as_of.day, tzinfo=UTC),
    )
    return bytes(made)


def _characters(quoted: str) -> str:
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match[1], 16)), quoted)


def _without(value: Any, characters: re.Pattern[str]) -> Any:
    """Put a box in place of characters that no typeface on this machine has: PDF/UA allows no gaps."""
    match value:
        case str():
            return characters.sub(_BOX, value)
        case dict():
            return {key: _without(item, characters) for key, item in value.items()}
        case list() | tuple():
            return [_without(item, characters) for item in value]
    return value


def _document(content: PrintedReport, report: Report) -> dict[str, Any]:
    """Return the report as plain JSON; a PDF must have a title and may not hold an empty heading."""
    sections = [
        {
            "number": section.number,
            "title": section.title.strip() or str(section.number),
            "blocks": [_block(block, content.language) for block in section.blocks],
        }
        for section in content.sections
    ]
    page, pages = content.page_of.split("%(page)s")[0], content.page_of.split("%(page)s")[1]
    frame = {
        "title": content.title.strip() or "–",
        "subtitle": content.subtitle,
        "author": content.author,
        "language": content.language,
        "region": {"de": "DE", "en": "GB"}[content.language],
        "as_of": content.as_of,
        "date": [report.as_of.year, report.as_of.month, report.as_of.day],
        "contents": content.contents,
        "page": page,
        "of": pages.replace("%(pages)s", ""),
        "no_data": content.no_data,
    }
    return _breakable({**frame, "sections": sections})  # type: ignore[no-any-return]


def _block(block: PrintedBlock, language: str) -> dict[str, Any]:
    match block:
        case PrintedProse():
            return {"type": "prose", "nodes": prose.tree(block.markdown)}
        case PrintedFigures():
            return {"type": "figures", **asdict(block)}
        case PrintedTable():
            return {"type": "table", **_table(block)}
        case PrintedChart():
            return _chart(block, language)
        case PrintedMissing():
            return {"type": "missing", **asdict(block)}


def _table(table: PrintedTable) -> dict[str, Any]:
    return {**asdict(table), "shares": column_shares(table.heads, table.rows)}


def _chart(block: PrintedChart, language: str) -> dict[str, Any]:
    if not block.table.rows:
        return {"type": "table", **_table(block.table)}
    drawing = charts.svg(block.chart, language)
    words = {
        name: getattr(block.table, name) for name in ("label", "caption", "note", "explanation", "source")
    }
    return {"type": "chart", **words, "alternative": block.alternative, "svg": drawing}


def _breakable(value: Any) -> Any:
    """Let words of more than 30 characters break, so that none runs out of its column."""
    match value:
        case str():
            return value if value.startswith("<svg") else _LONG_WORD.sub(rf"\g<0>{_MAY_BREAK}", value)
        case dict():
            return {key: item if key == "href" else _breakable(item) for key, item in value.items()}
        case list() | tuple():
            return [_breakable(item) for item in value]
    return value
