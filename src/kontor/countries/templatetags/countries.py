"""Template tags of this room: figures in words, and a small picture of their years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from kontor.countries import wording
from kontor.countries.models import RegionSheet, SheetEntry
from kontor.countries.naming import region_called, sheet_name
from kontor.countries.queries.figures import Figure, Trend

register = template.Library()

_WIDTH, _HEIGHT, _MARGIN = 100.0, 24.0, 3.0


@register.filter
def value_text(figure: Figure | None) -> str:
    """Return the value of a figure, a dash without one."""
    return wording.value_text(figure)


@register.filter
def rank_text(figure: Figure | None) -> str:
    """Return the rank among the countries in view."""
    return wording.rank_text(figure)


@register.filter
def world_rank_text(figure: Figure | None) -> str:
    """Return the rank among all countries."""
    return wording.world_rank_text(figure)


@register.filter
def direction_text(is_benefit: bool | None) -> str:
    """Say what rank 1 means."""
    return wording.direction_text(is_benefit)


@register.filter
def trend_text(figure: Figure | None) -> str:
    """Return how a figure has moved over about five years."""
    return wording.trend_text(figure.trend, figure.decimals) if figure else "–"


@register.filter
def trend_word(trend: Trend) -> str:
    """Return "rising", "falling" or "steady"."""
    return wording.trend_word(trend)


@register.filter
def plain_number(value: float, decimals: int) -> str:
    """Return a number with so many decimals, in the reader's writing."""
    return wording.number_text(value, decimals)


@register.filter
def at(texts: Sequence[str], place: int) -> str:
    """Return the text at a place."""
    return texts[place]


@register.filter
def rating_text(entry: SheetEntry) -> str:
    """Return the rating of an entry in words."""
    return wording.rating_text(entry)


@register.filter
def rating_number(entry: SheetEntry) -> str:
    """Return the rating of an entry as a number with its sign."""
    return "" if entry.rating is None else wording.signed(entry.rating, 0)


@register.filter
def signed(mean: float | None) -> str:
    """Return a mean rating with its sign."""
    return "" if mean is None else wording.signed(mean)


@register.filter
def named(sheet: RegionSheet) -> str:
    """Return a sheet's name in the reader's language."""
    return sheet_name(sheet)


@register.filter
def named_in_country(sheet: RegionSheet) -> str:
    """Return a sheet's name where its country stands beside it already."""
    return str(sheet.title) or region_called(sheet) or _("Whole country")


@register.inclusion_tag("countries/partials/spark.html")
def spark(history: Sequence[tuple[int, float]]) -> dict[str, Any]:
    """Draw the years of a figure as a small line; decoration beside the trend in words."""
    return {"points": spark_points(history)}


def spark_points(history: Sequence[tuple[int, float]]) -> str:
    """Return the points of a line within 100 × 24, years to the right; "" for fewer than two years.

    >>> spark_points([(2019, 1.0), (2020, 3.0), (2021, 2.0)])
    '3.0,21.0 50.0,3.0 97.0,12.0'
    """
    if len(history) < 2:
        return ""
    first, last = history[0][0], history[-1][0]
    values = [value for _year, value in history]
    low, span = min(values), max(values) - min(values)
    points = []
    for year, value in history:
        x = _MARGIN + (_WIDTH - 2 * _MARGIN) * (year - first) / (last - first)
        share = (value - low) / span if span else 0.5
        points.append(f"{x:.1f},{_HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * share:.1f}")
    return " ".join(points)
