"""Conditions: what they hold for, and that they travel as plain lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.questionnaires.conditions import (
    All,
    Answered,
    Compare,
    Not,
    Some,
    from_plain,
    questions_in,
    to_plain,
)
from kontor.questionnaires.problems import QuestionnaireError

names = st.sampled_from(["a", "b", "c"])
values = st.sampled_from(["x", "y", "1", "2.5", "2026-11-24"])
tests = st.builds(Compare, names, st.sampled_from(["is", "<", "<=", ">", ">="]), values)
conditions = st.recursive(
    tests | st.builds(Answered, names),
    lambda inner: (
        st.builds(Not, inner) | st.builds(All, st.tuples(inner, inner)) | st.builds(Some, st.tuples(inner))
    ),
    max_leaves=6,
)
answers = st.dictionaries(names, values | st.lists(values, min_size=1), max_size=3)


@given(conditions)
def test_a_condition_comes_back_from_plain_lists(condition):
    assert from_plain(to_plain(condition)) == condition


@given(tests, answers)
def test_silence_is_never_a_yes(test, answers):
    answers.pop(test.question, None)

    assert test.holds(answers) is False


@given(conditions, answers)
def test_not_turns_any_condition_around(condition, answers):
    assert Not(condition).holds(answers) is not condition.holds(answers)


@given(conditions, answers)
def test_answers_to_other_questions_do_not_matter(condition, answers):
    seen = {code: value for code, value in answers.items() if code in set(questions_in(condition))}

    assert condition.holds(seen) == condition.holds(answers)


@pytest.mark.parametrize(
    ("test", "given_answers", "expected"),
    [
        (Compare("size", "is", "sme"), {"size": "sme"}, True),
        (Compare("topics", "is", "ip"), {"topics": ["market", "ip"]}, True),
        (Compare("staff", ">", "9"), {"staff": 10}, True),
        (Compare("staff", "<", "9"), {"staff": 10}, False),
        (Compare("since", "<=", "2026-01-01"), {"since": "2025-12-31"}, True),
    ],
)
def test_a_test_compares_choices_numbers_and_days(test, given_answers, expected):
    assert test.holds(given_answers) is expected


@pytest.mark.parametrize(
    "plain", [["is", "a"], ["like", "a", "b"], "all", ["not", None], ["all", 7], {"a": 1}]
)
def test_what_is_no_condition_is_refused(plain):
    with pytest.raises(QuestionnaireError) as refusal:
        from_plain(plain)

    assert refusal.value.code == "questionnaire.condition_unreadable"


def test_conditions_nested_without_end_are_refused():
    plain: list[object] = ["answered", "a"]
    for _ in range(50):
        plain = ["not", plain]

    with pytest.raises(QuestionnaireError):
        from_plain(plain)
