"""Figures, trends and ranks in words of the reader's language, for pages and papers alike."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.countries.models import SheetEntry
from kontor.countries.queries.figures import Figure, Trend


def number_text(value: float, decimals: int) -> str:
    """Return a number in the reader's writing."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=(get_language() or "en")[:2])).replace("-", "−")


def value_text(figure: Figure | None) -> str:
    """Return the value of a figure: a number, yes or no, or a dash."""
    if figure is None:
        return "–"
    if figure.key.endswith((".common_language", ".neighbour")):
        return _("yes") if figure.value else _("no")
    return number_text(figure.value, figure.decimals)


def trend_word(trend: Trend) -> str:
    """Return "rising", "falling" or "steady" in the reader's language."""
    return {"up": _("rising"), "down": _("falling"), "steady": _("steady")}[trend.direction]


def trend_text(trend: Trend | None, decimals: int) -> str:
    """Return how a figure has moved: "rising, from 2.1 (2017) to 2.9 (2022)"; a dash without a trend."""
    if trend is None:
        return "–"
    return _("%(word)s, from %(before)s (%(first)s) to %(now)s (%(last)s)") % {
        "word": trend_word(trend),
        "before": number_text(trend.from_value, decimals),
        "first": trend.from_year,
        "now": number_text(trend.to_value, decimals),
        "last": trend.to_year,
    }


def rank_text(figure: Figure | None) -> str:
    """Return "4 of 20", or "" where there is nobody to compare with."""
    if figure is None or figure.rank is None or figure.of < 2:
        return ""
    return _("%(rank)s of %(of)s") % {"rank": figure.rank, "of": figure.of}


def world_rank_text(figure: Figure | None) -> str:
    """Return the rank among all countries on record, "" without one."""
    if figure is None or figure.world_rank is None or figure.world_of < 2:
        return ""
    return _("%(rank)s of %(of)s") % {"rank": figure.world_rank, "of": figure.world_of}


def direction_text(is_benefit: bool | None) -> str:
    """Say what rank 1 means."""
    if is_benefit is None:
        return _("1 = largest value")
    return _("1 = highest value, more is better") if is_benefit else _("1 = lowest value, less is better")


def rating_text(entry: SheetEntry) -> str:
    """Return the rating of an entry in words, "" where it is not rated."""
    return "" if entry.rating is None else str(SheetEntry.Rating(entry.rating).label)


def signed(rating: float, decimals: int = 1) -> str:
    """Return a rating with its sign: +0.7, −1.0, ±0.0."""
    rounded = round(rating, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{number_text(abs(rounded), decimals)}"
