"""The ready-made questionnaires: sound, complete in both languages, and read rightly as needs."""

from __future__ import annotations

import json

import pytest

from kontor.needs.said import needs_said
from kontor.needs.services.topics import start_topics
from kontor.questionnaires.meanings import key_of, meanings_for
from kontor.questionnaires.ready import ready_made
from kontor.questionnaires.soundness import gaps, problems
from kontor.questionnaires.stored import from_json, to_json

READY = {each.code: each for each in ready_made()}
TOPICS = {topic["code"] for topic in start_topics()}

each_ready_made = pytest.mark.parametrize("code", READY)


def questions(code):
    return list(READY[code].definition.questions())


@each_ready_made
def test_a_ready_made_questionnaire_is_sound(code):
    assert problems(READY[code].definition) == ()


@each_ready_made
def test_a_ready_made_questionnaire_lacks_no_text(code):
    assert gaps(READY[code].definition) == ()


@each_ready_made
def test_a_ready_made_questionnaire_survives_json(code):
    definition = READY[code].definition

    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


@each_ready_made
def test_every_topic_is_one_of_the_start_list(code):
    named = {
        part.meaning["topic"]
        for question in questions(code)
        for part in (question, *question.options, *question.rows)
        if "topic" in part.meaning
    }

    assert named - TOPICS == set()


@each_ready_made
def test_every_option_that_becomes_a_need_has_a_topic(code):
    undecided = [
        (question.code, option.code)
        for question in questions(code)
        if question.meaning.get("need") == "topic"
        for option in question.options
        if not option.is_exclusive and "topic" not in option.meaning
    ]

    assert undecided == []


@each_ready_made
def test_every_meaning_fits_the_kind_of_its_question(code):
    strange = [
        question.code
        for question in questions(code)
        if key_of(question.meaning) not in {meaning.key for meaning in meanings_for(question.kind)}
    ]

    assert strange == []


@each_ready_made
def test_no_topic_stands_where_nothing_reads_it(code):
    unread = [
        question.code
        for question in questions(code)
        if any("topic" in part.meaning for part in (*question.options, *question.rows))
        and question.meaning.get("need") not in ("topic", "urgency")
    ]

    assert unread == []


@each_ready_made
def test_every_companion_speaks_of_a_question_that_makes_needs(code):
    codes = {question.code for question in questions(code) if "need" in question.meaning}
    named = {question.meaning["of"] for question in questions(code) if "of" in question.meaning}

    assert named - codes == set()


@each_ready_made
def test_a_survey_asks_at_most_twelve_questions(code):
    ready = READY[code]

    assert ready.number <= 12 or ready.purpose == "interview"


def test_the_survey_of_needs_is_read_as_needs_with_urgency_country_and_words():
    answers = {
        "abroad_now": "core",
        "countries": ["NL"],
        "urgency": {"market_access": "now", "funding": "none", "legal": "soon"},
        "in_your_words": "Someone on the spot",
        "overlooked": "Insurance",
    }
    said = needs_said(READY["needs"].definition, answers, "en")

    assert [(need.topic, need.urgency, need.country, need.statement) for need in said] == [
        ("market_access", 3, "NL", "Someone on the spot"),
        ("legal", 2, "NL", "Someone on the spot"),
        ("", 2, "NL", "Insurance"),
    ]
