"""LimeSurvey, type by type: what becomes what, and what is named."""

from __future__ import annotations

import pytest

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import OTHER, Kind, Range
from kontor.questionnaires.exchange.carried import Carried
from kontor.questionnaires.exchange.html_text import text_of
from kontor.questionnaires.exchange.reading import read_questionnaire
from tests.questionnaires.exchange.forms import answer, asked, faults_of, lss, question, spoken, sub, told


def read(questions: str, **tables: str) -> Carried:
    return read_questionnaire(file_name="survey.lss", data=lss(questions, **tables))


PARTS = {
    "subquestions": sub(11, 1, "SQ1") + sub(12, 1, "SQ2"),
    "answers": answer(21, 1, "A1") + answer(22, 1, "A2"),
    "question_l10ns": spoken((1, "Q?"), (11, "Row 1"), (12, "Row 2")),
}


@pytest.mark.parametrize(
    ("letter", "kinds"),
    [
        ("L", [Kind.SINGLE]),
        ("!", [Kind.SINGLE]),
        ("O", [Kind.SINGLE]),
        ("M", [Kind.MULTIPLE]),
        ("P", [Kind.MULTIPLE]),
        ("R", [Kind.RANKING]),
        ("Y", [Kind.SINGLE]),
        ("G", [Kind.SINGLE]),
        ("5", [Kind.SCALE]),
        ("S", [Kind.TEXT]),
        ("T", [Kind.TEXT]),
        ("U", [Kind.TEXT]),
        ("N", [Kind.NUMBER]),
        ("D", [Kind.DATE]),
        ("F", [Kind.MATRIX]),
        ("H", [Kind.MATRIX]),
        ("A", [Kind.MATRIX]),
        ("B", [Kind.MATRIX]),
        ("C", [Kind.MATRIX]),
        ("E", [Kind.MATRIX]),
        ("Q", [Kind.TEXT, Kind.TEXT]),
        ("K", [Kind.NUMBER, Kind.NUMBER]),
    ],
)
def test_a_type_that_kontor_knows_arrives(letter: str, kinds: list[Kind]):
    carried = read(asked(1, "Q1", letter), **PARTS)
    assert [each.kind for each in carried.definition.questions()] == kinds


@pytest.mark.parametrize("letter", ["|", "*", "I", "?"])
def test_a_type_that_kontor_cannot_ask_is_named(letter: str):
    questions = asked(1, "Q1", letter) + asked(2, "Q2", "S")
    carried = read(questions, question_l10ns=spoken((1, "Q?"), (2, "More")))
    assert told(carried) == [("exchange.type_not_carried", "question Q1")]


def test_a_table_with_two_scales_becomes_two():
    answers = answer(21, 1, "A1") + answer(22, 1, "B1", 1)
    carried = read(asked(1, "Q1", "1"), **{**PARTS, "answers": answers})
    assert [(each.code, each.codes) for each in carried.definition.questions()] == [
        ("Q1", ("A1",)),
        ("Q1_2", ("B1",)),
    ]


def test_a_table_of_texts_becomes_a_question_for_each_cell():
    parts = sub(11, 1, "Y1") + sub(12, 1, "X1", 1) + sub(13, 1, "X2", 1)
    texts = spoken((1, "Q?"), (11, "Row"), (12, "Left"), (13, "Right"))
    carried = read(asked(1, "Q1", ";"), subquestions=parts, question_l10ns=texts)
    assert [(each.code, each.label["en"]) for each in carried.definition.questions()] == [
        ("Q1_Y1_X1", "Q? – Row – Left"),
        ("Q1_Y1_X2", "Q? – Row – Right"),
    ]


RELEVANCES = [
    ('Q1 == "A1"', Compare("Q1", "is", "A1")),
    ('((Q1.NAOK != "A1"))', Not(Compare("Q1", "is", "A1"))),
    ('Q1 eq "A1" && Q2_SQ1.NAOK == "Y"', All((Compare("Q1", "is", "A1"), Compare("Q2", "is", "SQ1")))),
    ('Q2_SQ1 != "Y" || N1 ge 5', Some((Not(Compare("Q2", "is", "SQ1")), Compare("N1", ">=", "5")))),
    ("!is_empty(N1.NAOK)", Answered("N1")),
    ("is_empty(Q2_SQ2)", Not(Compare("Q2", "is", "SQ2"))),
    ('9X1X1 == "A2"', Compare("Q1", "is", "A2")),
    ('9X1X2SQ1.NAOK == "Y"', Compare("Q2", "is", "SQ1")),
    ('Q1 == "-oth-"', Compare("Q1", "is", OTHER)),
    ("1", None),
]


