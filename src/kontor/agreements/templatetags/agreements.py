"""Template tags of this room: clauses as text, what changed between two wordings, whose turn it is."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from kontor.agreements import texts
from kontor.agreements.catalogue import CatalogueClause, Kind
from kontor.agreements.forms.drafting import LANGUAGE_NAMES
from kontor.agreements.models import Agreement, Side
from kontor.agreements.queries.sheet import Sheet
from kontor.agreements.queries.timeline import Event
from kontor.agreements.showing import EVENT_WORDS, changes_between, state_label
from kontor.agreements.turns import ClauseState
from kontor.ui.components import Text

register = template.Library()
_COLOURS = {
    ClauseState.SETTLED: "done",
    ClauseState.WAITING_US: "warn",
    ClauseState.WAITING_THEM: "info",
    ClauseState.OPEN: "open",
}


@register.filter
def in_language(value: Any, code: str) -> str:
    """Return a text of several languages in one of them, or in whichever there is."""
    return texts.say(value, code)


@register.filter
def is_in(value: Any, code: str) -> bool:
    """True where a text of several languages is there in this one."""
    return bool(texts.texts_of(value).get(code))


@register.filter
def language_name(code: str) -> Text:
    """Return a language's name in the reader's language."""
    return LANGUAGE_NAMES.get(code, code)


@register.inclusion_tag("agreements/partials/clause_text.html")
def clause_text(value: Any, code: str) -> dict[str, Any]:
    """Show a clause's text in one language: paragraphs, line breaks and lists, never markup."""
    return {"pieces": texts.pieces(texts.texts_of(value).get(code, "")), "code": code}


@register.inclusion_tag("agreements/partials/changes.html")
def text_changes(old: Any, new: Any, code: str) -> dict[str, Any]:
    """Show word by word what came and went between two texts of one language."""
    return {"paragraphs": changes_between(old, new, code), "code": code}


@register.inclusion_tag("ui/components/tag.html")
def turn_tag(state: ClauseState, agreement: Agreement, side: str) -> dict[str, Any]:
    """Show as a word and a colour whose turn it is, as `side` names it."""
    return {"state": _COLOURS[state], "label": state_label(state, agreement, Side(side))}


@register.simple_tag
def across(agreement: Agreement, side: str) -> str:
    """Return how the side across the table is called."""
    return agreement.name_of(Side(side).other)


@register.filter
def side_name(agreement: Agreement, side: str) -> str:
    """Return how a side is called in the paper."""
    return agreement.name_of(side)


@register.simple_tag
def group_name(sheet: Sheet, code: str) -> str:
    """Return the name of a group of clauses in the reader's language."""
    return sheet.group_name(code)


@register.inclusion_tag("agreements/partials/clause_text.html")
def catalogue_text(kind: Kind, clause: CatalogueClause) -> dict[str, Any]:
    """Show a clause of the catalogue, what it leaves open as gaps, in the reader's language."""
    code = "de" if (get_language() or "en").startswith("de") else "en"
    return {"pieces": texts.pieces(kind.with_gaps(clause.texts[code], code)), "code": code}


@register.simple_tag
def event_words(event: Event) -> str:
    """Return what an event is, in a few words."""
    return EVENT_WORDS[event.kind]()
