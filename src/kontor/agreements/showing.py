"""What pages and lists say about clauses: states in words, changes in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kontor.agreements.models import Agreement, Side
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import ClauseState
from kontor.reports.words import ParagraphChange, changed_paragraphs


def state_label(state: ClauseState, agreement: Agreement, side: Side) -> str:
    """Return a state in words, as `side` names it."""
    if state is ClauseState.SETTLED:
        return _("settled")
    if state is ClauseState.OPEN:
        return _("open")
    if state is ClauseState.WAITING_US:
        return _("waits for you") if side is Side.THEM else _("waits for us")
    return _("waits for %(name)s") % {"name": agreement.name_of(side.other)}


def changes_between(old: Any, new: Any, language: str) -> tuple[ParagraphChange, ...]:
    """Return the lines of both texts with the words that came and went; nothing where they are the same."""
    before, after = (texts_of(each).get(language, "").split("\n") for each in (old, new))
    changed = changed_paragraphs([line for line in before if line], [line for line in after if line])
    return tuple(changed)
