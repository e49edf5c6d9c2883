"""Answers: read from a form, checked, and shown again without loss."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.questionnaires.answers import Vocabulary, fields_of, read
from kontor.questionnaires.conditions import Compare
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Range, Row, Section
from tests.factories import small_definition

WORDS = {"en": "?"}
OPTIONS = (
    Option("a", WORDS),
    Option("b", WORDS),
    Option("c", WORDS),
    Option("none", WORDS, is_exclusive=True),
)
ROWS = (Row("r1", WORDS), Row("r2", WORDS))
VOCABULARY = Vocabulary(countries={"NL": "Netherlands", "FR": "France"}, competences={"own.1": "Optics"})
QUESTIONS = (
    Question("single", Kind.SINGLE, WORDS, options=OPTIONS, has_other=True),
    Question("multiple", Kind.MULTIPLE, WORDS, options=OPTIONS, has_other=True, most=2),
    Question("scale", Kind.SCALE, WORDS, range=Range(1, 5)),
    Question("matrix", Kind.MATRIX, WORDS, options=OPTIONS, rows=ROWS),
    Question("ranking", Kind.RANKING, WORDS, options=OPTIONS),
    Question("number", Kind.NUMBER, WORDS, range=Range(0, 500, is_whole=False)),
    Question("date", Kind.DATE, WORDS),
    Question("country", Kind.COUNTRY, WORDS),
    Question("competence", Kind.COMPETENCE, WORDS),
    Question("text", Kind.TEXT, WORDS, is_long=True),
    Question("note", Kind.NOTE, WORDS),
)
EVERYTHING = Definition({"en": "All kinds"}, ("en",), (Section("all", {}, QUESTIONS),))


def answer(code: str, **fields: list[str]):
    """Read one question out of all kinds."""
    question = EVERYTHING.question(code)
    one = replace(EVERYTHING, sections=(Section("one", {}, (question,)),))
    return read(one, fields["fields"], VOCABULARY)


@pytest.mark.parametrize(
    ("code", "fields", "expected"),
    [
        ("single", {"q-single": ["a"]}, {"single": "a"}),
        (
            "single",
            {"q-single": ["_other"], "q-single~other": ["ice"]},
            {"single": "_other", "single~other": "ice"},
        ),
        ("multiple", {"q-multiple": ["c", "a"]}, {"multiple": ["a", "c"]}),
        ("scale", {"q-scale": ["3"]}, {"scale": 3}),
        ("matrix", {"q-matrix:r2": ["b"]}, {"matrix": {"r2": "b"}}),
        ("ranking", {"q-ranking#b": ["1"], "q-ranking#a": ["2"]}, {"ranking": ["b", "a"]}),
        ("number", {"q-number": ["12,5"]}, {"number": 12.5}),
        ("number", {"q-number": ["1 20"]}, {"number": 120}),
        ("date", {"q-date": ["2026-11-24"]}, {"date": "2026-11-24"}),
        ("date", {"q-date": ["24.11.2026"]}, {"date": "2026-11-24"}),
        ("country", {"q-country": ["NL", "FR", "NL"]}, {"country": ["NL", "FR"]}),
        ("competence", {"q-competence": ["own.1"]}, {"competence": ["own.1"]}),
        ("text", {"q-text": ["<b>שלום</b> 🧭\r\nzwei"]}, {"text": "<b>שלום</b> 🧭\nzwei"}),
        ("text", {"q-text": ["x" * 100_000]}, {"text": "x" * 100_000}),
        ("text", {"q-text": ["   "]}, {}),
        ("scale", {"q-scale": [""]}, {}),
    ],
)
def test_each_kind_is_read_into_its_value(code, fields, expected):
    reading = answer(code, fields=fields)

    assert (reading.answers, reading.faults) == (expected, {})


@pytest.mark.parametrize(
    ("code", "fields", "refusal"),
    [
        ("single", {"q-single": ["z"]}, "answer.not_offered"),
        ("single", {"q-single": ["_other"]}, "answer.other_without_words"),
        ("multiple", {"q-multiple": ["a", "b", "c"]}, "answer.too_many"),
        ("multiple", {"q-multiple": ["a", "none"]}, "answer.stands_alone"),
        ("scale", {"q-scale": ["6"]}, "answer.not_offered"),
        ("matrix", {"q-matrix:r1": ["z"]}, "answer.not_offered"),
        ("ranking", {"q-ranking#a": ["1"], "q-ranking#b": ["1"]}, "answer.rank_twice"),
        ("ranking", {"q-ranking#a": ["99"]}, "answer.not_offered"),
        ("ranking", {"q-ranking#a": ["0001" + "0" * 5000]}, "answer.not_offered"),
        ("date", {"q-date": ["1.1.99999999999999999999"]}, "answer.no_date"),
        ("number", {"q-number": ["a dozen"]}, "answer.no_number"),
        ("number", {"q-number": ["inf"]}, "answer.no_number"),
        ("number", {"q-number": ["501"]}, "answer.too_large"),
        ("date", {"q-date": ["31.2.2026"]}, "answer.no_date"),
        ("country", {"q-country": ["XX"]}, "answer.not_offered"),
        ("text", {"q-text": ["x" * 100_001]}, "answer.too_long"),
    ],
)
def test_what_cannot_be_taken_is_named(code, fields, refusal):
    reading = answer(code, fields=fields)

    assert (reading.answers, {code: fault.code for code, fault in reading.faults.items()}) == (
        {},
        {code: refusal},
    )


codes = st.sampled_from(["a", "b", "c"])
ranks = st.permutations(["a", "b", "c"]).flatmap(lambda order: st.integers(1, 3).map(lambda n: order[:n]))
all_answers = st.fixed_dictionaries(
    {},
    optional={
        "single": codes,
        "multiple": st.lists(codes, min_size=1, max_size=2, unique=True).map(sorted),
        "scale": st.integers(1, 5),
        "matrix": st.dictionaries(st.sampled_from(["r1", "r2"]), codes, min_size=1),
        "ranking": ranks,
        "number": st.integers(0, 500) | st.floats(0, 500).filter(lambda x: x != int(x)),
        "date": st.dates().map(lambda day: day.isoformat()),
        "country": st.lists(st.sampled_from(["NL", "FR"]), min_size=1, unique=True),
        "competence": st.just(["own.1"]),
        "text": st.text(min_size=1).filter(lambda t: t.strip() and "\r" not in t and "\x00" not in t),
    },
)


@given(all_answers)
def test_answers_survive_the_way_through_the_form(answers):
    assert read(EVERYTHING, fields_of(EVERYTHING, answers), VOCABULARY).answers == answers


def test_a_required_question_is_missed_only_at_the_end():
    draft = read(small_definition(), {}, VOCABULARY, is_final=False)
    final = read(small_definition(), {}, VOCABULARY)

    assert (draft.faults, {k: f.code for k, f in final.faults.items()}) == ({}, {"topics": "answer.required"})


def conditional() -> Definition:
    first = Question("first", Kind.SINGLE, WORDS, options=OPTIONS)
    second = Question("second", Kind.SINGLE, WORDS, options=OPTIONS, show_if=Compare("first", "is", "a"))
    third = Question("third", Kind.TEXT, WORDS, is_required=True, show_if=Compare("second", "is", "b"))
    return Definition({"en": "T"}, ("en",), (Section("s", {}, (first, second, third)),))


def test_what_a_condition_hides_is_neither_kept_nor_missed():
    fields = {"q-first": ["b"], "q-second": ["b"], "q-third": ["stale"]}

    reading = read(conditional(), fields, VOCABULARY)

    assert (reading.answers, reading.faults, reading.hidden) == ({"first": "b"}, {}, {"second", "third"})


def test_what_a_condition_shows_is_asked():
    reading = read(conditional(), {"q-first": ["a"], "q-second": ["b"]}, VOCABULARY)

    assert {code: fault.code for code, fault in reading.faults.items()} == {"third": "answer.required"}
