"""Hostile and broken files: each ends in one clear refusal, whatever its name says."""

import io
import random
import struct
import subprocess
import sys
import zipfile

import pytest

from kontor.imports.limits import Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.table import read_table
from tests.imports.workbooks import (
    SHEET,
    changed,
    code_of,
    ods,
    ods_row,
    values,
    with_document_type,
    with_part,
    written,
    xlsx,
)

SOUND = xlsx(("Name", "Ort"), ("A", "Wien"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def stored_archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("members.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "import.pdf"),
        ("members.csv", b"%PDF-1.4 and text", "import.pdf"),
        ("members.xlsx", b"", "import.empty"),
        ("members.csv", b"\xef\xbb\xbf \r\n;", "import.empty"),
        ("members.csv", b"\xff\xfe", "import.empty"),
        ("members.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "import.not_a_table_file"),
        ("members.xls", b"<html><table><tr><td>Name</td></tr></table></html>", "import.web_page"),
        ("members.xls", b'<?xml version="1.0"?><Workbook/>', "import.web_page"),
        ("members.csv", b"{\\rtf1 Name}", "import.not_a_table_file"),
        ("members.xlsx", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "import.not_a_table_file"),
        ("members.xlsx", stored_archive(word__document=b"<w/>"), "import.not_a_table_file"),
        ("members.xlsx", stored_archive(mimetype=b"application/epub+zip"), "import.not_a_table_file"),
        ("members.xlsb", stored_archive(xl__workbook=b"x"), "import.not_a_table_file"),
        (
            "members.xls",
            OLE + "WordDocument".encode("utf-16-le").ljust(4000, b"\0"),
            "import.not_a_table_file",
        ),
        ("members.xlsx", OLE + "EncryptedPackage".encode("utf-16-le").ljust(4000, b"\0"), "import.encrypted"),
        (
            "members.xls",
            OLE + "Workbook_VBA_PROJECT_CUR".encode("utf-16-le").ljust(4000, b"\0"),
            "import.macros",
        ),
        ("members.xls", OLE + "Workbook".encode("utf-16-le").ljust(4000, b"\0"), "import.damaged"),
        ("members.xls", OLE + "Workbook".encode("utf-16-le").ljust(4000, b"\xff"), "import.damaged"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(name, data, code):
    assert code_of(data, name) == code


def test_a_file_above_the_limit_names_its_size_and_the_limit():
    with pytest.raises(ImportRefused) as refusal:
        read_table(b"x" * 20_000_001, "members.csv")

    assert (refusal.value.code, refusal.value.params) == (
        "import.too_large",
        {"name": "members.csv", "megabytes": 20, "size": 21},
    )


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused_under_any_name(part):
    assert code_of(with_part(SOUND, part, b"<x/>"), "members.xlsx") == "import.macros"


def test_a_macro_workbook_without_macros_is_refused_too():
    macro_enabled = changed(
        SOUND,
        "[Content_Types].xml",
        lambda content: content.replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"vnd.ms-excel.sheet.macroEnabled.main",
        ),
    )

    assert code_of(macro_enabled, "members.xlsm") == "import.macros"


def test_a_binary_workbook_is_refused_with_its_own_sentence():
    data = with_part(SOUND, "xl/workbook.bin", b"\x83\x01\x00")

    assert code_of(data, "members.xlsb") == "import.binary_workbook"


def test_a_bomb_that_says_how_large_it_is_is_not_unpacked():
    bomb = with_part(SOUND, "xl/worksheets/sheet2.xml", b"<a>" + b" " * 201_000_000 + b"</a>")

    assert code_of(bomb) == "import.too_large_unpacked"


def test_a_part_that_shrinks_a_thousandfold_is_refused_below_the_limit_too():
    bomb = with_part(SOUND, "xl/worksheets/sheet2.xml", b"<a>" + b" " * 50_000_000 + b"</a>")

    assert code_of(bomb) == "import.too_large_unpacked"


def with_declared_size(data: bytes, part: str, size: int) -> bytes:
    """Return the archive with a lying size of one part, in its directory and before the part."""
    forged = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
        struct.pack_into("<L", forged, entry.header_offset + 22, size)
        place = data.rindex(b"PK\x01\x02", 0, data.rindex(part.encode()))
        struct.pack_into("<L", forged, place + 24, size)
    return bytes(forged)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    bomb = with_part(SOUND, "xl/worksheets/sheet9.xml", b"<a>" + b" " * 100_000_000 + b"</a>")

    assert code_of(with_declared_size(bomb, "xl/worksheets/sheet9.xml", 10)) == "import.damaged"


def test_many_entries_over_the_same_bytes_are_counted_each():
    part = b"<a>" + random.Random(1).randbytes(300_000).hex().encode() + b"</a>"
    data = SOUND
    for number in range(20):
        data = with_part(data, f"xl/worksheets/extra{number}.xml", part)

    assert code_of(data, limits=Limits(unpacked_bytes=5_000_000)) == "import.too_large_unpacked"


def test_an_archive_inside_the_archive_is_never_opened():
    inner = stored_archive(bomb=b"0" * 50_000_000)

    assert values(read_table(with_part(SOUND, "xl/embeddings/bomb.zip", inner), "x.xlsx")) == [("A", "Wien")]


def test_more_parts_than_a_workbook_has_are_refused():
    target = io.BytesIO(SOUND)
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}.xml", b"<a/>")

    assert code_of(target.getvalue()) == "import.too_many_parts"


def test_two_parts_of_the_same_name_are_refused():
    assert code_of(with_part(SOUND, SHEET.upper(), b"<a/>")) == "import.damaged"


def test_a_password_on_the_archive_is_told():
    forged = bytearray(SOUND)
    for place in range(len(forged) - 4):
        if forged[place : place + 4] == b"PK\x01\x02":
            forged[place + 8] |= 1

    assert code_of(bytes(forged)) == "import.encrypted"


def test_a_password_on_a_spreadsheet_is_told():
    namespace = b"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = b'<m:manifest xmlns:m="' + namespace + b'"><m:encryption-data/></m:manifest>'

    data = changed(ods(ods_row("Name")), "META-INF/manifest.xml", lambda _content: manifest)

    assert code_of(data, "x.ods") == "import.encrypted"


def test_a_spreadsheet_with_basic_macros_is_refused():
    assert code_of(with_part(ods(ods_row("Name")), "Basic/Standard/Module1.xml", b"<x/>")) == "import.macros"


NESTED = b"".join(b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
LAUGHS = b"<!DOCTYPE sst [<!ENTITY a 'haha'>" + NESTED + b"]>"
FETCHES = b'<!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("part", "declaration"),
    [
        ("xl/sharedStrings.xml", LAUGHS),
        ("xl/workbook.xml", FETCHES),
        (SHEET, b'<!DOCTYPE worksheet SYSTEM "http://example.org/x.dtd">'),
        ("xl/_rels/workbook.xml.rels", FETCHES.replace(b"workbook", b"Relationships")),
        ("[Content_Types].xml", FETCHES.replace(b"workbook", b"Types")),
    ],
)
def test_document_types_are_refused_in_every_part(part, declaration):
    sound = written(lambda _book, sheet: sheet.write_column("A1", ["Name", "A"]))

    data = changed(sound, part, lambda content: with_document_type(content, declaration))

    assert code_of(data) == "import.external_entities"


def test_document_types_in_another_encoding_are_refused():
    def to_utf16(content: bytes) -> bytes:
        text = content.decode().split("?>", 1)[-1]
        return ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]>' + text).encode(
            "utf-16"
        )

    assert code_of(changed(SOUND, "xl/workbook.xml", to_utf16)) == "import.external_entities"


def test_document_types_in_a_spreadsheet_are_refused():
    data = changed(ods(ods_row("Name")), "content.xml", lambda content: with_document_type(content, FETCHES))

    assert code_of(data, "x.ods") == "import.external_entities"


def test_a_part_in_an_unknown_encoding_is_damaged():
    declaration = b'<?xml version="1.0" encoding="UnF-8"?>'

    data = changed(SOUND, "xl/workbook.xml", lambda content: declaration + content.split(b"?>", 1)[-1])

    assert code_of(data) == "import.damaged"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(kept):
    assert code_of(SOUND[: int(len(SOUND) * kept)]) == "import.damaged"


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/styles.xml"])
def test_a_part_that_is_no_xml_is_damaged(part):
    assert code_of(changed(SOUND, part, lambda content: content[: len(content) // 2])) == "import.damaged"


def test_a_workbook_whose_bytes_are_disturbed_anywhere_never_raises_anything_but_a_refusal():
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        sheet = archive.read(SHEET)
    codes = set()
    for _round in range(12):
        disturbed = bytearray(sheet)
        for _place in range(4):
            disturbed[chance.randrange(len(disturbed))] = chance.choice(b'<>"=&;0A9 ')
        codes.add(code_of(changed(SOUND, SHEET, lambda _content, new=bytes(disturbed): new)))

    assert {code.partition(".")[0] for code in codes} <= {"import", ""}


def with_rows(data: bytes, rows: str) -> bytes:
    """Return the workbook with these rows instead of its own."""

    def replaced(content: bytes) -> bytes:
        head, _, tail = content.partition(b"<sheetData>")
        return head + b"<sheetData>" + rows.encode() + b"</sheetData>" + tail.partition(b"</sheetData>")[2]

    return changed(data, SHEET, replaced)


def test_200_000_rows_end_in_a_clear_refusal():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, 200_002)
    )
    data = with_rows(SOUND, rows)

    with pytest.raises(ImportRefused) as refusal:
        read_table(data, "members.xlsx")

    assert (refusal.value.code, refusal.value.params) == (
        "import.too_many_rows",
        {"rows": 50_000, "name": "members.xlsx"},
    )


def test_many_rows_on_another_sheet_do_not_matter():
    other = xlsx(("Name",), ("A",), Rohdaten=tuple((number,) for number in range(2_000)))

    assert values(read_table(other, "members.xlsx", limits=Limits(rows=1_000))) == [("A",)]


def test_a_million_rows_that_only_have_a_format_are_no_rows():
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 100_000))
    rows = '<row r="1"><c r="A1"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
    rows = rows.replace('<c r="A1">', '<c r="A1" t="inlineStr">')

    assert values(read_table(with_rows(SOUND, rows + empty), "members.xlsx")) == [(7,)]


