"""Numbers, dates, states and people's Markdown as the pages show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from kontor.ui.templatetags import ui

pytestmark = pytest.mark.urls("tests.ui.urls")


def shown(source: str, language: str = "en", **context: object) -> str:
    """Render a piece of template in a language."""
    with override(language):
        template = engines["django"].from_string("{% load ui %}" + source)
        return template.render(context, RequestFactory().get("/", {"kind": "sme", "page": "3"})).strip()


@pytest.mark.parametrize(
    ("source", "german", "english"),
    [
        ("{% number 1474 %}", "1.474", "1,474"),
        ("{% number 4.25 1 %}", "4,2", "4.2"),
        ("{% number none %}", "–", "–"),
        ("{% percent 0.41 %}", "41\u00a0%", "41%"),
        ("{% percent 0.4567 1 %}", "45,7\u00a0%", "45.7%"),
        ("{% percent none %}", "–", "–"),
        ("{% country 'NL' %}", "Niederlande", "Netherlands"),
        ("{% country '' %}", "–", "–"),
        ("{% date_long day %}", "3. März 2026", "3 March 2026"),
        ("{% date_long none %}", "–", "–"),
        ("{% money price %}", "1.250,50\u00a0€", "€1,250.50"),
        ("{% money whole %}", "40.000\u00a0€", "€40,000"),
    ],
)
def test_values_are_written_as_the_reader_writes_them(source, german, english):
    values = {"day": date(2026, 3, 3), "price": Decimal("1250.50"), "whole": Decimal(40000), "none": None}

    assert (shown(source, "de", **values), shown(source, "en", **values)) == (german, english)


def test_a_state_is_a_word_and_not_only_a_colour():
    assert shown("{% tag 'gap' %}", "de") == '<span class="tag gap">Lücke</span>'


@pytest.mark.parametrize(
    ("share", "width"),
    [(0.5, 'width="50.0"'), (-1, 'width="0.0"'), (7, 'width="100.0"'), (None, 'width="0.0"')],
)
def test_a_bar_stays_inside_its_track(share, width):
    assert width in shown("{% bar share %}", share=share)


def test_markdown_shows_raw_html_as_text():
    assert shown("{{ text|markdown }}", text="<script>x</script> **ja**") == (
        "<p>&lt;script&gt;x&lt;/script&gt; <strong>ja</strong></p>"
    )


def test_markdown_drops_links_that_run_scripts():
    assert "href" not in shown("{{ text|markdown }}", text="[x](javascript:alert(1))")


def test_markdown_of_nothing_is_nothing():
    assert shown("{{ text|markdown }}", text=None) == ""


def test_sorting_keeps_the_filters_and_starts_at_the_first_page():
    heading = shown("{% sort_header 'name' 'Name' %}")

    assert heading == '<th scope="col"><a class="sort" href="?kind=sme&amp;sort=name">Name</a></th>'


@pytest.mark.parametrize(
    ("count", "number", "offered"),
    [(40, 1, [1]), (500, 5, [1, 0, 3, 4, 5, 6, 7, 0, 10]), (150, 2, [1, 2, 3])],
)
def test_page_numbers_show_the_neighbours_and_the_ends(count, number, offered):
    assert ui.page_range(Paginator(range(count), 50), number) == offered
