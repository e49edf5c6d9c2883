"""Files of answers and results, opened again."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.listening.surveyed import answer, full_survey
from tests.listening.test_result_pages import EVERYTHING


def address(survey, page):
    return reverse(f"listening:{page}", args=[survey.cluster.slug, survey.pk])


@pytest.fixture
def survey(cluster):
    """Return a survey with one full answer that begins like a formula, and one empty one."""
    survey = full_survey(cluster)
    given = answer(survey, EVERYTHING | {"words": "=HYPERLINK(1)"}, kind="sme")
    given.organisation.name = "=cmd()"
    given.organisation.save()
    answer(survey, {}, kind="large")
    return survey


def book_of(client, url):
    return load_workbook(BytesIO(client.get(url).content))


def test_the_workbook_holds_an_answer_in_every_line(survey, manager_client):
    sheet = book_of(manager_client, address(survey, "survey-responses-xlsx")).worksheets[0]
    rows = [
        dict(zip([cell.value for cell in sheet[1]], row, strict=True))
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]

    full = next(row for row in rows if row["Organisation"] == "=cmd()")
    names = (
        "abroad",
        "topics.market_access",
        "topics.skilled_staff",
        "topics~other",
        "mood",
        "matrix.fairs",
        "rank.b",
        "rank.c",
        "staff",
        "where",
        "words",
    )
    assert [full[name] for name in names] == [
        *("en yes", 1, 0, "A “test” field", 4, "en often", 1, None, 120),
        *("Denmark, Netherlands", "=HYPERLINK(1)"),
    ]


def test_no_answer_is_an_empty_cell_and_never_a_nought(survey, manager_client):
    sheet = book_of(manager_client, address(survey, "survey-responses-xlsx")).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    empty = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] != "=cmd()")

    assert {empty[heads.index(name)] for name in heads if name.split(".")[0].split("~")[0] in EVERYTHING} == {
        None
    }


def test_the_codebook_explains_every_column_in_the_language_asked_for(survey, manager_client):
    book = book_of(manager_client, f"{address(survey, 'survey-responses-xlsx')}?language=de")
    explained = {row[0]: row[2] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}

    assert (
        explained["topics.market_access"],
        set(explained) <= {cell.value for cell in book.worksheets[0][1]},
    ) == (
        "de market_access",
        True,
    )


def test_no_cell_is_a_formula(survey, manager_client):
    book = book_of(manager_client, address(survey, "survey-responses-xlsx"))

    assert {cell.data_type for sheet in book for row in sheet for cell in row} & {"f"} == set()


def test_the_csv_guards_what_looks_like_a_formula(survey, manager_client):
    text = manager_client.get(address(survey, "survey-responses-csv")).content.decode("utf-8-sig")
    cells = {cell for row in csv.reader(StringIO(text)) for cell in row}

    assert {cell for cell in cells if cell.startswith("=")} == set()


@pytest.mark.parametrize("look", ["", "?by=kind", "?weight=kind&by=kind", "?only=kind:sme"])
def test_the_tables_open_as_a_workbook(survey, manager_client, look):
    sheet = book_of(manager_client, address(survey, "survey-results-xlsx") + look).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    first = next(row for row in rows if row[1] == "en yes")

    assert first[2:4] == (1, 1)


def test_those_behind_a_figure_open_as_a_list(survey, manager_client):
    url = f"{address(survey, 'survey-named-csv')}?question=abroad&answer=yes"
    rows = list(csv.reader(StringIO(manager_client.get(url).content.decode("utf-8-sig"))))

    assert [row[0] for row in rows] == ["Organisation", "'=cmd()"]