def test_200_000_rows_of_text_end_in_a_clear_refusal():
    assert code_of(b"Name;Ort\n" + b"A;Wien\n" * 200_000, "members.csv") == "import.too_many_rows"


def test_2_000_000_empty_lines_end_in_a_clear_refusal():
    assert code_of(b"Name;Ort\nA;Wien\n" + b"\n" * 2_000_000, "members.csv") == "import.too_many_rows"


def test_10_000_columns_end_in_a_clear_refusal():
    with pytest.raises(ImportRefused) as refusal:
        read_table(xlsx(tuple(f"c{n}" for n in range(10_000)), tuple(range(10_000))), "members.xlsx")

    assert (refusal.value.code, refusal.value.params["columns"], refusal.value.params["found"]) == (
        "import.too_many_columns",
        200,
        10_000,
    )


def test_10_000_columns_of_text_end_in_a_clear_refusal():
    assert code_of(b";".join([b"x"] * 10_000), "members.csv") == "import.too_many_columns"


@pytest.mark.parametrize("place", [b"XFD1048576", b"ZZZZZZZ2", b"B99999999999", b"2B", b"", b"B0"])
def test_a_cell_at_an_impossible_place_ends_in_a_refusal_and_not_the_process(place):
    data = changed(SOUND, SHEET, lambda content: content.replace(b'r="B2"', b'r="' + place + b'"'))

    assert code_of(data) in ("import.too_large_unpacked", "import.too_many_rows", "import.damaged")


