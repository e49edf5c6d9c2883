"""What builders type is read without loss."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kontor.questionnaires.conditions import All, Answered, Compare, Not, Some
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Section
from kontor.questionnaires.forms.condition import from_tests, to_tests
from kontor.questionnaires.forms.lines import pasted
from kontor.questionnaires.forms.question import QuestionForm
from kontor.questionnaires.forms.shown import Offer, shown_form
from kontor.questionnaires.ready import ready_made
from kontor.questionnaires.wording import in_words
from tests.factories import small_definition

codes = st.sampled_from(["a", "b", "c"])
simple = st.one_of(
    st.builds(
        Compare, codes, st.sampled_from(["is", "<", "<=", ">", ">="]), st.sampled_from(["1", "2", "x"])
    ),
    st.builds(Answered, codes),
    st.builds(Not, st.builds(Answered, codes)),
    st.builds(Not, st.builds(Compare, codes, st.just("is"), st.sampled_from(["1", "x"]))),
)
tellable = st.one_of(
    simple,
    st.builds(All, st.lists(simple, min_size=1, max_size=5).map(tuple)),
    st.builds(Some, st.lists(simple, min_size=1, max_size=5).map(tuple)),
)
answers = st.dictionaries(codes, st.one_of(st.sampled_from(["1", "2", "x"]), st.integers(0, 3)))


def form(posted: dict[str, str], before: Question | None = None, definition: Definition | None = None):
    """Return the form of a question after a post."""
    data = QueryDict(mutable=True)
    data.update(posted)
    question = before or Question("", Kind.SINGLE, {})
    return QuestionForm(definition or small_definition(), question, 1, data)


def fields_of(shown) -> dict[str, str]:
    """Return what a browser would post from the form as it is shown."""
    fields = {"kind": str(shown.kind.kind), "code": shown.code, "meaning": shown.meaning, "act": "save"}
    fields |= {"meaning-of": shown.meaning_of, "meaning-topic": shown.meaning_topic}
    for text in (*shown.labels, *shown.helps, *shown.low_labels, *shown.high_labels):
        fields[text.name] = text.value
    for stem, lines in (("option", shown.options), ("row", shown.rows)):
        fields[f"{stem}-count"] = str(len(lines))
        for line in lines:
            fields |= {text.name: text.value for text in line.texts}
            fields |= {f"{line.name}-code": line.code, f"{line.name}-was": line.was}
            fields |= {f"{line.name}-topic": line.topic, f"{line.name}-urgency": line.urgency}
            fields |= {f"{line.name}-exclusive": "on"} if line.is_exclusive else {}
    fields |= {name: shown.numbers[name] for name in ("low", "high", "most")}
    ticks = {
        "required": shown.is_required,
        "other": shown.has_other,
        "long": shown.is_long,
        "whole": shown.is_whole,
    }
    fields |= {name: "on" for name, is_on in ticks.items() if is_on}
    fields |= {f"{name}-shown": "yes" for name in ("other", "long", "whole", "exclusive")}
    fields |= {"if-join": shown.condition.join, "if-count": str(len(shown.condition.tests))}
    for test in shown.condition.tests:
        fields |= {f"{test.name}-question": test.question, f"{test.name}-test": test.test}
        fields |= {f"{test.name}-value": test.value}
    return fields


@given(tellable)
def test_a_condition_told_in_lines_and_back_is_the_same(condition):
    join, tests = to_tests(condition)
    single = isinstance(condition, All | Some) and len(condition.parts) == 1

    assert from_tests(join, tests) == (condition.parts[0] if single else condition)


@given(tellable, answers)
def test_a_condition_told_in_lines_holds_for_the_same_answers(condition, given_answers):
    assert from_tests(*to_tests(condition)).holds(given_answers) == condition.holds(given_answers)


def test_a_condition_with_more_layers_is_kept_untouched():
    nested = All((Some((Answered("topics"), Compare("topics", "is", "none"))), Answered("topics")))
    before = Question("deep", Kind.TEXT, {"en": "Deep"}, show_if=nested)

    assert form({"kind": "text", "label-en": "Deeper", "act": "save"}, before).typed.show_if == nested


def test_a_nested_condition_is_told_in_words():
    nested = All((Some((Answered("topics"), Compare("topics", "is", "none"))), Not(Answered("words"))))

    assert in_words(nested, small_definition(), "en") == (
        "(“What do you need abroad?” is answered or “What do you need abroad?” is “None of these”) "
        "and “In your words” is not answered"
    )


@pytest.mark.parametrize("ready", ready_made(), ids=lambda each: each.code)
def test_every_ready_made_question_comes_back_from_its_form_as_it_was(ready):
    changed = []
    for place, question in enumerate(ready.definition.questions(), 1):
        shown = shown_form(QuestionForm(ready.definition, question, 1), place, Offer("en"))
        again = form(fields_of(shown), question, ready.definition)
        if again.fitted() != question or again.faults:
            changed.append((question, again.fitted(), again.faults))

    assert changed == []


def test_options_take_their_short_names_from_their_texts():
    typed = form(
        {"option-count": "2", "option-0-label-de": "Größe", "option-1-label-de": "Größe", "act": "save"}
    )

    assert [option.code for option in typed.fitted().options] == ["groesse", "groesse_2"]


def test_blank_lines_are_left_out():
    typed = form({"option-count": "3", "option-1-label-en": "Yes", "act": "save"})

    assert typed.fitted().options == (Option("yes", {"en": "Yes"}),)


def test_pasted_columns_become_texts_of_the_languages():
    typed = form({"option-count": "0", "option-paste": "Ja\tYes\r\n\r\nNein\tNo", "act": "option-add"})

    assert [dict(option.label) for option in typed.typed.options] == [
        {"de": "Ja", "en": "Yes"},
        {"de": "Nein", "en": "No"},
    ]


@given(st.text(max_size=400))
def test_any_pasted_text_is_read(text):
    assert all(not line.is_blank for line in pasted(text, ("de", "en")))


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("option-up:1", ["b", "a"]),
        ("option-down:0", ["b", "a"]),
        ("option-remove:0", ["b"]),
        ("option-up:9", ["a", "b"]),
    ],
)
def test_lines_are_moved_and_removed(act, expected):
    posted = {"option-count": "2", "option-0-code": "a", "option-1-code": "b", "act": act}

    assert [option.code for option in form(posted).typed.options] == expected


def test_texts_in_a_language_that_was_taken_out_are_kept():
    before = Question("old", Kind.TEXT, {"fr": "Ancien", "en": "Old"})
    typed = form({"kind": "text", "label-de": "Alt", "label-en": "Old", "act": "save"}, before)

    assert dict(typed.fitted().label) == {"de": "Alt", "en": "Old", "fr": "Ancien"}


def test_another_kind_drops_what_it_does_not_have():
    before = Question("q", Kind.SINGLE, {"en": "?"}, options=(Option("a", {"en": "A"}),), has_other=True)

    assert form({"kind": "text", "act": "save"}, before).fitted() == Question("q", Kind.TEXT, {"en": "?"})


@pytest.mark.parametrize("number", ["abc", "1e999", "nan", "1_0", "٣٣x"])
def test_a_number_that_is_none_is_a_fault_and_stays_in_its_field(number):
    typed = form(
        {"kind": "number", "low": number, "high": "", "act": "save"}, Question("n", Kind.NUMBER, {"en": "?"})
    )

    assert (list(typed.faults), typed.raw) == (["low"], {"low": number})


@pytest.mark.parametrize(
    ("code", "fault"), [("topics", True), ("1st", True), ("words", False), ("neu-1", False)]
)
def test_a_short_name_must_be_proper_and_free(code, fault):
    definition = small_definition()
    typed = form({"kind": "text", "code": code, "act": "save"}, definition.question("words"), definition)

    assert bool(typed.faults) is fault


def test_a_condition_without_a_value_is_a_fault():
    typed = form({"if-count": "1", "if-0-question": "topics", "if-0-test": "is", "act": "save"})

    assert list(typed.faults) == ["if-0-value"]


def test_what_this_room_does_not_know_in_a_meaning_is_kept():
    before = Question(
        "q", Kind.TEXT, {"en": "?"}, meaning={"foreign": "x", "need": "statement", "topic": "funding"}
    )

    assert form({"kind": "text", "meaning": "", "act": "save"}, before).typed.meaning == {"foreign": "x"}


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "kind",
                "code",
                "act",
                "option-count",
                "if-count",
                "low",
                "most",
                "label-de",
                "meaning",
                "section",
                "option-0-label-de",
                "row-count",
                "if-0-question",
                "if-0-test",
            ]
        ),
        st.text(max_size=30),
    )
)
def test_no_posted_form_breaks_the_reading(posted):
    typed = form(posted)
    shown = shown_form(typed, 0, Offer("en"))

    assert shown.kind.kind == typed.typed.kind


def test_a_section_is_needed_by_nobody_to_show_a_question():
    empty = Definition({"en": "Empty"}, ("en",), (Section("s", {}, ()),))

    assert shown_form(form({}, definition=empty), 0, Offer("en")).condition.earlier == ()
