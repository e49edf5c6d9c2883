"""What the page of a clause shows, the same for both sides."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from kontor.agreements.catalogue import kinds
from kontor.agreements.forms.clauses import CommentForm, WordingForm, worded
from kontor.agreements.models import Agreement, Clause, Side, Wording
from kontor.agreements.queries.sheet import Sheet, ShownClause, sheet_of
from kontor.agreements.queries.timeline import clause_events


def clause_context(
    agreement: Agreement, clause: Clause, side: Side, shown: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the context of a clause's page; `shown` is what a refused act adds."""
    sheet = sheet_of(agreement, side=side)
    here = next((each for each in sheet.clauses if each.clause.pk == clause.pk), None)
    wording = here.wording if here else clause.wordings.get(number=clause.current_number)
    languages = ordered_languages(agreement)
    found = kinds()[agreement.kind].clauses.get(clause.code)
    is_open = agreement.state == Agreement.State.NEGOTIATING
    lacks = here is not None and bool(here.gaps or wording.stale) and not wording.is_removal
    events = clause_events(clause, side)
    return {
        "agreement": agreement,
        "clause": clause,
        "here": here,
        "wording": wording,
        "before": _before(wording),
        "side": side,
        "languages": languages,
        "leading": languages[0],
        "group": sheet.group_name(clause.group),
        "why": found.why if found and side is Side.US else "",
        "events": events,
        "notes": [each for each in events if each.kind == "note"],
        "is_open": is_open,
        # What lacks something is opened to be filled in.
        "opened": "propose" if lacks else "",
        "may_accept": here is not None and here.may_accept,
        "wording_form": WordingForm(
            initial=worded(wording, agreement.languages), languages=agreement.languages
        ),
        "comment_form": CommentForm(),
        "version": clause.version,
        **_neighbours(sheet, here),
        **(shown or {}),
    }


def ordered_languages(agreement: Agreement) -> list[str]:
    """Return the languages of the paper, the reader's own first."""
    own = (get_language() or "")[:2]
    return sorted(agreement.languages, key=lambda code: code != own)


def _before(wording: Wording) -> Wording | None:
    """Return the wording that this one followed, as far as it counted."""
    rows = Wording.objects.filter(clause=wording.clause_id, number__lt=wording.number, withdrawn_at=None)
    return rows.order_by("-number").first()


def _neighbours(sheet: Sheet, here: ShownClause | None) -> dict[str, ShownClause | None]:
    """Return the clauses before and behind, and the next one that waits for the reader."""
    place = here.number - 1 if here else 0
    rest = [*sheet.clauses[place + 1 :], *sheet.clauses[:place]]
    return {
        "previous": sheet.clauses[place - 1] if here and place else None,
        "following": sheet.clauses[place + 1] if here and place + 1 < len(sheet.clauses) else None,
        "next_turn": next((each for each in rest if each.state == "waiting_us"), None),
    }
