"""Template tags of the face: forms, numbers, dates, states."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import nh3
from babel.numbers import format_currency, format_decimal, format_percent
from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from kontor.ui import notices, vocabulary
from kontor.ui.components import STATE_LABELS

register = template.Library()

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_NOTHING = "–"
_TAGS = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"),
    *("h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")[:2]


@register.simple_tag(takes_context=True)
def title_text(context: template.Context) -> str:
    """Return the page's `title` block as plain text, so that a page writes its title once."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    text = strip_tags(block.render(context)) if block else ""
    # The block was escaped when it was rendered; what strip_tags leaves is safe text.
    return mark_safe(" ".join(text.split()))  # noqa: S308 # nosec B308 B703


@register.inclusion_tag("ui/components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """Show the error summary, the hidden fields and every visible field of any Django form."""
    return {"form": form}


@register.inclusion_tag("ui/components/form_field.html")
def form_field(field: forms.BoundField) -> dict[str, Any]:
    """Show one field: label above, errors, control, help below."""
    return {"field": field, "is_tick": _is_tick(field)}


def _is_tick(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.inclusion_tag("ui/components/tag.html")
def tag(state: str, label: str | Promise | None = None, *, is_by_hand: bool = False) -> dict[str, Any]:
    """Show a state as a word in its colour; `label` replaces the word."""
    return {
        "state": str(state),
        "label": label or STATE_LABELS.get(str(state), state),
        "is_by_hand": is_by_hand,
    }


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, key: str, label: str, *, is_number: bool = False
) -> dict[str, Any]:
    """Show a table heading that sorts by `key` (parameter `sort`); a second press turns the order."""
    request = context["request"]
    sort = request.GET.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    query = request.GET.copy()
    query["sort"] = f"-{key}" if sort == key else key
    query.pop("page", None)
    return {"label": label, "direction": direction, "is_number": is_number, "url": f"?{query.urlencode()}"}


@register.simple_tag
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Return a number in the reader's writing: 1.474 or 1,474; a dash for nothing."""
    if value is None or value == "":
        return _NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=_locale()))


@register.simple_tag
def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """Return a share of 1 as a percentage: 0.41 → 41 % or 41%; a dash for nothing."""
    if share is None or share == "":
        return _NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_percent(share, format=pattern + "%", locale=_locale()))
    return text.replace("%", "\u00a0%") if _locale() == "de" else text


@register.simple_tag
def points(difference: float | None) -> str:
    """Return a difference of two shares in percentage points, always with its sign: 0.14 → +14."""
    if difference is None:
        return _NOTHING
    rounded = round(difference * 100)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{format_decimal(abs(rounded), locale=_locale())}"


@register.simple_tag
def money(amount: Decimal | None, currency: str = "EUR") -> str:
    """Return an amount in its currency, in the reader's writing; whole amounts without cents."""
    if amount is None:
        return _NOTHING
    digits = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    pattern = f"{digits}\u00a0¤" if _locale() == "de" else f"¤{digits}"
    return str(format_currency(amount, currency, format=pattern, locale=_locale(), currency_digits=False))


@register.simple_tag
def country(code: str) -> str:
    """Return a country's name in the reader's language; the code itself where it is unknown."""
    return vocabulary.country_name(code, _locale()) if code else _NOTHING


@register.simple_tag
def date_long(value: date | datetime | None) -> str:
    """Return a date in words: 21. November 2026 or 21 November 2026."""
    if value is None:
        return _NOTHING
    return formats.date_format(value, "j. F Y" if _locale() == "de" else "j F Y")


@register.inclusion_tag("ui/components/bar.html")
def bar(share: float | None, label: str = "") -> dict[str, Any]:
    """Draw a share of 1 as a bar; `label` is read aloud, without it the bar is decoration beside a number."""
    width = max(0.0, min(1.0, float(share or 0))) * 100
    return {"width": f"{width:.1f}", "label": label}


@register.filter
def markdown(text: str | None) -> SafeString:
    """Turn a person's Markdown into clean HTML; raw HTML in it is shown as text."""
    html = _MARKDOWN.render(text or "")
    clean = nh3.clean(html, tags=_TAGS, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308 # nosec B308 B703


@register.filter
def undo_url(message: Message) -> str:
    """Return where a message's act can be taken back, or ""."""
    return notices.undo_url(message.extra_tags or "")


@register.filter
def page_range(paginator: Paginator[Any], number: int) -> list[int]:
    """Return the page numbers to offer around `number`; 0 stands for a gap."""
    last = paginator.num_pages
    near = sorted({1, last, *(each for each in range(number - 2, number + 3) if 1 <= each <= last)})
    offered: list[int] = []
    for each in near:
        if offered and each - offered[-1] > 1:
            offered.append(0)
        offered.append(each)
    return offered
