"""Charts as pictures: one drawing for browser and document, cached by its content.

On screen a drawing takes the page's colours (custom properties `--chart-1` … `--chart-6`, their label colours
`--chart-on-dark` and `--chart-on-light`, `--ink-2`, `--line`) and its font, so it follows light and dark
without a style attribute; each colour falls back to the printed one.
"""

import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path

import vl_convert
from django.utils.translation import override

from kontor.reports import chart_parts
from kontor.reports.chart_spec import specification
from kontor.reports.model import Chart

FONTS = Path(__file__).parent / "fonts"
_PNG_SCALE = 2
_LOCALES = {
    "de": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"], "percent": "\u00a0%"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""], "percent": "%"},
}
_ON_SCREEN = {
    chart_parts.INK: "currentColor",
    chart_parts.MUTED: f"var(--ink-2, {chart_parts.MUTED})",
    chart_parts.RULE: f"var(--line, {chart_parts.RULE})",
    chart_parts.ON_DARK: f"var(--chart-on-dark, {chart_parts.ON_DARK})",
    chart_parts.ON_LIGHT: f"var(--chart-on-light, {chart_parts.ON_LIGHT})",
    **{
        colour: f"var(--chart-{number}, {colour})"
        for number, colour in enumerate(chart_parts.SERIES, start=1)
    },
}
_COLOUR = re.compile(r'(fill|stroke)="(#[0-9a-f]{6})"')


def svg(chart: Chart, language: str) -> str:
    """Return the drawing for documents: fixed colours, no style attribute, size in pixels."""
    # Labels may be lazy translations: they speak the report's language, not the reader's.
    with override(language):
        spec = json.dumps(specification(chart, language), sort_keys=True)
    return _draw(spec, language)


def screen_svg(chart: Chart, language: str, alternative: str) -> str:
    """Return the drawing for a page: theme-aware, named for screen readers by the alternative."""
    drawing = _COLOUR.sub(_screen_colour, svg(chart, language))
    drawing = re.sub(r' font-family="[^"]*"', "", drawing)
    # One picture, one name: the drawing machine names each bar as if it were a picture of its own.
    drawing = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", drawing)
    name = f'<svg role="img" focusable="false" aria-label="{escape(alternative)}"'
    return drawing.replace("<svg", name, 1).replace('class="marks"', 'class="report-drawing"', 1)


def png(chart: Chart, language: str) -> bytes:
    """Return the drawing as a picture of twice its size, for Word."""
    return _picture(svg(chart, language))


def size(drawing: str) -> tuple[float, float]:
    """Return the width and height of a drawing in pixels."""
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawing)
    return (float(found[1]), float(found[2])) if found else (chart_parts.WIDTH, chart_parts.WIDTH / 2)


def _screen_colour(match: re.Match[str]) -> str:
    attribute, colour = match.groups()
    return f'{attribute}="{_ON_SCREEN.get(colour, colour)}"'


@lru_cache(maxsize=256)
def _draw(spec: str, language: str) -> str:
    _register_fonts()
    drawing = vl_convert.vegalite_to_svg(
        json.loads(spec), allowed_base_urls=[], format_locale=_LOCALES[language]
    )
    return str(drawing)


@lru_cache(maxsize=64)
def _picture(drawing: str) -> bytes:
    picture = vl_convert.svg_to_png(drawing, scale=_PNG_SCALE)
    return bytes(picture)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Let the drawing machine measure with the bundled typefaces where they are there as TrueType."""
    if any(FONTS.glob("*.ttf")):
        vl_convert.register_font_directory(str(FONTS))
