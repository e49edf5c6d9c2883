"""What pages and lists say about clauses: states in words, changes in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kontor.agreements.models import Agreement, Side
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import ClauseState
from kontor.reports.words import ParagraphChange, WordRun, changed_paragraphs

EVENT_WORDS: dict[str, Callable[[], str]] = {
    "wording": lambda: _("New wording"),
    "removal": lambda: _("To be left out"),
    "acceptance": lambda: _("Accepted"),
    "comment": lambda: _("Comment"),
    "note": lambda: _("Internal note"),
}


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
    return tuple(replace(each, runs=tuple(_phrases(each.runs))) for each in changed)


def _phrases(runs: Iterable[WordRun]) -> Iterator[WordRun]:
    """Yield the runs with neighbouring changes joined: "every six weeks" goes as a whole."""
    gone, come = "", ""
    for run in runs:
        if run.kind == "kept" and (not run.text.isspace() or not (gone or come)):
            yield from _changed(gone, come)
            gone, come = "", ""
            yield run
        elif run.kind == "kept":
            gone, come = gone + run.text, come + run.text
        elif run.kind == "removed":
            gone += run.text
        else:
            come += run.text
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[WordRun]:
    """Yield what went and what came; blanks that stand at the end of both were kept."""
    tail = ""
    while gone and come and gone[-1].isspace() and gone[-1] == come[-1]:
        tail, gone, come = gone[-1] + tail, gone[:-1], come[:-1]
    if gone:
        yield WordRun("removed", gone)
    if come:
        yield WordRun("added", come)
    if tail:
        yield WordRun("kept", tail)
