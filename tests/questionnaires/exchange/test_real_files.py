"""Real questionnaires of others: what arrives, what is named, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from kontor.questionnaires.conditions import All, Compare, Not
from kontor.questionnaires.definition import Kind
from kontor.questionnaires.exchange.carried import Carried
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.exchange.writing import write_xlsform
from kontor.questionnaires.soundness import problems
from tests.questionnaires.exchange.forms import faults_of, question, told

GOOD = [
    *("choice_filter_test.xlsx", "colors.lss", "date_and_time.lss", "field-list.xlsx", "group.xlsx"),
    *("or_other.xlsx", "xlsform_spec_test.xlsx", "yes_or_no_question.xlsx"),
]


def read(shared_data: Path, name: str) -> Carried:
    return read_questionnaire(file_name=name, data=(shared_data / "surveys" / name).read_bytes())


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_arrives_sound_and_comes_back_the_same(shared_data: Path, tmp_path: Path, name: str):
    carried = read(shared_data, name)
    assert problems(carried.definition) == ()
    target = tmp_path / "out.xlsx"
    target.write_bytes(write_xlsform(carried.definition))
    assert read_questionnaire(file_name="out.xlsx", data=target.read_bytes()) == Carried(carried.definition)
    assert convert(target).xform.startswith("<?xml")


BAD = [
    ("bad-bad_calc.xlsx", ("exchange.calculation_unreadable", "survey, row 2, column calculation")),
    ("bad-duplicate_columns.xlsx", ("exchange.column_twice", "survey, row 1, column D, E")),
    ("bad-xl_date_ambiguous.xlsx", ("exchange.date_ambiguous", "changelog, row 2, column A (version)")),
]


@pytest.mark.parametrize(("name", "fault"), BAD)
def test_a_broken_file_is_refused_with_the_place_of_its_fault(shared_data: Path, name: str, fault: tuple):
    assert faults_of((shared_data / "surveys" / name).read_bytes(), name) == [fault]


def test_every_file_of_the_folder_is_known_here(shared_data: Path):
    names = sorted(path.name for path in (shared_data / "surveys").iterdir())
    assert names == sorted([*GOOD, *(name for name, _fault in BAD)])


def test_a_group_without_a_parent_and_an_other_spelling_arrive(shared_data: Path):
    carried = read(shared_data, "group.xlsx")
    sections = [(dict(each.title), [q.code for q in each.questions]) for each in carried.definition.sections]
    assert sections == [({}, ["family_name"]), ({"en": "Father"}, ["phone_number", "age"])]


def test_or_other_offers_other_on_the_one_question_only(shared_data: Path):
    carried = read(shared_data, "or_other.xlsx")
    assert [each.has_other for each in carried.definition.questions()] == [True, False]


def test_both_languages_of_the_choices_arrive(shared_data: Path):
    options = question(read(shared_data, "field-list.xlsx").definition, "table_list_question").options
    assert [dict(option.label) for option in options] == [
        {"en": "Yes", "zh": "是"},
        {"en": "No", "zh": "没有"},
    ]


def test_the_specification_test_arrives_as_far_as_kontor_can_ask(shared_data: Path):
    carried = read(shared_data, "xlsform_spec_test.xlsx")
    everything = carried.definition.sections[1]
    assert everything.show_if == Not(Compare("skip_to_end", "is", "yes"))
    table = question(carried.definition, "labeled_select_group")
    assert (table.kind, [row.code for row in table.rows]) == (Kind.MATRIX, ["list-nolabel-test"])
    left_out = [place for code, place in told(carried) if code == "exchange.type_not_carried"]
    assert left_out == [f"survey, row {row}, column type" for row in (34, 36, 37, 38)]


def test_the_conditions_of_limesurvey_ask_for_ticked_boxes(shared_data: Path):
    carried = read(shared_data, "colors.lss")
    assert question(carried.definition, "G01Q02").show_if == All(
        (Compare("Q00", "is", "SQ009"), Compare("Q00", "is", "SQ011"))
    )
    assert [code for code, _place in told(carried)] == [
        *["exchange.media_not_carried"] * 3,
        "exchange.attribute_not_carried",
        "exchange.quota_not_carried",
        *["exchange.survey_date_not_carried"] * 2,
    ]


def test_a_time_of_day_is_asked_as_text_and_a_day_with_time_as_a_day(shared_data: Path):
    carried = read(shared_data, "date_and_time.lss")
    assert [each.kind for each in carried.definition.questions()] == [Kind.DATE, Kind.TEXT, Kind.DATE]
