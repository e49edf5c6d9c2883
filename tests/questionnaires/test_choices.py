"""Choices written at once: the same as a template would write, nothing of it as markup."""

from __future__ import annotations

from kontor.questionnaires.answers import Reading, Vocabulary
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Section
from kontor.questionnaires.showing import Showing, ShownChoice, ShownRow, shown
from kontor.questionnaires.templatetags.choices import row_ticks, ticks

HOSTILE = '"><script>alert(1)</script>'


def test_no_option_is_markup():
    question = Question("q", Kind.SINGLE, {"en": "?"}, options=(Option("a", {"en": HOSTILE}),))
    definition = Definition({"en": "T"}, ("en",), (Section("s", {}, (question,)),))
    how = Showing("en", {}, Reading({}, {}, frozenset()), Vocabulary(), other_label="Other")

    text = ticks(shown(definition, how).sections[0].questions[0], "radio")

    assert text == (
        '<label><input type="radio" name="q-q" value="a">'
        "<span>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</span></label>"
    )


def test_what_is_chosen_is_ticked():
    row = ShownRow("q-a:b", "Row", (ShownChoice("x", "X"), ShownChoice("y", "Y", is_chosen=True)))

    assert row_ticks(row) == (
        '<label><input type="radio" name="q-a:b" value="x"><span>X</span></label>'
        '<label><input type="radio" name="q-a:b" value="y" checked><span>Y</span></label>'
    )
