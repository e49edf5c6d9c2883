"""Definitions: stored and read again alike, faults found all at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontor.questionnaires.conditions import Compare
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Range, Row, Section
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.services import create_questionnaire, release
from kontor.questionnaires.soundness import gaps, problems
from kontor.questionnaires.stored import fingerprint, from_json, to_json
from tests.factories import QuestionnaireFactory, small_definition
from tests.questionnaires.test_answers import EVERYTHING, conditional

WORDS = {"en": "?"}


def one(question: Question) -> Definition:
    return Definition({"en": "T"}, ("en",), (Section("s", {}, (question,)),))


@pytest.mark.parametrize(
    "definition", [small_definition(), EVERYTHING, conditional()], ids=["small", "all", "if"]
)
def test_a_definition_comes_back_from_json(definition):
    assert (from_json(to_json(definition)), problems(definition)) == (definition, ())


@pytest.mark.parametrize(
    "data", [None, [], {}, {"languages": ["en"], "sections": [{"code": "s", "questions": [{"code": "q"}]}]}]
)
def test_what_is_no_definition_is_refused(data):
    with pytest.raises(QuestionnaireError) as refusal:
        from_json(data)

    assert refusal.value.code == "questionnaire.unreadable"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question("q", Kind.SINGLE, WORDS), ["questionnaire.no_options"]),
        (Question("q", Kind.TEXT, {}), ["questionnaire.no_label"]),
        (Question("1q", Kind.TEXT, WORDS), ["questionnaire.code_malformed"]),
        (
            Question("q", Kind.SINGLE, WORDS, options=(Option("a", WORDS), Option("a", WORDS))),
            ["questionnaire.option_twice"],
        ),
        (
            Question("q", Kind.SINGLE, WORDS, options=(Option("a b", WORDS),)),
            ["questionnaire.option_malformed"],
        ),
        (Question("q", Kind.SINGLE, WORDS, options=(Option("a", {}),)), ["questionnaire.option_no_label"]),
        (
            Question("q", Kind.MATRIX, WORDS, options=(Option("a", WORDS),)),
            ["questionnaire.no_rows"],
        ),
        (
            Question("q", Kind.MATRIX, WORDS, options=(Option("a", WORDS),), rows=(Row("r", WORDS),) * 2),
            ["questionnaire.row_twice_or_malformed"],
        ),
        (Question("q", Kind.SCALE, WORDS), ["questionnaire.scale_limits"]),
        (Question("q", Kind.SCALE, WORDS, range=Range(0, 100)), ["questionnaire.scale_too_wide"]),
        (Question("q", Kind.NUMBER, WORDS, range=Range(9, 1)), ["questionnaire.range_reversed"]),
        (
            Question("q", Kind.TEXT, WORDS, show_if=Compare("z", "is", "a")),
            ["questionnaire.condition_unknown"],
        ),
        (
            Question("q", Kind.TEXT, WORDS, show_if=Compare("q", "is", "a")),
            ["questionnaire.condition_looks_ahead"],
        ),
        (Question("q", Kind.NOTE, WORDS), ["questionnaire.no_question"]),
    ],
)
def test_each_fault_is_found(question, expected):
    assert [problem.code for problem in problems(one(question))] == expected


def test_missing_translations_are_told_once_for_each_place():
    definition = replace(small_definition(), languages=("de", "en", "fr"))

    assert [(gap.where, gap.params["language"]) for gap in gaps(definition)] == [
        ("", "fr"),
        ("needs", "fr"),
        ("topics", "fr"),
        ("words", "fr"),
    ]


def test_releasing_an_unchanged_draft_gives_the_same_version(db):
    questionnaire = QuestionnaireFactory()

    first = release(questionnaire=questionnaire, user=None)
    again = release(questionnaire=questionnaire, user=None)

    assert (again.pk, again.number, again.asked) == (first.pk, 1, small_definition())


def test_a_version_stays_as_it_was_when_the_draft_goes_on(cluster):
    questionnaire = create_questionnaire(cluster=cluster, definition=small_definition())
    first = release(questionnaire=questionnaire, user=None)
    questionnaire.draft = to_json(conditional())
    questionnaire.save()

    second = release(questionnaire=questionnaire, user=None)
    first.refresh_from_db()

    assert (second.number, fingerprint(first.asked)) == (2, fingerprint(small_definition()))


def test_a_faulty_draft_is_not_released(db):
    questionnaire = QuestionnaireFactory(draft=to_json(one(Question("q", Kind.SCALE, WORDS))))

    with pytest.raises(QuestionnaireError) as refusal:
        release(questionnaire=questionnaire, user=None)

    assert (refusal.value.code, questionnaire.versions.count()) == ("questionnaire.not_sound", 0)
