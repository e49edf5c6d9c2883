"""From columns to fields: the guess, the values and the faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.imports import parsers
from kontor.imports.fields import Fault, Field, ParsedRow, guess_mapping, read_rows
from kontor.imports.table import RawRow, RawTable, read_table
from tests.imports.workbooks import xlsx

FIELDS = (
    Field(
        "name", "Name", ("Organisation", "Firma", "Unternehmen", "Name der Organisation"), parsers.text, True
    ),
    Field("kind", "Kind", ("Art", "Organisationsart"), parsers.choice({"sme": ("KMU",)})),
    Field("street", "Street", ("Straße", "Strasse und Hausnummer"), parsers.text),
    Field("city", "Town", ("Ort", "Stadt", "City"), parsers.text),
    Field("email", "E-mail", ("E-Mail-Adresse", "Mail"), parsers.email),
    Field("founded", "Founded", ("Gründungsjahr", "gegründet", "Founding year"), parsers.year),
)


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (("Firma", "Straße", "Ort"), {"name": 0, "street": 1, "city": 2}),
        (("ORT", "STRASSE", "NAME"), {"name": 2, "street": 1, "city": 0}),
        (("Gruendungsjahr", "E-Mail"), {"founded": 0, "email": 1}),
        (("Gründungsjar", "Organisaton"), {"founded": 0, "name": 1}),
        (("Name *", "Ort (Pflichtfeld)", "e_mail"), {"name": 0, "city": 1, "email": 2}),
        (("Name", "Name"), {"name": 0}),
        (("Art", "Ort"), {"kind": 0, "city": 1}),
        (("Wort", "Orte", "Namen"), {}),
        (("Ansprechpartner Name", "Umsatz", ""), {}),
        ((), {}),
    ],
)
def test_columns_are_guessed_from_german_and_english_headers(headers, mapping):
    assert guess_mapping(headers, FIELDS) == mapping


def test_an_equal_name_wins_over_a_similar_one():
    assert guess_mapping(("Organisationsartt", "Organisationsart"), FIELDS) == {"kind": 1}


@given(
    st.lists(st.sampled_from(["Name", "Firma", "Ort", "Stadt", "Mail", "E-Mail", "", "x", "Gründungsjahr"]))
)
def test_each_column_is_used_once(headers):
    columns = list(guess_mapping(headers, FIELDS).values())

    assert len(columns) == len(set(columns))


def test_every_fault_has_its_row_its_column_and_the_value_found():
    data = xlsx(
        ("Mitglieder",),
        ("Name", "Art", "Mail", "Jahr"),
        ("A", "KMU", "a@b.de", 1999),
        ("B", "Verein", "x", "#REF!"),
        (None, None, None, 3.5),
    )
    table = read_table(data, "x.xlsx")
    parsed = read_rows(table, {"name": 0, "kind": 1, "email": 2, "founded": 3}, FIELDS)
    nothing = {"street": "", "city": ""}

    assert [row.values for row in parsed.rows] == [
        {"name": "A", "kind": "sme", "email": "a@b.de", "founded": 1999, **nothing},
        {"name": "B", "kind": None, "email": None, "founded": None, **nothing},
        {"name": None, "kind": None, "email": "", "founded": None, **nothing},
    ]
    assert [(f.row, f.column, f.column_letter, f.code, f.value) for f in parsed.faults] == [
        (4, "Art", "B", "field.choice", "Verein"),
        (4, "Mail", "C", "field.email", "x"),
        (4, "Jahr", "D", "field.formula_error", "#REF!"),
        (5, "Name", "A", "field.required", ""),
        (5, "Jahr", "D", "field.whole_number", "3.5"),
    ]


def test_a_required_field_without_a_column_is_one_fault_at_the_header():
    table = RawTable(("Ort",), (RawRow(3, ("Wien",)), RawRow(4, ("Graz",))), header_row=2)

    assert read_rows(table, {"city": 0}, FIELDS).faults == (
        Fault(2, "Name", "", "field.no_column", {"field": "Name"}),
    )


def test_a_row_that_is_shorter_than_the_mapping_is_read_as_empty():
    table = RawTable(("Name",), (RawRow(2, ("A",)),))
    fields = (FIELDS[0], FIELDS[3])

    assert read_rows(table, {"name": 0, "city": 7}, fields).rows == (ParsedRow(2, {"name": "A", "city": ""}),)


def test_a_quoted_value_is_short():
    table = RawTable(("Mail",), (RawRow(2, ("x" * 5_000,)),))

    assert len(read_rows(table, {"email": 0}, (FIELDS[4],)).faults[0].value) == 120


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12).filter(
    str.isalpha
)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_what_is_written_to_a_text_file_is_read_back(rows):
    text = "Name;Ort\n" + "".join(f'"{name}";"{city}"\n' for name, city in rows)

    parsed = read_rows(read_table(text.encode(), "x.csv"), {"name": 0, "city": 1}, (FIELDS[0], FIELDS[3]))

    assert [tuple(row.values.values()) for row in parsed.rows] == [
        (parsers.text(name), parsers.text(city)) for name, city in rows
    ]
