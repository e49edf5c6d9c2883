"""Files in every form in which the publishers offer them, and files that are none."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.countries.codes import country_of
from kontor.countries.reading import read_files
from kontor.countries.reading.unpacking import MOST_FILES
from kontor.imports.refused import ImportRefused
from tests.countries import published
from tests.countries.published import CODE, NAME, TOLD, written

FORMS = {
    "indicator download": (f"API_{CODE}_DS2_en_csv_v2_45.csv", written(published.api_rows())),
    "indicator download, zipped": (f"API_{CODE}_DS2_en_csv_v2_45.zip", published.api_zip()),
    "indicator download, Excel": (f"API_{CODE}_DS2_en_excel_v2_45.xlsx", published.api_workbook()),
    "DataBank, years side by side": ("Data_Extract.csv", written(published.databank_rows())),
    "DataBank, list": ("P_Data.csv", written(published.databank_list_rows())),
    "plain list": (f"wdi-{CODE.lower()}.csv", written(published.long_rows())),
    "plain list, tabs": (f"{CODE}.tsv", written(published.long_rows(), delimiter="\t")),
    "plain list, semicolons": (f"{CODE}.csv", written(published.long_rows(), delimiter=";")),
    "plain list, Excel": (f"{CODE}.xlsx", published.workbook({"x": published.long_rows()})),
}


def one(name, data, home="DE"):
    """Return the only table that tells something."""
    (found,) = [file for file in read_files([(name, data)], home=home) if file.kind != "other"]
    return found


def left_out(file):
    return {
        line.code.removeprefix("country.left_out_"): (line.count, line.examples) for line in file.left_out
    }


def faults(file):
    return [(fault.row, fault.column_letter, fault.code.split(".")[1]) for fault in file.faults]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_figures(form):
    file = one(*FORMS[form])

    assert [(series.code, series.values) for series in file.series] == [(CODE, TOLD)]


@pytest.mark.parametrize("form", FORMS)
def test_the_world_is_left_out_of_every_form(form):
    assert left_out(one(*FORMS[form]))["group"][1] == ("World",)


@pytest.mark.parametrize("form", ["indicator download", "DataBank, years side by side"])
def test_the_publishers_day_is_read(form):
    assert one(*FORMS[form]).updated_on == date(2026, 10, 7)


def test_the_name_of_the_indicator_comes_from_the_file():
    assert one(*FORMS["indicator download"]).series[0].name == NAME


def test_descriptions_beside_the_figures_are_named_and_not_taken():
    files = read_files([FORMS["indicator download, zipped"]], home="DE")

    assert sorted((file.kind, file.problem and file.problem[0]) for file in files) == [
        ("indicators", None),
        ("other", "country.only_descriptions"),
        ("other", "country.only_descriptions"),
    ]


def test_german_excel_wrote_commas():
    rows = [[cell.replace(".", ",") for cell in row] for row in published.long_rows()]

    assert one(f"wdi-{CODE.lower()}.csv", written(rows, delimiter=";")).series[0].values == TOLD


def test_thousands_are_told_from_decimals():
    rows = [["Country Code", "Year", "Value"], ["DNK", "2020", "1,090.5"], ["SWE", "2020", "1,771"]]

    assert one("IP.PAT.RESD.csv", written(rows)).series[0].values == {
        "DK": {2020: 1090.5},
        "SE": {2020: 1771.0},
    }


def test_what_could_be_thousands_or_decimals_is_refused():
    rows = [["Country Code", "Year", "Value"], ["DNK", "2020", "1,090"], ["SWE", "2020", "1,771"]]

    (file,) = read_files([("IP.PAT.RESD.csv", written(rows))], home="DE")

    assert file.problem[0] == "country.numbers_ambiguous"


def test_faults_are_named_by_row_and_column():
    rows = published.api_rows()
    rows[5][5], rows[7][4] = "about 3", "1.2.3"

    assert faults(one(f"API_{CODE}.csv", written(rows))) == [
        (6, "F", "not_a_number"),
        (8, "E", "not_a_number"),
    ]


def test_a_year_that_is_none_is_a_fault():
    rows = [["Country Code", "Year", "Value"], ["DNK", "20222", "1.5"], ["DNK", "", "1.5"]]

    assert faults(one("PV.EST.csv", written(rows))) == [
        (2, "B", "year_unreadable"),
        (3, "B", "year_unreadable"),
    ]


def test_the_same_figure_twice_counts_once_and_another_one_is_a_fault():
    rows = [
        ["Country Code", "Year", "Value"],
        *(["DNK", "2020", "1.5"], ["DNK", "2020", "1.50"], ["DNK", "2020", "1.6"]),
    ]

    file = one("PV.EST.csv", written(rows))

    assert (file.series[0].values, faults(file)) == ({"DK": {2020: 1.5}}, [(4, "C", "two_figures")])


@pytest.mark.parametrize("codes", [("ROM", "ROU"), ("ROU", "ROM")])
def test_of_an_old_and_a_present_code_the_present_one_counts(codes):
    rows = [
        ["Country Code", "Year", "Value"],
        *([code, "2020", str(len(code) + (code == "ROU"))] for code in codes),
    ]

    assert one("PV.EST.csv", written(rows)).series[0].values == {"RO": {2020: 4.0}}


def test_a_file_that_does_not_name_its_indicator_leaves_it_open():
    assert one("figures.csv", written(published.long_rows())).series[0].code == ""


def test_countries_are_known_by_name_where_there_is_no_code():
    rows = [["Country", "Year", "Value"], ["Slovak Republic", "2020", "1.5"], ["Kosovo", "2020", "2.5"]]

    assert set(one("PV.EST.csv", written(rows)).series[0].values) == {"SK", "XK"}


def test_unknown_countries_and_remarks_are_left_out_with_their_names():
    rows = [
        ["Country Name", "Country Code", "Year", "Value"],
        *(
            ["Atlantis", "ATL", "2020", "1"],
            ["Channel Islands", "CHI", "2020", "1"],
            ["Denmark", "DNK", "2020", "1"],
        ),
        ["Source: somebody", "", "", ""],
    ]

    assert left_out(one("PV.EST.csv", written(rows))) == {
        "unknown": (1, ("Atlantis (ATL)",)),
        "no_code": (1, ("Channel Islands",)),
        "remark": (1, ("Source: somebody",)),
    }


@pytest.mark.parametrize(
    ("code", "country"),
    [("XKX", "XK"), ("ROM", "RO"), ("ZAR", "CD"), ("EL", "GR"), ("UK", "GB"), ("GRC", "GR"), ("WLD", "")],
)
def test_codes_of_publishers_become_those_of_iso(code, country):
    assert country_of(code) == country


def test_distances_are_those_from_home():
    file = one("dist_cepii.csv", written(published.DISTANCES))

    assert {
        (link.country, link.distance_km, link.weighted_km, link.shares_language) for link in file.links
    } == {
        ("AT", 763.7314, 592.3266, True),
        ("DE", 224.83582, 301.0826, False),
        ("DK", 595.8536, 537.62, False),
        ("RO", 1635.1, 1301.9, False),
        ("CD", 6033.9, None, False),
    }


def test_distances_in_a_workbook_read_the_same():
    rows = [
        published.DISTANCES[0],
        *(
            [cell if place < 2 or cell == "." else float(cell) for place, cell in enumerate(row)]
            for row in published.DISTANCES[1:]
        ),
    ]

    read = one("dist_cepii.xlsx", published.workbook({"dist_cepii": rows}))

    assert read.links == one("dist_cepii.csv", written(published.DISTANCES)).links


def test_a_file_without_the_home_country_says_so():
    (file,) = read_files([("dist_cepii.csv", written(published.DISTANCES))], home="NZ")

    assert file.problem == ("country.no_distances", {"name": "dist_cepii.csv", "home": "NZ"})


def test_broken_cells_of_distances_are_named():
    rows = [list(row) for row in published.DISTANCES]
    rows[4][2], rows[4][10] = "maybe", "99999999"

    assert faults(one("dist_cepii.csv", written(rows))) == [(5, "K", "out_of_range"), (5, "C", "not_yes_no")]


def test_places_are_read_by_their_largest_city():
    file = one("geo_cepii.csv", written(published.GEOGRAPHY))

    assert {
        (facts.country, facts.main_city, facts.languages, facts.is_landlocked) for facts in file.facts
    } == {
        ("DK", "Copenhagen", ("Danish",), False),
        ("CH", "Zürich", ("German", "French", "Italian"), True),
    }


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_columns_and_rows_changes_nothing(chance: random.Random):
    head, *body = published.long_rows()
    order = chance.sample(range(len(head)), len(head))
    rows = [[row[place] for place in order] for row in (head, *chance.sample(body, len(body)))]

    assert one(f"wdi-{CODE.lower()}.csv", written(rows)).series[0].values == TOLD


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_cepiis_columns_changes_nothing(chance: random.Random):
    order = chance.sample(range(14), 14)
    rows = [[row[place] for place in order] for row in published.DISTANCES]

    assert one("dist_cepii.csv", written(rows)).links == one("d.csv", written(published.DISTANCES)).links


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["DNK", "SWE", "FIN", "XKX"]),
        st.dictionaries(
            st.integers(1960, 2025), st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1
        ),
        min_size=1,
    )
)
def test_any_figure_comes_back_as_it_was(values):
    rows = [
        ["Country Code", "Year", "Value"],
        *([code, str(year), repr(value)] for code, years in values.items() for year, value in years.items()),
    ]

    read = one("PV.EST.csv", written(rows)).series[0].values

    assert read == {country_of(code): years for code, years in values.items()}


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12), st.sampled_from(["a.csv", "b.xlsx"])
)
def test_any_table_is_read_or_explained(rows, name):
    for file in read_files([(name, written(rows))], home="DE"):
        assert (file.kind == "other") == (file.problem is not None)


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "b.xls", "c.zip"]))
def test_any_bytes_are_explained(data, name):
    assert all(file.problem for file in read_files([(name, data)], home="DE"))


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_damaged_archive_is_explained_or_read(place, byte):
    data = bytearray(published.api_zip())
    data[place % len(data)] = byte

    for file in read_files([("a.zip", bytes(data))], home="DE"):
        assert file.problem or file.series


def test_a_file_of_another_kind_hinders_no_other():
    files = read_files([("a.pdf", b"%PDF-1.7 ..."), FORMS["plain list"], ("b.csv", b"")], home="DE")

    assert [(file.kind, file.problem and file.problem[0]) for file in files] == [
        ("other", "import.pdf"),
        ("indicators", None),
        ("other", "import.empty"),
    ]


def test_a_table_of_another_kind_is_told_what_is_needed():
    (file,) = read_files([("members.csv", b"Name;Town\nSensorwerk;Kiel\n")], home="DE")

    assert file.problem == ("country.not_recognised", {"name": "members.csv", "found": "Name, Town"})


def test_a_bomb_is_not_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("API.csv", b"0" * 40_000_000)

    (file,) = read_files([("API.zip", packed.getvalue())], home="DE")

    assert file.problem[0] == "import.too_large_unpacked"


def test_too_many_figures_at_once_are_refused(monkeypatch):
    monkeypatch.setattr("kontor.countries.reading.tables.MOST_FIGURES", 9)

    with pytest.raises(ImportRefused) as refusal:
        read_files([FORMS["plain list"], FORMS["plain list, tabs"]], home="DE")

    assert refusal.value.code == "country.too_many_figures"


def test_too_many_files_at_once_are_refused():
    with pytest.raises(ImportRefused) as refusal:
        read_files([("a.csv", b"x")] * (MOST_FILES + 1), home="DE")

    assert refusal.value.code == "country.too_many_files"
