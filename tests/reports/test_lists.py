import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.reports.lists import guarded, sheet_name, write_csv, write_xlsx
from kontor.reports.model import Column

COLUMNS = (Column("Name"), Column("Zahl", "count"), Column("Anteil", "percent"), Column("Seit"))
ROWS = [("=1+1", -5, 0.5, date(2026, 1, 2)), ("Öl", None, Decimal("0.25"), None)]


def test_an_xlsx_list_opens_as_meant():
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx("Mit/glieder?", COLUMNS, ROWS))).active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1:] == [
        ["=1+1", -5, 0.5, sheet["D2"].value],
        ["Öl", None, 0.25, None],
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Mit glieder", "A2", "A1:D3")
    assert (sheet["A2"].data_type, sheet["A1"].font.bold, sheet["D2"].value.date()) == (
        "s",
        True,
        date(2026, 1, 2),
    )


def test_a_german_csv_opens_by_a_double_click():
    assert write_csv(COLUMNS, ROWS).decode("utf-8-sig").splitlines() == [
        "Name;Zahl;Anteil;Seit",
        "'=1+1;-5;0,5;2026-01-02",
        "Öl;;0,25;",
    ]


def test_an_english_csv_has_commas_and_points():
    assert write_csv(COLUMNS, ROWS, "en").decode("utf-8-sig").splitlines()[1] == "'=1+1,-5,0.5,2026-01-02"


@pytest.mark.parametrize(
    "text", ["=A1", "+49 421 1", "-x", "@SUM(A1)", "\tA", "\r=A", " =A", "＝A1", "-1+cmd|' /C calc'!A0"]
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "-1,5", "+3.25", "0421 1", "a=b", "", "–"])
def test_plain_numbers_and_texts_stay(text):
    assert guarded(text) == text


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_a_csv_keeps_its_cells_apart(texts):
    columns = tuple(Column("x") for _ in texts)

    rows = list(
        csv.reader(StringIO(write_csv(columns, [texts]).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert [len(row) for row in rows if row] in ([len(texts)] * 2, [len(texts)])


@given(st.lists(st.text(max_size=40), max_size=6))
def test_sheet_names_are_allowed_and_unique(titles):
    taken: set[str] = set()

    names = [sheet_name(title, taken) for title in titles]
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\") for name in names)