@pytest.mark.parametrize(("text", "condition"), RELEVANCES)
def test_the_usual_conditions_are_carried(text: str, condition: Condition | None):
    questions = (
        asked(1, "Q1", "L", other="Y")
        + asked(2, "Q2", "M")
        + asked(3, "N1", "N")
        + asked(4, "Q4", "S", relevance=text)
    )
    carried = read(
        questions,
        subquestions=sub(11, 2, "SQ1") + sub(12, 2, "SQ2"),
        answers=answer(21, 1, "A1") + answer(22, 1, "A2"),
        question_l10ns=spoken((1, "a"), (2, "b"), (3, "c"), (4, "d"), (11, "x"), (12, "y")),
    )
    assert (question(carried.definition, "Q4").show_if, told(carried)) == (condition, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("count(Q1, Q2) > 1", "exchange.condition_beyond"),
        ("Q9 == 1", "exchange.condition_unknown"),
        ("Q2 == 1", "exchange.condition_looks_ahead"),
        ("Q1 == ", "exchange.condition_unreadable"),
    ],
)
def test_a_condition_that_cannot_be_carried_is_named(text: str, code: str):
    questions = asked(1, "Q1", "N") + asked(2, "Q2", "N", relevance=text)
    carried = read(questions, question_l10ns=spoken((1, "a"), (2, "b")))
    assert told(carried) == [(code, "question Q2")]


def test_attributes_become_limits():
    attributes = "".join(
        f"<row><qid>{qid}</qid><attribute>{key}</attribute><value>{value}</value></row>"
        for qid, key, value in (
            (1, "max_answers", 1),
            (1, "exclude_all_others", "SQ2"),
            (2, "min_num_value_n", 1),
            (2, "max_num_value_n", 9),
            (2, "num_value_int_only", 1),
        )
    )
    questions = asked(1, "Q1", "M", mandatory="Y") + asked(2, "Q2", "N")
    carried = read(questions, question_attributes=attributes, **PARTS)
    first, second = carried.definition.questions()
    assert (first.most, first.is_required, [each.is_exclusive for each in first.options]) == (
        1,
        True,
        [False, True],
    )
    assert second.range == Range(1, 9)


def test_older_files_repeat_each_row_for_every_language():
    questions = asked(1, "Q1", "L", question="Welche?", language="de") + asked(
        1, "Q1", "L", question="Which?", language="en"
    )
    answers = (
        "<row><qid>1</qid><code>A1</code><sortorder>1</sortorder><answer>Eins</answer><language>de</language></row>"
        "<row><qid>1</qid><code>A1</code><sortorder>1</sortorder><answer>One</answer><language>en</language></row>"
    )
    surveys = "<row><sid>9</sid><language>de</language><additional_languages>en</additional_languages></row>"
    asked_once = question(read(questions, answers=answers, surveys=surveys).definition, "Q1")
    assert dict(asked_once.label) == {"de": "Welche?", "en": "Which?"}
    assert [dict(option.label) for option in asked_once.options] == [{"de": "Eins", "en": "One"}]


def test_html_becomes_plain_text_and_images_are_told():
    html = (
        "<p>Which <b>one</b>?</p><ul><li>this</li><li>that</li></ul><script>no()</script><img src='/a/b.png'>"
    )
    assert text_of(html) == ("Which one?\n\n- this\n\n- that", ("b.png",))


HOSTILE = [
    (b'<!DOCTYPE d [<!ENTITY a "aaaa">]><document>&a;</document>', "exchange.lss_hostile"),
    (b"<document>" * 50, "exchange.lss_hostile"),
    (b"<document><a></document>", "exchange.lss_unreadable"),
    (b"<?xml version='1.0' encoding='nobody'?><document/>", "exchange.lss_unreadable"),
    (b"<html><body>hello</body></html>", "exchange.lss_no_survey"),
    (b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "exchange.lss_no_survey"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_hostile_and_foreign_xml_is_refused(data: bytes, code: str):
    assert [found for found, _place in faults_of(data)] == [code]
