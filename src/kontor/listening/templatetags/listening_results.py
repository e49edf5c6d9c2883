"""Small words for the pages of results."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.http import urlencode
from django.utils.translation import get_language

from kontor.actors.queries.segments import Dimension
from kontor.listening.queries.figures import Group, Middle, Result
from kontor.listening.queries.looking import Look, Offer
from kontor.ui.components import Text

register = template.Library()


@register.filter
def offered(offer: Offer) -> list[tuple[Dimension, list[tuple[str, Text]]]]:
    """Return each dimension with its groups and their labels."""
    return [(dimension, offer.labels(dimension)) for dimension in offer.groups]


@register.filter
def means(look: Look, dimension: Dimension) -> str | None:
    """Return the group of a dimension that alone is looked at."""
    return next((group for each, group in look.only if each == dimension), None)


@register.filter
def by_group(result: Result) -> list[tuple[Group, Middle | None]]:
    """Return the groups of a breakdown with their mean."""
    return list(zip(result.groups, result.middles, strict=False))


@register.simple_tag
def group_label(result: Result, place: int) -> Text:
    """Return the label of a group of the breakdown."""
    return result.groups[place].label


@register.simple_tag
def column_label(result: Result, place: int) -> Text:
    """Return the heading of a matrix's column."""
    return result.columns[place]


@register.simple_tag
def column_key(result: Result, place: int) -> str:
    """Return the code of a matrix's column, as it stands in an address."""
    return urlencode({"": result.question.codes[place]})[1:]


@register.filter
def points(share: float) -> str:
    """Return a difference of shares in percentage points: +12, −3."""
    text = format_decimal(abs(share) * 100, format="#,##0", locale=_locale())
    sign = "±" if text == "0" else "+" if share > 0 else "−"
    return f"{sign}{text}"


@register.filter
def plain_number(value: Any) -> str:
    """Return a number with as many decimals as it has, at most two."""
    return str(format_decimal(value, format="#,##0.##", locale=_locale()))


def _locale() -> str:
    return (get_language() or "en")[:2]
