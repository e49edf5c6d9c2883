"""The files of the World Bank and CEPII as they come: what is stored is what they say, figure by figure.

The files are read here a second time, by the csv module alone.
"""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from kontor.countries import queries, services
from kontor.countries.models import CountryLink, IndicatorValue
from kontor.countries.queries.sheets import country_view

# ISO 3166-1: as the World Bank, CEPII and the house write them.
COUNTRIES = {
    **{
        "AUT": "AT",
        "BEL": "BE",
        "CAN": "CA",
        "CHE": "CH",
        "CHN": "CN",
        "CZE": "CZ",
        "DNK": "DK",
        "ESP": "ES",
    },
    **{
        "FIN": "FI",
        "FRA": "FR",
        "GBR": "GB",
        "GRC": "GR",
        "IND": "IN",
        "ISR": "IL",
        "ITA": "IT",
        "JPN": "JP",
    },
    **{"KOR": "KR", "NLD": "NL", "ROU": "RO", "USA": "US"},
}
CEPII_CODE = {"ROU": "ROM"}
CODES = {
    *("GB.XPD.RSDV.GD.ZS", "IP.JRN.ARTC.SC", "IP.PAT.NRES", "IP.PAT.RESD", "LP.LPI.OVRL.XQ"),
    *("NE.EXP.GNFS.ZS", "NY.GDP.PCAP.CD"),
}
TODAY = date(2026, 11, 25)


@pytest.fixture
def folder(shared_data):
    return shared_data / "countries"


@pytest.fixture
def loaded(cluster, folder):
    """Return the cluster with all files loaded."""
    services.load_folder(cluster=cluster, folder=folder)
    return cluster


@pytest.fixture
def measured(cluster, folder, code):
    """Return the cluster with the file of one indicator loaded."""
    services.load_folder(cluster=cluster, folder=folder / f"wdi-{code.lower()}.csv")
    return cluster


@pytest.fixture
def linked(cluster, folder):
    """Return the cluster with the distances loaded."""
    services.load_folder(cluster=cluster, folder=folder / "cepii-geodist.csv")
    return cluster


def told(folder, code):
    """Return three-letter code → year → figure, as the file has it."""
    found = {}
    with (folder / f"wdi-{code.lower()}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Value"]:
                found.setdefault(row["Country Code"], {})[int(row["Year"])] = float(row["Value"])
    return found


def pairs(folder, home):
    """Return three-letter code → row of the pair with `home`."""
    with (folder / "cepii-geodist.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["iso_d"]: row for row in csv.DictReader(file) if row["iso_o"] == home}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_figure_of_twenty_countries_is_stored_as_the_file_has_it(measured, folder, code):
    file = told(folder, code)
    expected = {
        (short, year, value) for long, short in COUNTRIES.items() for year, value in file[long].items()
    }

    stored = IndicatorValue.objects.filter(indicator__code=code, country__in=COUNTRIES.values())

    assert set(stored.values_list("country", "year", "value")) == expected


@pytest.mark.parametrize("code", sorted(CODES))
def test_criteria_of_twenty_countries_are_filled_with_the_newest_figure(measured, folder, code):
    file = told(folder, code)
    expected = {short: max(file[long].items()) for long, short in COUNTRIES.items()}
    key = f"countries.{code.lower().replace('.', '_')}"

    filled = {short: queries.source_value(measured, key, short, TODAY) for short in COUNTRIES.values()}

    assert {short: (figure.year, figure.value) for short, figure in filled.items()} == expected


def test_distances_from_home_are_those_of_cepii(linked, folder):
    rows = pairs(folder, "DEU")
    expected = {
        short: (
            *(float(rows[CEPII_CODE.get(long, long)][name]) for name in ("dist", "distcap", "distw")),
            *(
                rows[CEPII_CODE.get(long, long)][name] == "1"
                for name in ("comlang_off", "comlang_ethno", "contig")
            ),
        )
        for long, short in COUNTRIES.items()
    }

    stored = CountryLink.objects.filter(cluster=linked, country__in=COUNTRIES.values()).values_list(
        *("country", "distance_km", "capital_km", "weighted_km"),
        *("shares_language", "speaks_language", "is_contiguous"),
    )

    assert {row[0]: row[1:] for row in stored} == expected


@pytest.mark.parametrize(
    ("key", "column"), [("distance", "dist"), ("common_language", "comlang_off"), ("neighbour", "contig")]
)
def test_criteria_are_filled_with_what_lies_between(linked, folder, key, column):
    rows = pairs(folder, "DEU")
    expected = {short: float(rows[CEPII_CODE.get(long, long)][column]) for long, short in COUNTRIES.items()}

    filled = queries.source_values(linked, [f"countries.{key}"], COUNTRIES.values(), TODAY)

    assert {country: figure.value for (_key, country), figure in filled.items()} == expected


@pytest.mark.parametrize("code", sorted(CODES))
def test_ranks_among_twenty_countries_follow_from_the_file(measured, folder, code):
    file = told(folder, code)
    newest = {short: file[long][max(file[long])] for long, short in COUNTRIES.items()}
    expected = {short: 1 + sum(other > value for other in newest.values()) for short, value in newest.items()}

    found = queries.frame(measured, COUNTRIES.values(), TODAY)

    key = code.lower().replace(".", "_")
    assert {short: found.figures[key, short].rank for short in COUNTRIES.values()} == expected


def test_the_whole_folder_brings_seven_indicators_and_no_group_of_countries(loaded):
    known = set(IndicatorValue.objects.values_list("country", flat=True))
    codes = {indicator.code for indicator in queries.frame(loaded, ["DK"], TODAY).indicators}

    assert (codes, known & {"EU", "EZ", "UN", "XA", "WL"}, {len(country) for country in known}) == (
        *(CODES, set()),
        {2},
    )


def test_region_sheets_of_twenty_countries_show_the_figures_of_the_files(loaded, folder, client_of, manager):
    files = {code: told(folder, code) for code in CODES}
    rows = pairs(folder, "DEU")
    client = client_of(manager)
    for long, short in COUNTRIES.items():
        sheet = services.create_sheet(cluster=loaded, country=short)
        expected = {
            indicator.code: max(files[indicator.code][long].items())
            for indicator in queries.frame(loaded, [short], TODAY).indicators
        }

        view = country_view(loaded, short, TODAY)

        shown = {each.indicator.code: each.figure for part in view.dimensions for each in part.figures}
        assert {code: (figure.year, figure.value) for code, figure in shown.items()} == expected
        assert view.link.distance_km == float(rows[CEPII_CODE.get(long, long)]["dist"])
        lines = client.get(reverse("countries:sheet-csv", args=[loaded.slug, sheet.pk])).content
        printed = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
        assert {(int(row["Year"]), float(row["Value"])) for row in printed} == set(expected.values())


def test_the_trend_of_twenty_countries_follows_from_the_file(cluster, folder):
    services.load_folder(cluster=cluster, folder=folder / "wdi-ny.gdp.pcap.cd.csv")
    file = told(folder, "NY.GDP.PCAP.CD")

    found = queries.frame(cluster, COUNTRIES.values(), TODAY).figures

    for long, short in COUNTRIES.items():
        last = max(file[long])
        trend = found["ny_gdp_pcap_cd", short].trend
        assert (trend.to_value, trend.from_year, trend.from_value) == (
            *(file[long][last], last - 5),
            file[long][last - 5],
        )
