"""The fields that a profile can hold."""

import pytest
from django.utils.translation import override

from kontor.partners.catalogue import CHOSEN, LANGUAGES, NUMERIC, TEXT, fields, groups, key_fields
from kontor.partners.problems import PartnerError
from kontor.partners.values import checked, counted, shown


def test_every_group_and_field_speaks_both_languages():
    lacking = [
        field.code
        for field in fields().values()
        for texts in (field.names, field.helps)
        if not all(texts.get(code, "").strip() for code in LANGUAGES)
    ]

    assert (lacking, [group.code for group in groups() if set(group.names) != set(LANGUAGES)]) == ([], [])


def test_every_field_is_of_a_known_kind_and_choices_have_options():
    kinds = {*NUMERIC, *CHOSEN, TEXT}

    assert [field.code for field in fields().values() if field.kind not in kinds] == []
    assert [field.code for field in fields().values() if field.is_chosen != bool(field.options)] == []


def test_codes_are_unique_and_fit_into_the_database():
    codes = [field.code for group in groups() for field in group.fields]

    assert (len(codes) == len(set(codes)), max(map(len, codes)) <= 60) == (True, True)


def test_key_fields_fit_on_one_card():
    assert 6 <= len(key_fields()) <= 12


@pytest.mark.parametrize(
    ("code", "value", "german", "english"),
    [
        ("members_total", 1200.0, "1.200", "1,200"),
        ("export_share", 41.5, "41,5\u00a0%", "41.5%"),
        ("budget", 450000.0, "450.000\u00a0€", "€450,000"),
        ("founded", 1998.0, "1998", "1998"),
        ("team_fte", 6.5, "6,5\u00a0Vollzeitstellen", "6.5\u00a0full-time posts"),
        ("label", ("gold",), "Gold", "Gold"),
        ("services", ("training", "funding"), "Weiterbildung, Förderberatung", "Training, Funding advice"),
    ],
)
def test_values_are_shown_in_the_readers_writing(code, value, german, english):
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(shown(fields()[code], value))

    assert said == [german, english]


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("members_total", "many", "fact.not_a_number"),
        ("members_total", float("nan"), "fact.out_of_range"),
        ("members_total", -1, "fact.out_of_range"),
        ("export_share", 101, "fact.out_of_range"),
        ("founded", 99, "fact.out_of_range"),
        ("members_total", "", "fact.no_value"),
        ("technology_focus", {"de": " "}, "fact.no_value"),
        ("technology_focus", "x" * 4001, "fact.too_long"),
        ("label", "platinum", "fact.option_unknown"),
        ("label", ["gold", "silver"], "fact.no_value"),
        ("services", [], "fact.no_value"),
    ],
)
def test_what_makes_no_sense_is_refused_by_a_code(code, value, problem):
    with pytest.raises(PartnerError) as refused:
        checked(fields()[code], value)

    assert refused.value.code == problem


@pytest.mark.parametrize(
    ("code", "value", "number"),
    [
        ("members_total", 120.0, 120.0),
        ("label", ("gold",), 3.0),
        ("fee_model", ("flat",), None),
        ("services", ("training", "funding"), 2.0),
    ],
)
def test_a_study_counts_with_numbers_places_and_how_many(code, value, number):
    assert counted(fields()[code], value) == number
