from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.reports.compare import CellChange, Change, changed_figures, changed_tables, compare
from kontor.reports.model import Figure, Prose, Report, Section, Table
from kontor.reports.words import WordRun, changed_paragraphs, changed_words
from tests.reports import sample
from tests.reports.strategies import reports


def figure(value: object, key: str = "share") -> Figure:
    return Figure(key, "Anteil", value, "percent", "", "", sample.AS_OF)


def report(*blocks: object, title: str = "Eins") -> Report:
    return Report("T", "", "", "de", sample.AS_OF, (Section("one", title, blocks),))


@given(reports())
@settings(max_examples=40, deadline=None)
def test_a_report_does_not_differ_from_itself(any_report):
    assert compare(any_report, any_report).is_empty


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_words_of_a_change_give_both_texts_back(old, new):
    runs = changed_words(old, new)

    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new


@given(
    st.lists(st.text(min_size=1, max_size=9), max_size=5),
    st.lists(st.text(min_size=1, max_size=9), max_size=5),
)
def test_the_paragraphs_of_a_change_give_both_texts_back(old, new):
    changes = changed_paragraphs(old, new)

    if old != new:
        assert [change.old for change in changes if change.kind != "added"] == old
        assert [change.new for change in changes if change.kind != "removed"] == new


def test_a_changed_sentence_shows_the_words_that_changed():
    section = compare(
        report(Prose("Wir wählen drei Partner.")), report(Prose("Wir wählen vier Partner."))
    ).sections[0]

    assert section.text[0].runs == (
        WordRun("kept", "Wir wählen "),
        WordRun("removed", "drei"),
        WordRun("added", "vier"),
        WordRun("kept", " Partner."),
    )


def test_a_change_of_layout_alone_is_told_as_such():
    section = compare(report(Prose("a b")), report(Prose("a **b**"))).sections[0]

    assert (section.text, section.is_reformatted) == ((), True)


def test_a_changed_figure_names_both_values():
    section = compare(report(figure(0.41)), report(figure(0.5))).sections[0]

    assert section.figures == (Change("share", "Anteil", "41\u00a0%", "50\u00a0%"),)


def test_a_figure_that_prints_the_same_has_not_changed():
    assert changed_figures(report(figure(0.4101)), report(figure(0.4102))) == ()


def test_a_stale_figure_is_found_in_whatever_section_it_now_stands():
    live = Report(
        "T", "", "", "de", sample.AS_OF, (Section("two", "Zwei", (figure(None), figure(1, "new"))),)
    )

    assert changed_figures(report(figure(0.41)), live) == (Change("share", "Anteil", "41\u00a0%", "–"),)


def test_a_figure_that_is_no_longer_computed_is_stale():
    assert changed_figures(report(figure(0.41)), report()) == (Change("share", "Anteil", "41\u00a0%", None),)


def test_a_changed_table_names_the_cells_and_the_rows():
    old = sample.table("t", "de", rows=3)
    new = replace(old, rows=(("Niederlande", 1500, 0.41, 3.75), old.rows[1], ("Malta", 1, None, 1.0)))

    change = compare(report(old), report(new)).sections[0].tables[0]
    assert change.cells == (CellChange("Niederlande", "Organisationen", "1.420", "1.500"),)
    assert (change.rows_added, change.rows_removed, change.is_reshaped) == (
        ("Malta",),
        ("Österreich",),
        False,
    )


def test_a_table_that_came_is_told():
    change = compare(report(), report(sample.table("t", "de"))).sections[0].tables[0]

    assert (change.key, change.status) == ("t", "added")


def test_a_stale_table_is_found():
    old = sample.table("t", "de", rows=3)
    new: Table = replace(old, rows=old.rows[:2])

    assert [change.key for change in changed_tables(report(old), report(new))] == ["t"]


def test_a_new_title_is_told_with_the_old_one():
    section = compare(report(), report(title="Zwei")).sections[0]

    assert (section.title, section.old_title) == ("Zwei", "Eins")


def test_a_new_order_of_sections_is_told():
    sections = (Section("a", "A", ()), Section("b", "B", ()))
    old = Report("T", "", "", "de", sample.AS_OF, sections)

    assert compare(old, replace(old, sections=sections[::-1])).is_reordered
