"""XLSForm, row by row: what becomes what, and what is named."""

from __future__ import annotations

import pytest

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import OTHER, Kind, Range
from tests.questionnaires.exchange.forms import faults_of, form, question, read, told

HEAD = ("type", "name", "label")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("select_one yes_no", Kind.SINGLE),
        ("select one from yes_no", Kind.SINGLE),
        ("add select one prompt using yes_no", Kind.SINGLE),
        ("select all that apply from yes_no", Kind.MULTIPLE),
        ("rank yes_no", Kind.RANKING),
        ("integer", Kind.NUMBER),
        ("decimal", Kind.NUMBER),
        ("date", Kind.DATE),
        ("dateTime", Kind.TEXT),
        ("phone number", Kind.TEXT),
        ("range", Kind.SCALE),
        ("note", Kind.NOTE),
        ("acknowledge", Kind.MULTIPLE),
    ],
)
def test_every_spelling_of_a_type_is_understood(word: str, kind: Kind):
    carried = read(HEAD, (word, "q", "A question"), ("text", "more", "More"))
    assert question(carried.definition, "q").kind == kind


RELEVANTS = [
    ("${a} = 'yes'", Compare("a", "is", "yes")),
    ("selected(${a}, 'yes')", Compare("a", "is", "yes")),
    ("${a} != 'yes'", Not(Compare("a", "is", "yes"))),
    ("'yes' = ${a}", Compare("a", "is", "yes")),
    ("not(${a} = 'yes')", Not(Compare("a", "is", "yes"))),
    ("${a} != ''", Answered("a")),
    ("${a} = ''", Not(Answered("a"))),
    ("selected(${m}, 'no') and ${n} >= 5", All((Compare("m", "is", "no"), Compare("n", ">=", "5")))),
    (
        "${a} = 'yes' or (${n} < 3 and ${n} > -1)",
        Some((Compare("a", "is", "yes"), All((Compare("n", "<", "3"), Compare("n", ">", "-1"))))),
    ),
    ("5 < ${n}", Compare("n", ">", "5")),
    ("count-selected(${m}) > 0", Answered("m")),
    ("string-length(${a}) = 0", Not(Answered("a"))),
    ("${d} > date('2026-11-24')", Compare("d", ">", "2026-11-24")),
    ("${a} = ‘yes’", Compare("a", "is", "yes")),
    ("selected(${o}, 'other')", Compare("o", "is", OTHER)),
    ("number(${n}) = 5.0", Compare("n", "is", "5")),
]


@pytest.mark.parametrize(("text", "condition"), RELEVANTS)
def test_the_usual_conditions_are_carried(text: str, condition: Condition):
    carried = read(
        (*HEAD, "relevant"),
        ("select_one yes_no", "a", "A"),
        ("select_multiple yes_no", "m", "M"),
        ("integer", "n", "N"),
        ("date", "d", "D"),
        ("select_one yes_no or_other", "o", "O"),
        ("text", "q", "Q", text),
    )
    assert (question(carried.definition, "q").show_if, told(carried)) == (condition, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("regex(${a}, '[a-z]+')", "exchange.condition_beyond"),
        ("${m} = 'yes'", "exchange.condition_beyond"),
        ("count-selected(${m}) > 1", "exchange.condition_beyond"),
        ("${a} = ${m}", "exchange.condition_beyond"),
        ("${nobody} = 'yes'", "exchange.condition_unknown"),
        ("${later} = 'yes'", "exchange.condition_looks_ahead"),
        ("${a} = = 'yes'", "exchange.condition_unreadable"),
    ],
)
def test_a_condition_that_cannot_be_carried_is_named_and_the_question_always_shown(text: str, code: str):
    carried = read(
        (*HEAD, "relevant"),
        ("select_one yes_no", "a", "A"),
        ("select_multiple yes_no", "m", "M"),
        ("text", "q", "Q", text),
        ("text", "later", "L"),
    )
    assert (question(carried.definition, "q").show_if, told(carried)) == (
        None,
        [(code, "survey, row 4, column relevant")],
    )


def test_groups_within_groups_give_their_conditions_to_their_questions():
    carried = read(
        (*HEAD, "relevant"),
        ("select_one yes_no", "a", "A"),
        ("begin group", "outer", "Outer", "${a} = 'yes'"),
        ("begin group", "inner", "Inner", "${a} != ''"),
        ("text", "q", "Q", "${a} != 'no'"),
        ("end group",),
        ("end group",),
    )
    outer = carried.definition.sections[1]
    assert (outer.code, outer.show_if) == ("outer", Compare("a", "is", "yes"))
    heading, inner = outer.questions
    assert (heading.kind, heading.label, heading.show_if) == (Kind.NOTE, {"en": "Inner"}, Answered("a"))
    assert inner.show_if == All((Answered("a"), Not(Compare("a", "is", "no"))))
    assert told(carried) == [("exchange.group_as_note", "survey, row 4, column label")]


def test_a_table_of_equal_choices_becomes_a_matrix():
    carried = read(
        (*HEAD, "appearance", "required"),
        ("begin_group", "table", "How often?", "table-list"),
        ("select_one yes_no", "fairs", "Fairs", None, "yes"),
        ("select_one yes_no", "visits", "Visits", None, "yes"),
        ("end_group",),
    )
    table = question(carried.definition, "table")
    assert (table.kind, [row.code for row in table.rows]) == (Kind.MATRIX, ["fairs", "visits"])
    assert (table.codes, table.is_required) == (("yes", "no"), True)


