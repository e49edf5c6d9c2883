"""Long lists are shown as one list for each answer."""

from __future__ import annotations

import pytest

from kontor.questionnaires.answers import Vocabulary, read
from kontor.questionnaires.conditions import Compare
from kontor.questionnaires.definition import Definition, Kind, Question, Section
from kontor.questionnaires.showing import Showing, shown

NAMES = {code: f"Land {code}" for code in ("AA", "BB", "CC", "DD", "EE")}


def slots(chosen: list[str], most: int) -> list[str]:
    """Return the codes in the lists that a country question shows, "" for an empty one."""
    question = Question("where", Kind.COUNTRY, {"en": "Where?"}, most=most)
    definition = Definition({"en": "?"}, ("en",), (Section("s", {}, (question,)),))
    fields, vocabulary = {"q-where": chosen}, Vocabulary(countries=NAMES)
    how = Showing("en", fields, read(definition, fields, vocabulary, is_final=False), vocabulary, "Other")
    return [slot.code for slot in shown(definition, how).sections[0].questions[0].slots]


@pytest.mark.parametrize(
    ("chosen", "most", "expected"),
    [
        ([], 1, [""]),
        (["AA"], 1, ["AA"]),
        ([], 2, ["", ""]),
        ([], 0, ["", "", ""]),
        (["AA", "", "BB"], 3, ["AA", "BB", ""]),
        (["AA", "BB", "CC"], 3, ["AA", "BB", "CC"]),
        (["AA", "BB", "CC"], 0, ["AA", "BB", "CC", ""]),
        (["AA", "BB", "CC", "DD"], 3, ["AA", "BB", "CC", "DD"]),
        (list(NAMES), 0, list(NAMES)),
    ],
)
def test_a_long_list_shows_what_is_chosen_and_room_for_more(chosen, most, expected):
    assert slots(chosen, most) == expected


def hidden_parts(answer: str) -> tuple[list[bool], list[bool]]:
    """Return which sections and which questions are hidden, each by a condition of its own only."""
    yes = Compare("a", "is", answer)
    questions = [
        Question("a", Kind.TEXT, {"en": "A"}),
        Question("b", Kind.TEXT, {"en": "B"}),
        Question("c", Kind.TEXT, {"en": "C"}, show_if=yes),
    ]
    sections = (Section("s1", {}, (questions[0],)), Section("s2", {}, (*questions[1:],), show_if=yes))
    definition = Definition({"en": "?"}, ("en",), sections)
    fields = {"q-a": ["yes"]}
    how = Showing("en", fields, read(definition, fields, Vocabulary()), Vocabulary(), "Other")
    found = shown(definition, how).sections
    return [each.is_hidden for each in found], [q.is_hidden for each in found for q in each.questions]


def test_a_question_of_a_hidden_section_shows_once_the_section_does():
    # The browser takes back what carries a condition; "b" carries none, its section does.
    assert hidden_parts("no") == ([False, True], [False, False, True])


def test_nothing_is_hidden_where_the_conditions_hold():
    assert hidden_parts("yes") == ([False, False], [False, False, False])
