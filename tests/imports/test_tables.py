"""Sound tables, as people write them."""

import datetime

import pytest

from kontor.imports.grid import Note
from kontor.imports.limits import Limits
from kontor.imports.refused import ImportRefused
from kontor.imports.table import RawRow, read_table
from tests.imports.workbooks import (
    code_of,
    ods,
    ods_row,
    values,
    written,
    xlsx,
)


def test_a_workbook_keeps_the_row_numbers_of_excel():
    table = read_table(xlsx(("Name", "Ort"), ("A", "Wien"), (), ("B", "Graz")), "x.xlsx")

    assert (table.headers, table.rows, table.header_row) == (
        ("Name", "Ort"),
        (RawRow(2, ("A", "Wien")), RawRow(4, ("B", "Graz"))),
        1,
    )


def test_cells_keep_their_types_and_whole_floats_become_integers():
    day = datetime.datetime(2026, 11, 21)

    table = read_table(
        xlsx(("a", "b", "c", "d", "e", "f"), ("x", 100.0, 1.5, True, day, day.replace(hour=9))), "x.xlsx"
    )

    assert values(table) == [("x", 100, 1.5, True, day.date(), day.replace(hour=9))]


def test_formulas_give_their_cached_values_and_errors_their_text():
    def write(book, sheet):
        sheet.write_row("A1", ["Summe", "Fehler", "Text"])
        sheet.write_formula("A2", "=1+2", value=3)
        sheet.write_formula("B2", "=1/0", value="#DIV/0!")
        sheet.write_string("C2", '=HYPERLINK("http://example.org")')

    assert values(read_table(written(write), "x.xlsx")) == [
        (3, "#DIV/0!", '=HYPERLINK("http://example.org")')
    ]


def test_title_rows_above_the_header_are_skipped_with_a_note():
    table = read_table(
        xlsx(
            ("Mitglieder 2026",),
            (),
            ("Stand", datetime.date(2026, 1, 1)),
            ("Name", "Ort", "Land"),
            ("A", "B", "C"),
        ),
        "x.xlsx",
    )

    assert (table.headers, table.header_row, table.rows, table.notes) == (
        ("Name", "Ort", "Land"),
        4,
        (RawRow(5, ("A", "B", "C")),),
        (Note("import.title_rows_skipped", {"row": 4}),),
    )


def test_the_first_sheet_with_data_is_read_and_named():
    table = read_table(xlsx(sheet="Leer", Mitglieder=(("Name",), ("A",)), Notizen=(("x",), ("y",))), "x.xlsx")

    assert (table.sheet, values(table), table.notes) == (
        "Mitglieder",
        [("A",)],
        (Note("import.other_sheets", {"sheet": "Mitglieder", "others": "Leer, Notizen"}),),
    )


def test_a_hidden_sheet_is_not_read_before_a_visible_one():
    def write(book, sheet):
        sheet.write_column("A1", ["Auswahl", "ja", "nein"])
        sheet.hide()
        other = book.add_worksheet("Mitglieder")
        other.write_column("A1", ["Name", "A"])
        other.activate()

    assert read_table(written(write), "x.xlsx").sheet == "Mitglieder"


def test_merged_cells_give_their_value_to_every_row_that_they_cover():
    def write(book, sheet):
        sheet.write_row("A1", ["Land", "Ort"])
        sheet.merge_range("A2:A4", "Österreich")
        sheet.write_column("B2", ["Wien", "Graz", "Linz"])

    table = read_table(written(write), "x.xlsx")

    assert (values(table), table.notes) == (
        [("Österreich", "Wien"), ("Österreich", "Graz"), ("Österreich", "Linz")],
        (Note("import.merged_cells_filled", {"cells": 2}),),
    )


def test_a_header_merged_over_two_rows_gives_the_lower_names():
    def write(book, sheet):
        sheet.merge_range("A1:A2", "Name")
        sheet.merge_range("B1:D1", "Anschrift")
        sheet.write_row("B2", ["Straße", "PLZ", "Ort"])
        sheet.write_row("A3", ["A", "B", "C", "D"])

    table = read_table(written(write), "x.xlsx")

    assert (table.headers, values(table)) == (("Name", "Straße", "PLZ", "Ort"), [("A", "B", "C", "D")])


def test_empty_columns_to_the_left_keep_their_letters_and_to_the_right_are_dropped():
    table = read_table(xlsx((None, "Name", "Ort", "  "), (None, "A", "B", None)), "x.xlsx")

    assert (table.headers, values(table)) == (("", "Name", "Ort"), [(None, "A", "B")])


def test_a_column_with_data_but_without_a_name_is_kept():
    assert read_table(xlsx(("Name", None, "Ort"), ("A", "x", "B")), "x.xlsx").headers == ("Name", "", "Ort")


