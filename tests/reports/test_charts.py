import re
from datetime import date

import pytest
from django.utils.functional import lazy
from django.utils.translation import get_language, override

from kontor.reports import chart_parts, charts
from kontor.reports.model import Chart, Column, Table
from tests.reports import sample

LONG = "Gesellschaft zur Förderung der angewandten Informatik und Mikrosystemtechnik e. V."


def chart(rows: tuple, kind: str = "bar", x_kind: str = "text") -> Chart:
    columns = (Column("Name", x_kind), Column("Erste", "count"), Column("Zweite", "count"))
    return Chart("c", kind, Table("t", "T", columns, rows, "Q", date(2026, 1, 1)), 0, (1, 2))


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("a", 0, 0), ("b", 0, 0)),
        (("a", 5, 6),),
        (("a", None, None),),
        (("a", -5, 6), ("b", 5, -6)),
        tuple((f"{LONG} {n}", n, n * n) for n in range(60)),
        tuple((f"{n}", n, n) for n in range(300)),
    ],
)
def test_every_table_can_be_drawn(kind, rows):
    drawing = charts.svg(chart(rows, kind), "de")

    assert charts.size(drawing)[0] == pytest.approx(chart_parts.WIDTH, abs=2)


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_years_are_drawn_along_the_page(kind):
    drawing = charts.svg(chart(((2020, 1, 2), (2021, 3, 4)), kind, "year"), "en")

    assert (">2020<" in drawing, ">2021<" in drawing) == (True, True)


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_a_drawing_on_screen_has_no_style_and_takes_its_colours_from_the_page(kind):
    drawing = charts.screen_svg(sample.chart("c", kind, "de"), "de", "Bild")

    fixed = set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', drawing))
    assert (" style=" in drawing, "<style" in drawing, fixed) == (False, False, set())


def test_a_drawing_on_screen_is_named_for_screen_readers():
    drawing = charts.screen_svg(sample.chart("c", "bar", "de"), "de", 'a "b" <c>')

    assert 'role="img" focusable="false" aria-label="a &quot;b&quot; &lt;c&gt;"' in drawing


def test_values_are_printed_in_the_language():
    german, english = (charts.svg(sample.chart("c", "bar", language), language) for language in ("de", "en"))

    assert ("1.420" in german, "1,420" in english) == (True, True)


def test_a_picture_for_word_is_a_png():
    assert charts.png(sample.chart("c", "bar", "de"), "de")[:4] == b"\x89PNG"


def test_a_text_in_a_chart_cannot_leave_its_place():
    drawing = charts.svg(chart((("</text></svg><script>", 1, 1), ("'); alert(1) //", 1, 1))), "de")

    assert "<script" not in drawing


def test_lazy_labels_speak_the_language_of_the_report():
    label = lazy(lambda: {"de": "Dänemark"}.get(get_language(), "Denmark"), str)()

    with override("en"):
        drawing = charts.svg(chart(((label, 1, 2),)), "de")

    assert ("Dänemark" in drawing, "Denmark" in drawing) == (True, False)


def test_a_drawing_on_screen_has_no_pictures_within_the_picture():
    drawing = charts.screen_svg(sample.chart("c", "bar", "de"), "de", "Bild")

    assert (drawing.count("role="), drawing.count("aria-")) == (1, 1)
