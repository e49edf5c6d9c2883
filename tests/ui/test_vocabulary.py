"""Sectors, regions and countries in the reader's language."""

from __future__ import annotations

import pytest

from kontor.ui import vocabulary


@pytest.mark.parametrize(
    ("code", "language", "title"),
    [
        ("C", "de", "Verarbeitendes Gewerbe/Herstellung von Waren"),
        ("C", "en", "Manufacturing"),
        ("V", "en", "Activities of extraterritorial organisations and bodies"),
        ("01.11", "de", "Anbau von anderem Getreide als Reis sowie von Hülsenfrüchten und Ölsaaten"),
        (" c ", "en", "Manufacturing"),
        ("99.99", "en", ""),
    ],
)
def test_a_sector_has_a_title_in_each_language(code, language, title):
    assert vocabulary.nace_title(code, language) == title


def test_there_are_22_sections_and_1047_codes():
    assert "".join(vocabulary.nace_sections()) == "ABCDEFGHIJKLMNOPQRSTUV"
    assert len(vocabulary.nace_choices("de")) == 1047


def test_titles_equal_the_public_table_apart_from_capitals(shared_data):
    import json

    rows = json.loads((shared_data / "vocabularies" / "nace_rev21_24lang.json").read_text(encoding="utf-8"))
    ours = {
        row["code"]: (
            vocabulary.nace_title(row["code"], "de").casefold(),
            vocabulary.nace_title(row["code"], "en"),
        )
        for row in rows
    }

    assert {code: german for code, (german, _) in ours.items()} == {
        row["code"]: " ".join(row["de"].split()).casefold() for row in rows
    }


@pytest.mark.parametrize(
    ("code", "name"), [("DE600", "Hamburg"), ("de6", "Hamburg"), ("AT13", "Wien"), ("XX1", ""), ("", "")]
)
def test_a_region_bears_its_own_name(code, name):
    assert vocabulary.region_name(code) == name


def test_regions_of_greece_are_found_under_both_codes():
    assert vocabulary.regions_of("GR") == vocabulary.regions_of("EL")
    assert len(vocabulary.regions_of("GR")) > 60


def test_an_unknown_country_has_no_regions():
    assert vocabulary.regions_of("") == ()


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("AT", "de", "Österreich"),
        ("AT", "en", "Austria"),
        ("EL", "en", "Greece"),
        ("uk", "de", "Vereinigtes Königreich"),
        ("??", "de", "??"),
        ("AT", "xx", "Austria"),
    ],
)
def test_a_country_has_a_name_in_each_language(code, language, name):
    assert vocabulary.country_name(code, language) == name


def test_countries_stand_in_the_order_of_people():
    names = [name for _code, name in vocabulary.country_choices("de")]

    assert names.index("Ägypten") < names.index("Albanien") < names.index("Österreich") < names.index("Polen")


def test_no_union_and_no_test_code_passes_for_a_country():
    assert {"EU", "UN", "ZZ", "XA"} & {code for code, _name in vocabulary.country_choices("en")} == set()
