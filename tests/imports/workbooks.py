"""Files for the tests: sound ones and hostile ones, all made here."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter

from kontor.imports.limits import DEFAULT_LIMITS, Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.table import RawTable, read_table

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(*rows: tuple, sheet: str = "Tabelle1", **other_sheets: tuple[tuple, ...]) -> bytes:
    """Return a workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    for place, (name, content) in enumerate({sheet: rows, **other_sheets}.items()):
        page = book.active if place == 0 else book.create_sheet()
        page.title = name
        for row in content:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def written(write: Callable[[xlsxwriter.Workbook, object], None], **options: object) -> bytes:
    """Return a workbook that a function wrote with XlsxWriter (cached formula values, formats, merges)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, options)
    write(book, book.add_worksheet())
    book.close()
    return target.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the archive with one part changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in source.namelist():
            content = source.read(name)
            result.writestr(name, change(content) if name == part else content)
    return target.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """Return the archive with one part more."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return target.getvalue()


def with_document_type(content: bytes, declaration: bytes) -> bytes:
    """Return the XML with a document type before its root."""
    return re.sub(rb"(<\?xml[^>]*\?>)?\s*", lambda match: match[0] + declaration, content, count=1)


def ods(rows_xml: str) -> bytes:
    """Return an OpenDocument spreadsheet with these rows."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    calcext = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}{calcext}><office:body>'
        f'<office:spreadsheet><table:table table:name="Blatt">{rows_xml}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def ods_row(*texts: str, attributes: str = "") -> str:
    """Return one row of texts."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def code_of(data: bytes, filename: str = "members.xlsx", limits: Limits = DEFAULT_LIMITS) -> str:
    """Return the code of the refusal, or "" where the file is taken."""
    try:
        read_table(data, filename, limits=limits)
    except ImportRefused as refusal:
        return refusal.code
    return ""


def values(table: RawTable) -> list[tuple]:
    """Return the cells of all rows."""
    return [row.cells for row in table.rows]