def test_a_lying_dimension_reserves_nothing():
    data = changed(SOUND, SHEET, lambda content: content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))

    assert values(read_table(data, "x.xlsx")) == [("A", "Wien")]


def test_one_long_text_in_very_many_cells_is_refused():
    sound = written(lambda _book, sheet: sheet.write("A1", "x" * 32_000))
    data = with_rows(
        sound, "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 4_001))
    )

    assert code_of(data, limits=Limits(unpacked_bytes=20_000_000)) == "import.too_large_unpacked"


def test_cells_that_repeat_themselves_a_billion_times_are_refused():
    row = ods_row("x", attributes=' table:number-rows-repeated="1000000000"')

    assert code_of(ods(ods_row("Name") + row), "x.ods") == "import.too_many_rows"


def test_overlapping_merged_areas_end_in_a_refusal():
    many = "".join('<mergeCell ref="A1:A40000"/>' for _ in range(3_000))

    def write(_book, sheet):
        sheet.write_column("A1", ["Name", *range(40_000)])

    data = changed(
        written(write),
        SHEET,
        lambda content: content.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="3000">' + many.encode() + b"</mergeCells>"
        ),
    )

    assert code_of(data) == "import.damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Name;Ort\nA\x00B;Wien\n", "import.encoding"),
        ("Name;Ort\nM\ufffdller;Wien\n".encode(), "import.encoding"),
        (b"Name;Ort\nM\x81ller;Wien\n", "import.encoding"),
        ("Name;Ort\nMüller;Wien\n".encode("utf-16-le"), "import.encoding"),
        (b"\xff\xfeN\x00a\x00m", "import.encoding"),
        (random.Random(3).randbytes(5_000), "import.encoding"),
    ],
)
def test_letters_that_cannot_be_read_are_refused(data, code):
    assert code_of(data, "members.csv") == code


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Name;Ort\nA;Wien\nB;"Graz\nC;Linz\n', 3),
        ('Name;Ort\nA;"Wien"x\n', 2),
        ('"Name;Ort\nA;Wien\n' + "B;Linz\n" * 50_000, 1),
    ],
)
def test_a_quotation_mark_that_does_not_close_is_named_with_its_line(text, line):
    with pytest.raises(ImportRefused) as refusal:
        read_table(text.encode(), "members.csv")

    assert (refusal.value.code, refusal.value.params) == (
        "import.quotes",
        {"line": line, "name": "members.csv"},
    )


def test_formulas_in_a_text_file_stay_texts():
    table = read_table(b"Name;Ort\n=HYPERLINK(A1);@SUM(1)\n", "members.csv")

    assert values(table) == [("=HYPERLINK(A1)", "@SUM(1)")]


def test_the_process_that_opens_workbooks_needs_nothing_of_kontor():
    source = "import sys, kontor.imports.workbook_process; print([m for m in sys.modules if 'django' in m])"

    ended = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )

    assert ended.stdout == "[]\n"
