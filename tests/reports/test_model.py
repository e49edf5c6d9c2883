from datetime import date

import pytest

from kontor.reports.model import Chart, Column, Figure, Prose, Report, ReportError, Section, Table
from tests.reports import sample

ON = date(2026, 1, 1)
COLUMNS = (Column("a"), Column("b", "count"))


def figure(key: str = "f", **changes: object) -> Figure:
    return Figure(
        **{
            "key": key,
            "label": "l",
            "value": 1,
            "kind": "count",
            "explanation": "",
            "source": "",
            "as_of": ON,
        }
        | changes
    )


def table(rows: tuple = ()) -> Table:
    return Table("t", "c", COLUMNS, rows, "s", ON)


def report(*blocks: object, language: str = "en", codes: tuple = ("a",)) -> Report:
    return Report("t", "", "", language, ON, tuple(Section(code, "s", blocks) for code in codes))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Column("a", "money"), "column.kind_unknown"),
        (lambda: figure(kind="date"), "figure.kind_unknown"),
        (lambda: figure(value="many"), "figure.value_not_a_number"),
        (lambda: figure(value=True), "figure.value_not_a_number"),
        (lambda: Table("t", "c", (), (), "s", ON), "table.no_columns"),
        (lambda: table((("a",),)), "table.row_width"),
        (lambda: table((("a", "b"),)), "table.cell_not_a_number"),
        (lambda: Chart("c", "pie", table(), 0, (1,)), "chart.kind_unknown"),
        (lambda: Chart("c", "bar", table(), 0, (2,)), "chart.column_missing"),
        (lambda: Chart("c", "bar", table(), 0, ()), "chart.column_missing"),
        (lambda: Chart("c", "bar", table(), 1, (0,)), "chart.column_not_a_number"),
        (lambda: report(language="fr"), "report.language_unknown"),
        (lambda: report(codes=("a", "a")), "report.section_repeated"),
        (lambda: report(figure(), figure()), "report.key_repeated"),
    ],
)
def test_what_cannot_be_is_refused_by_a_code(make, code):
    with pytest.raises(ReportError) as refused:
        make()

    assert refused.value.code == code


def test_a_chart_may_share_the_key_of_its_table():
    assert report(Prose("x"), Chart("t", "bar", table(), 0, (1,))).sections[0].code == "a"


def test_the_sample_has_fifteen_charts_and_forty_tables():
    blocks = [block for section in sample.report("de").sections for block in section.blocks]

    assert [sum(isinstance(block, kind) for block in blocks) for kind in (Chart, Table)] == [15, 40]