def test_an_opendocument_spreadsheet_is_read_with_its_errors():
    error = (
        '<table:table-row><table:table-cell office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
    )

    table = read_table(ods(ods_row("Name") + ods_row("Müller") + error), "x.ods")

    assert (table.sheet, values(table)) == ("Blatt", [("Müller",), ("#REF!",)])


def test_the_million_empty_rows_that_libreoffice_repeats_are_not_read():
    empty = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    assert values(read_table(ods(ods_row("Name") + ods_row("A") + empty), "x.ods")) == [("A",)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_of_a_text_file_is_told_from_its_content(delimiter):
    text = "\n".join(
        delimiter.join(row) for row in (("Name", "Ort", "Zahl"), ("A & B", "Wien", "1"), ("C", "", "2"))
    )

    assert values(read_table(text.encode(), "x.csv")) == [("A & B", "Wien", "1"), ("C", None, "2")]


def test_commas_inside_the_cells_do_not_win_over_semicolons():
    text = "Name;Betrag\nA, B, C;1,50\nD, E;2,50\n"

    assert values(read_table(text.encode(), "x.csv")) == [("A, B, C", "1,50"), ("D, E", "2,50")]


def test_the_line_in_which_excel_names_the_delimiter_is_not_a_row():
    table = read_table(b"sep=;\r\nName;Ort\r\nA;B\r\n", "x.csv")

    assert (table.header_row, table.rows) == (1, (RawRow(2, ("A", "B")),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_files_are_read_without_a_note(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    table = read_table(mark + "Name;Ort\nMüller;Köln\n".encode(encoding), "x.csv")

    assert (table.headers, values(table), table.notes) == (("Name", "Ort"), [("Müller", "Köln")], ())


def test_a_text_file_of_german_excel_is_read_with_a_note():
    table = read_table("Name;Betrag\nMüller;5 €\n".encode("cp1252"), "x.csv")

    assert (values(table), table.notes) == (
        [("Müller", "5 €")],
        (Note("import.encoding_guessed", {"encoding": "Windows-1252"}),),
    )


def test_records_over_several_lines_count_as_one_row_as_in_excel():
    table = read_table(b'Name;Text\nA;"one\ntwo"\nB;x\n', "x.csv")

    assert table.rows == (RawRow(2, ("A", "one\ntwo")), RawRow(3, ("B", "x")))


@pytest.mark.parametrize(("name", "code"), [("x.pdf", ""), ("x", ""), ("x.csv", "")])
def test_the_content_decides_and_not_the_name(name, code):
    assert code_of(xlsx(("Name",), ("A",)), name) == code


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "import.empty"),
        ((("  ",), (None,)), "import.empty"),
        ((("Name", "Ort"),), "import.no_rows"),
        (((1, 2, 3), (4, 5, 6)), "import.no_header"),
    ],
)
def test_a_workbook_without_a_table_is_refused(rows, code):
    assert code_of(xlsx(*rows)) == code


def test_the_refusal_names_the_file_and_the_bound():
    with pytest.raises(ImportRefused) as refusal:
        read_table(xlsx(("Name",), *[("A",)] * 40), "C:/files/members.xlsx", limits=Limits(rows=20))

    assert (refusal.value.code, refusal.value.params) == (
        "import.too_many_rows",
        {"rows": 20, "name": "members.xlsx"},
    )


def test_exactly_as_many_rows_as_allowed_are_taken():
    table = read_table(
        xlsx(("Titel", None), ("Name", "Ort"), *[("A", "B")] * 20), "x.xlsx", limits=Limits(rows=20)
    )

    assert len(table.rows) == 20


def test_a_cell_that_is_too_long_is_named():
    with pytest.raises(ImportRefused) as refusal:
        read_table(b"Name;Text\nA;" + b"x" * 50, "x.csv", limits=Limits(cell_chars=49))

    assert (refusal.value.code, refusal.value.params["column"], refusal.value.params["row"]) == (
        "import.cell_too_long",
        "B",
        2,
    )


def test_dates_of_the_old_mac_calendar_are_the_same_days():
    def write(book, sheet):
        sheet.write("A1", "Tag")
        sheet.write_datetime(
            "A2", datetime.datetime(2026, 11, 21), book.add_format({"num_format": "dd.mm.yyyy"})
        )

    assert values(read_table(written(write, date_1904=True), "x.xlsx")) == [(datetime.date(2026, 11, 21),)]


@pytest.mark.parametrize(
    ("file", "sheet", "rows", "columns"),
    [
        ("cordis-ecsel/countries.xlsx", "Countries", 27, 2),
        ("surveys/bad-duplicate_columns.xlsx", "survey", 56, 21),
        ("vocabularies/euroscivoc_from_cordis.csv", "", 961, 3),
        ("countries/wdi-ny.gdp.pcap.cd.csv", "", 14743, 4),
    ],
)
def test_public_files_are_read_completely(shared_data, file, sheet, rows, columns):
    table = read_table((shared_data / file).read_bytes(), file)

    assert (table.sheet, len(table.rows), len(table.headers)) == (sheet, rows, columns)