def test_constraints_become_limits_where_they_are_simple():
    carried = read(
        (*HEAD, "constraint"),
        ("integer", "n", "N", ". > 0 and 100 >= ."),
        ("decimal", "d", "D", ". >= -1.5"),
        ("select_multiple yes_no", "m", "M", "count-selected(.) <= 1"),
        ("select_multiple yes_no", "x", "X", "not(selected(., 'no') and count-selected(.) > 1)"),
        ("text", "t", "T", "regex(., '[0-9]+')"),
    )
    definition = carried.definition
    assert question(definition, "n").range == Range(1, 100)
    assert question(definition, "d").range == Range(-1.5, None, is_whole=False)
    assert question(definition, "m").most == 1
    assert [option.is_exclusive for option in question(definition, "x").options] == [False, True]
    assert told(carried) == [("exchange.constraint_not_carried", "survey, row 6, column constraint")]


def test_ranges_become_scales_or_numbers():
    carried = read(
        (*HEAD, "parameters"),
        ("range", "s", "S", "start=1 end=5 step=1"),
        ("range", "w", "W", "start=0 end=100 step=5"),
        ("range", "d", "D"),
    )
    kinds = {
        each.code: (each.kind, each.range.low, each.range.high) for each in carried.definition.questions()
    }
    assert kinds == {"s": (Kind.SCALE, 1, 5), "w": (Kind.NUMBER, 0, 100), "d": (Kind.SCALE, 1, 10)}


def test_languages_are_told_by_name_code_or_both():
    carried = read(
        ("type", "name", "label::German", "label::English (en)", "label:fr", "label::Elvish"),
        ("text", "q", "Frage", "Question", "Question (f)", "Kenda"),
        settings=(("form_title", "default_language"), ("Form", "English (en)")),
    )
    assert carried.definition.languages == ("en", "de", "fr", "qaa")
    assert question(carried.definition, "q").label == {
        "en": "Question",
        "de": "Frage",
        "fr": "Question (f)",
        "qaa": "Kenda",
    }
    assert told(carried) == [("exchange.language_unknown", "survey, row 1")]


def test_a_form_without_a_language_speaks_the_readers():
    from kontor.questionnaires.exchange.reading import read_questionnaire

    data = form(HEAD, ("text", "q", "Frage"), settings=(("form_title",), ("Bogen",)))
    carried = read_questionnaire(file_name="bogen.xlsx", data=data, language="de")
    assert carried.definition.languages == ("de",)


def test_headings_may_be_written_in_any_way():
    carried = read(
        ("Type", "NAME", "Label", "Required", "Relevance"),
        ("select_one yes_no", "a", "A", "TRUE", None),
        ("text", "q", "Q", "no", "${a} = 'yes'"),
    )
    assert [(each.is_required, each.show_if) for each in carried.definition.questions()] == [
        (True, None),
        (False, Compare("a", "is", "yes")),
    ]


def test_a_repeat_is_asked_once_and_named():
    carried = read(HEAD, ("begin repeat", "child", "Child"), ("text", "first", "Name"), ("end repeat",))
    assert [each.code for each in carried.definition.questions()] == ["first"]
    assert told(carried) == [("exchange.repeat_once", "survey, row 2, column type")]


def test_choices_that_only_a_filter_tells_apart_get_codes_of_their_own():
    carried = read(
        (*HEAD, "choice_filter"),
        ("select_one town", "t", "T", "country = 'x'"),
        choices=(
            ("list_name", "name", "label", "country"),
            ("town", "neustadt", "Neustadt", "x"),
            ("town", "neustadt", "Neustadt", "y"),
        ),
    )
    assert question(carried.definition, "t").codes == ("neustadt", "neustadt_2")
    assert told(carried) == [
        ("exchange.filter_not_carried", "survey, row 2, column choice_filter"),
        ("exchange.column_not_carried", "choices, row 1, column country"),
        ("exchange.choice_renamed", "choices, row 3, column name"),
    ]


BROKEN = [
    ([HEAD, ("text", None, "Q")], [("exchange.no_name", "survey, row 2, column name")]),
    ([HEAD, (None, "q", "Q")], [("exchange.no_type", "survey, row 2, column type")]),
    ([HEAD, ("select_one none", "q", "Q")], [("exchange.list_unknown", "survey, row 2, column type")]),
    ([HEAD, ("end group",)], [("exchange.group_not_begun", "survey, row 2, column type")]),
    (
        [HEAD, ("begin group", "g", "G"), ("text", "q", "Q")],
        [("exchange.group_not_closed", "survey, row 2, column type")],
    ),
    (
        [HEAD, ("text", "q", "Q"), ("text", "q", "Q")],
        [("exchange.name_twice", "survey, row 3, column name")],
    ),
    ([("type", "label"), ("text", "Q")], [("exchange.column_missing", "survey, row 1")]),
    ([HEAD], [("exchange.survey_empty", "survey")]),
    ([HEAD, ("today", "day", None)], [("questionnaire.no_question", "")]),
    ([HEAD, ("text", "q", "#REF!")], [("exchange.cell_error", "survey, row 2, column label")]),
]


@pytest.mark.parametrize(("survey", "faults"), BROKEN)
def test_a_broken_form_is_refused_with_sheet_row_and_column(survey: list, faults: list):
    assert faults_of(form(*survey)) == faults


def test_all_faults_are_told_at_once():
    data = form(
        HEAD,
        ("text", None, "Q"),
        ("select_one none", "a", "A"),
        choices=(("list_name", "name", "label"), ("l", None, "X"), ("l", "b", "B"), ("l", "b", "B")),
    )
    assert faults_of(data) == [
        ("exchange.choice_no_name", "choices, row 2, column name"),
        ("exchange.choice_twice", "choices, row 4, column name"),
        ("exchange.no_name", "survey, row 2, column name"),
        ("exchange.list_unknown", "survey, row 3, column type"),
    ]
