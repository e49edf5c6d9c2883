"""Cells as people fill them in, German and English."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.imports import parsers
from kontor.imports.refused import FieldFault

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
EVERY_PARSER = {
    "address": parsers.address,
    "choice": parsers.choice({"sme": ("KMU",)}),
    "country": parsers.country,
    "day": parsers.day,
    "decimal": parsers.decimal,
    "decimal_between": parsers.decimal_between(Decimal(0), Decimal(100)),
    "email": parsers.email,
    "last_day": parsers.last_day,
    "latitude": parsers.latitude,
    "listed": parsers.listed(),
    "location": parsers.location,
    "long_text": parsers.long_text,
    "longitude": parsers.longitude,
    "nuts": parsers.nuts,
    "post_code": parsers.post_code,
    "required_text": parsers.required_text,
    "text": parsers.text,
    "text_up_to": parsers.text_up_to(10),
    "website": parsers.website,
    "whole_number": parsers.whole_number,
    "whole_number_between": parsers.whole_number_between(0, 100),
    "year": parsers.year,
    "yes_no": parsers.yes_no,
}


def code_of(parse, cell) -> str:
    try:
        parse(cell)
    except FieldFault as fault:
        return fault.code
    return ""


@pytest.mark.parametrize("name", EVERY_PARSER)
@given(cell=ANY_CELL)
def test_a_parser_answers_any_cell_with_a_value_or_a_fault(name, cell):
    assert code_of(EVERY_PARSER[name], cell).partition(".")[0] in ("", "field")


@pytest.mark.parametrize("name", sorted(set(EVERY_PARSER) - {"required_text"}))
@pytest.mark.parametrize("cell", [None, "", "  ", "\u200b"])
def test_an_empty_cell_is_the_empty_value(name, cell):
    assert EVERY_PARSER[name](cell) in (None, "", ())


def test_a_required_text_refuses_the_empty_cell():
    assert code_of(parsers.required_text, " \t") == "field.required"


@given(st.text(max_size=60))
def test_a_cleaned_text_stays_as_it_is(found):
    once = parsers.text(found)

    assert parsers.text(once) == once


@given(st.text(max_size=60))
def test_a_text_can_always_be_stored(found):
    assert parsers.text(found).encode().decode() == parsers.text(found)


def test_invisible_characters_go_and_letters_are_composed():
    assert parsers.text("Mu\u0308ller\u00ad\u200e \u00a0&\x00 Sohn\ud800") == "Müller & Sohn"


def test_a_long_text_keeps_its_paragraphs():
    assert parsers.long_text(" one \r\n\r\n\r\n\r\n two\tthree ") == "one\n\ntwo three"


def test_a_text_is_never_cut_silently():
    assert code_of(parsers.text_up_to(3), "four") == "field.too_long"


numbers = st.decimals(-999_999_999, 999_999_999, places=2)


@given(numbers)
def test_german_numbers_are_read_back(number):
    german = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))

    assert parsers.decimal(german) == number


@given(numbers)
def test_english_numbers_are_read_back(number):
    assert parsers.decimal(f"{number:,.2f}") == number


@given(numbers, st.sampled_from(["{} €", "€ {}", "EUR {}", " {} Euro", "{}"]))
def test_currencies_do_not_change_a_number(number, form):
    assert parsers.decimal(form.format(f"{number:.2f}")) == number


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_read_back_in_both_notations(number):
    english = f"{number:,}"

    assert [parsers.whole_number(form) for form in (english, english.replace(",", "."), str(number))] == [
        number
    ] * 3


@given(st.floats(-1e12, 1e12))
def test_a_number_of_excel_is_taken_as_excel_shows_it(number):
    assert float(parsers.decimal(number)) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("12,345,678", "12345678"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1 234,50", "1234.50"),
        ("1 234", "1234"),
        ("1'234.50", "1234.50"),
        ("−5", "-5"),
        ("- 5,5", "-5.5"),
        ("+7", "7"),
        ("1.200,–", "1200"),
        (",5", "0.5"),
        (3, "3"),
        (0.1, "0.1"),
    ],
)
def test_numbers_of_both_notations(cell, number):
    assert parsers.decimal(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["1.234", "1,234", "12.345", "999,000", "-1.234", "1.234 €"])
def test_what_could_be_thousands_or_decimals_is_refused(cell):
    assert code_of(parsers.decimal, cell) == "field.number_ambiguous"


@pytest.mark.parametrize(
    "cell",
    [
        "x",
        "1.2.3",
        "1,2,3",
        "1.234,5,6",
        "12.34,5",
        "1e5",
        "--1",
        "5 %",
        "1..2",
        "5,",
        True,
        float("nan"),
        "٣",
    ],
)
def test_what_is_no_number_is_refused(cell):
    assert code_of(parsers.decimal, cell) == "field.number"


@pytest.mark.parametrize("cell", ["1,5", 2.5, "1.234,5", "x", True])
def test_what_is_no_whole_number_is_refused(cell):
    assert code_of(parsers.whole_number, cell) == "field.whole_number"


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2200, 12, 31)))
def test_german_and_iso_dates_are_read_back(day):
    forms = (f"{day:%d.%m.}{day.year}", f"{day.day}.{day.month}.{day.year}", day.isoformat(), day)

    assert [parsers.day(form) for form in forms] == [day] * 4


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        (2019, (2019, 1, 1), (2019, 12, 31)),
        ("11/2026", (2026, 11, 1), (2026, 11, 30)),
        ("02.2024", (2024, 2, 1), (2024, 2, 29)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("November 2026", (2026, 11, 1), (2026, 11, 30)),
        ("21. März 2026", (2026, 3, 21), (2026, 3, 21)),
        ("March 21, 2026", (2026, 3, 21), (2026, 3, 21)),
        ("3rd May 2026", (2026, 5, 3), (2026, 5, 3)),
        ("25/03/2026", (2026, 3, 25), (2026, 3, 25)),
        ("03/25/2026", (2026, 3, 25), (2026, 3, 25)),
        ("05/05/2026", (2026, 5, 5), (2026, 5, 5)),
        ("2023-12-26 14:40:12", (2023, 12, 26), (2023, 12, 26)),
        ("2023-12-26T14:40:12Z", (2023, 12, 26), (2023, 12, 26)),
        (datetime.datetime(2026, 11, 21, 9, 0), (2026, 11, 21), (2026, 11, 21)),
    ],
)
def test_dates_that_are_less_than_a_day_are_completed(cell, first, last):
    assert (parsers.day(cell), parsers.last_day(cell)) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("03/04/2026", "field.date_ambiguous"),
        ("21.11.26", "field.date_short_year"),
        (45_000, "field.date_number"),
        (45_000.5, "field.date_number"),
        (float("inf"), "field.date_number"),
        (float("-inf"), "field.date_number"),
        ("31.02.2026", "field.date"),
        ("00.00.2026", "field.date"),
        ("0/2026", "field.date"),
        ("2026-13-01", "field.date"),
        ("bald", "field.date"),
        ("0999", "field.year"),
        (True, "field.date"),
        (datetime.time(9), "field.date"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(cell, code):
    assert code_of(parsers.day, cell) == code


@pytest.mark.parametrize(
    ("cell", "year"),
    [("1998", 1998), (1998.0, 1998), ("01.05.1998", 1998), (datetime.date(1998, 5, 1), 1998)],
)
def test_years(cell, year):
    assert parsers.year(cell) == year


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (("ja", "JA", "x", "X", "yes", "Y", "1", 1, 1.0, True, "wahr", "✓"), True),
        (("nein", "N", "no", "0", 0, False, "falsch", "-", "–"), False),
    ],
)
def test_yes_and_no(cells, answer):
    assert [parsers.yes_no(cell) for cell in cells] == [answer] * len(cells)


def test_neither_yes_nor_no_is_refused():
    assert code_of(parsers.yes_no, "vielleicht") == "field.yes_no"


def test_a_choice_names_what_could_be_chosen():
    with pytest.raises(FieldFault) as fault:
        parsers.choice({"sme": ("KMU", "SME"), "public": ("Öffentliche Stelle",)})("Verein")

    assert (fault.value.code, fault.value.params) == ("field.choice", {"choices": "KMU, Öffentliche Stelle"})


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("DE", "de", "DEU", "Deutschland", "Germany", "GERMANY", "D", "BRD", "DE;DE"), "DE"),
        (("AT", "Österreich", "Oesterreich", "Austria", "AUT", "A"), "AT"),
        (("EL", "GR", "GRC", "Griechenland", "Greece"), "GR"),
        (("UK", "GB", "GBR", "Vereinigtes Königreich", "United Kingdom", "Großbritannien", "England"), "GB"),
        (("FI;FI", "FI; FI;", "Finnland", "Finland"), "FI"),
        (("US", "USA", "U.S.A.", "Vereinigte Staaten", "United States of America"), "US"),
        (("CZ", "Czech Republic", "Czechia", "Tschechien"), "CZ"),
        (("CH", "CHE", "Schweiz", "Switzerland"), "CH"),
        (("TW", "Taiwan", "TWN"), "TW"),
        (("TR", "Türkei", "Turkey", "Türkiye"), "TR"),
    ],
)
def test_countries_by_code_and_by_name(cells, code):
    assert [parsers.country(cell) for cell in cells] == [code] * len(cells)


@pytest.mark.parametrize("cell", ["FI;SE", "Atlantis", "XX", "EU", "Europa", "12", ";"])
def test_what_is_no_country_is_refused(cell):
    assert code_of(parsers.country, cell) == "field.country"


@pytest.mark.parametrize(
    ("cell", "code"), [("de212", "DE212"), ("EL30", "EL30"), ("GR30", "EL30"), ("NL", "NL"), ("UKI", "UKI")]
)
def test_nuts_codes_keep_their_own_country_letters(cell, code):
    assert parsers.nuts(cell) == code


@pytest.mark.parametrize("cell", ["D", "DE2123", "21DE", "Berlin"])
def test_what_does_not_look_like_nuts_is_refused(cell):
    assert code_of(parsers.nuts, cell) == "field.nuts"


@pytest.mark.parametrize(
    "cell",
    ["a", "a@b", "a b@c.de", "a@b..de", "@b.de", "a@-b.de", "a@b.de, c@d.de", "a@b.de\u202e@x", "a@@b.de"],
)
def test_what_is_no_e_mail_address_is_refused(cell):
    assert code_of(parsers.email, cell) == "field.email"


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Eva.Muster@Example.ORG", "Eva.Muster@example.org"),
        ("mailto:a@b.de", "a@b.de"),
        ("Eva <eva@example.org>", "eva@example.org"),
        ("info@müller.de", "info@müller.de"),
    ],
)
def test_e_mail_addresses(cell, address):
    assert parsers.email(cell) == address


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("www.example.org", "https://www.example.org"),
        ("Example.org/A?b=C", "https://example.org/A?b=C"),
        ("http://EXAMPLE.org", "http://example.org"),
        ("//example.org", "https://example.org"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("https://müller.de/", "https://müller.de/"),
    ],
)
def test_websites(cell, address):
    assert parsers.website(cell) == address


@pytest.mark.parametrize(
    "cell",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://user:pass@example.org",
        "https://example.org@evil.org",
        "http://localhost",
        "http://127.0.0.1",
        "http://[::1]/",
        "http://http://example.org",
        "www.a.de; www.b.de",
        "kein Netz",
        'https://example.org/"onmouseover=x',
        "https://example.org:99999999",
        "\\\\server\\share.example",
    ],
)
def test_what_is_no_website_is_refused(cell):
    assert code_of(parsers.website, cell) == "field.website"


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Hauptstraße 1, 01067 Dresden", ("Hauptstraße 1", "01067", "Dresden")),
        ("Haus B\nHauptstr. 1\nD-01067 Dresden", ("Haus B, Hauptstr. 1", "01067", "Dresden")),
        ("DROEVENDAALSESTEEG 4, 6708 PB Wageningen", ("DROEVENDAALSESTEEG 4", "6708 PB", "Wageningen")),
        ("1040 Wien", ("", "1040", "Wien")),
    ],
)
def test_postal_addresses_are_told_apart(cell, parts):
    assert parsers.address(cell) == parsers.Address(*parts)


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (parsers.latitude, "91", "field.latitude"),
        (parsers.latitude, "48°8'N", "field.latitude"),
        (parsers.longitude, -181, "field.longitude"),
        (parsers.location, "51.9", "field.location"),
        (parsers.location, "51,98, 5,66", "field.location"),
        (parsers.location, ",", "field.location"),
        (parsers.location, "95,5", "field.latitude"),
        (parsers.post_code, "#1", "field.post_code"),
        (parsers.address, "irgendwo", "field.address"),
        (parsers.whole_number_between(1, 5), 6, "field.out_of_range"),
        (parsers.decimal_between(Decimal(0), Decimal(1)), "1,5", "field.out_of_range"),
    ],
)
def test_places_and_ranges_are_refused_with_their_reason(parse, cell, code):
    assert code_of(parse, cell) == code


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_locations_of_cordis_are_read_back(north, east):
    assert parsers.location(f"{north:.10f},{east:.10f}") == (float(f"{north:.10f}"), float(f"{east:.10f}"))


def test_lists_are_split_once_and_hold_each_value_once():
    assert [parsers.listed()(cell) for cell in ("a; b, c;a", "a, b,,a", "a\nb", "a", 5)] == [
        ("a", "b, c"),
        ("a", "b"),
        ("a", "b"),
        ("a",),
        ("5",),
    ]


def test_lists_refuse_what_their_parser_refuses():
    assert code_of(parsers.listed(parsers.country), "DE; Atlantis") == "field.country"
