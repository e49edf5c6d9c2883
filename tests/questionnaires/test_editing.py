"""Building: moving, adding and taking out keep what must be kept."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.questionnaires import editing, undo
from kontor.questionnaires.conditions import All, Answered, Compare, Not, Some
from kontor.questionnaires.definition import Definition, Kind, Question, Section
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.renaming import with_renamed_options
from kontor.questionnaires.stored import to_json

sizes = st.lists(st.integers(0, 4), min_size=1, max_size=5)


def built(counts: list[int]) -> Definition:
    """Return a questionnaire with so many questions in each section."""
    sections = []
    number = 0
    for index, count in enumerate(counts):
        questions = tuple(
            Question(f"q{number + n}", Kind.TEXT, {"en": f"Question {n}"}) for n in range(count)
        )
        number += count
        sections.append(Section(f"s{index}", {"en": f"Section {index}"}, questions))
    return Definition({"en": "Built"}, ("en",), tuple(sections))


def codes(definition: Definition) -> list[str]:
    return [question.code for question in definition.questions()]


@st.composite
def questionnaires_with_a_place(draw):
    counts = draw(sizes.filter(any))
    return built(counts), draw(st.integers(1, sum(counts)))


@given(questionnaires_with_a_place(), st.sampled_from([-1, 1]))
def test_moving_a_question_keeps_the_set_of_questions(chosen, step):
    definition, place = chosen

    assert sorted(codes(editing.move_question(definition, place, step))) == sorted(codes(definition))


@given(questionnaires_with_a_place())
def test_a_question_that_is_moved_down_and_up_is_where_it_was(chosen):
    definition, place = chosen
    code = codes(definition)[place - 1]
    down = editing.move_question(definition, place, 1)
    back = editing.move_question(down, editing.place_of(down, code), -1)

    assert down == definition or back == definition


@given(questionnaires_with_a_place(), st.data())
def test_moving_to_a_section_keeps_the_order_of_the_others(chosen, data):
    definition, place = chosen
    section = data.draw(st.integers(1, len(definition.sections)))
    code = codes(definition)[place - 1]
    done = editing.move_to_section(definition, place, section)

    assert [each for each in codes(done) if each != code] == [
        each for each in codes(definition) if each != code
    ]


@given(questionnaires_with_a_place(), st.data())
def test_a_question_that_is_moved_to_a_section_stands_in_it(chosen, data):
    definition, place = chosen
    section = data.draw(st.integers(1, len(definition.sections)))
    code = codes(definition)[place - 1]
    done = editing.move_to_section(definition, place, section)

    assert code in [question.code for question in done.sections[section - 1].questions]


@given(questionnaires_with_a_place())
def test_codes_stay_unique_when_a_question_is_duplicated(chosen):
    definition, place = chosen
    done = codes(editing.duplicate_question(definition, place))

    assert len(done) == len(set(done)) == len(codes(definition)) + 1


@given(questionnaires_with_a_place())
def test_a_question_that_was_taken_out_comes_back_where_it_was(chosen):
    definition, place = chosen
    questionnaire = Questionnaire(pk=1, draft=to_json(definition))
    taken = undo.taken_question(questionnaire, place)

    assert undo.put_back(editing.remove_question(definition, place), taken) == definition


@given(sizes, st.data())
def test_a_section_that_was_taken_out_comes_back_where_it_was(counts, data):
    definition = built(counts)
    place = data.draw(st.integers(1, len(definition.sections)))
    taken = undo.taken_section(Questionnaire(pk=1, draft=to_json(definition)), place)

    assert undo.put_back(editing.remove_section(definition, place), taken) == definition


@given(sizes, st.data(), st.sampled_from([-1, 1]))
def test_moving_a_section_keeps_all_questions(counts, data, step):
    definition = built(counts)
    place = data.draw(st.integers(1, len(definition.sections)))

    assert sorted(codes(editing.move_section(definition, place, step))) == sorted(codes(definition))


@given(st.text(max_size=60), st.sets(st.sampled_from(["ja", "ja_2", "question", "question_2"])))
def test_a_free_code_is_a_proper_one_and_not_taken(text, taken):
    code = editing.free_code(text, taken)

    assert (code in taken, bool(re.fullmatch(r"[a-z][a-z0-9_]*", code))) == (False, True)


@pytest.mark.parametrize("place", [0, 3, -1, 10**9])
def test_a_place_that_is_not_there_is_refused(place):
    with pytest.raises(QuestionnaireError, match=r"questionnaire\.no_such_place"):
        editing.remove_question(built([1, 1]), place)


def test_conditions_follow_a_question_that_changes_its_code():
    condition = All((Some((Compare("q0", "is", "a"), Answered("q1"))), Not(Answered("q0"))))
    asked = replace(
        built([1, 1]).sections[1].questions[0], show_if=condition, meaning={"need": "words", "of": "q0"}
    )
    definition = editing.replace_question(built([1, 1]), 2, asked)
    done = editing.replace_question(definition, 1, replace(editing.question_at(definition, 1), code="new"))
    question = editing.question_at(done, 2)

    assert (question.show_if, question.meaning["of"]) == (
        All((Some((Compare("new", "is", "a"), Answered("q1"))), Not(Answered("new")))),
        "new",
    )


def test_conditions_follow_an_answer_that_changes_its_code():
    asked = replace(built([2]).sections[0].questions[1], show_if=Compare("q0", "is", "a"))
    definition = editing.replace_question(built([2]), 2, asked)
    done = with_renamed_options(definition, "q0", {"a": "b"})

    assert editing.question_at(done, 2).show_if == Compare("q0", "is", "b")


def test_a_code_that_another_question_has_is_refused():
    definition = built([2])

    with pytest.raises(QuestionnaireError, match=r"questionnaire\.code_twice"):
        editing.replace_question(definition, 1, replace(editing.question_at(definition, 1), code="q1"))
