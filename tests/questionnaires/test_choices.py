"""Choices written at once: the same as a template would write, nothing of it as markup."""

from __future__ import annotations

from kontor.questionnaires.showing import ShownChoice, ShownRow
from kontor.questionnaires.templatetags.choices import row_ticks, select_options

HOSTILE = '"><script>alert(1)</script>'


def test_no_option_is_markup():
    text = select_options([ShownChoice(HOSTILE, HOSTILE)])

    assert text == (
        '<option value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">'
        "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</option>"
    )


def test_what_is_chosen_is_ticked():
    row = ShownRow("q-a:b", "Row", (ShownChoice("x", "X"), ShownChoice("y", "Y", is_chosen=True)))

    assert row_ticks(row) == (
        '<label><input type="radio" name="q-a:b" value="x"><span>X</span></label>'
        '<label><input type="radio" name="q-a:b" value="y" checked><span>Y</span></label>'
    )
