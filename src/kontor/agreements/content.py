"""What is agreed, as plain data: the ground of papers and versions, without any layout."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kontor.agreements.models import Acceptance, Side
from kontor.agreements.queries.sheet import Sheet, ShownClause
from kontor.agreements.texts import texts_of

FORMAT = 1


def agreement_content(sheet: Sheet, *, number: int, at: datetime, by: str) -> dict[str, Any]:
    """Return the paper as data that JSON can hold.

    number: of the version, 0 for a draft. The people are those who negotiated; addresses stay out.
    """
    agreement = sheet.agreement
    people = agreement.negotiators.order_by("side", "name", "pk")
    return {
        "format": FORMAT,
        "kind": agreement.kind,
        "number": number,
        "at": at.isoformat(),
        "by": by,
        "round": agreement.round,
        "reason": agreement.round_reason,
        "title": _in(agreement.title, agreement.languages),
        "names": {Side.US.value: agreement.our_name, Side.THEM.value: agreement.counterpart},
        "languages": list(agreement.languages),
        "people": [
            {"side": each.side, "name": each.name, "function": each.function, "of": each.organisation}
            for each in people
        ],
        "clauses": [_clause(sheet, each) for each in sheet.clauses],
    }


def _clause(sheet: Sheet, shown: ShownClause) -> dict[str, Any]:
    wording, languages = shown.wording, sheet.agreement.languages
    return {
        "id": shown.clause.pk,
        "code": shown.clause.code,
        "group": {code: sheet.group_name(shown.clause.group, code) for code in languages},
        "heading": _in(wording.heading, languages),
        "text": _in(wording.text, languages),
        "wording": wording.number,
        "is_removal": wording.is_removal,
        "proposed": {
            "side": wording.side,
            "name": wording.author_name,
            "at": wording.created_at.isoformat(),
        },
        "accepted": {side: _accepted(acceptance) for side, acceptance in sorted(shown.accepted.items())},
    }


def _accepted(acceptance: Acceptance) -> dict[str, str]:
    return {"name": acceptance.name, "at": acceptance.accepted_at.isoformat()}


def _in(value: Any, languages: list[str]) -> dict[str, str]:
    """Return a text in each language of the agreement, empty where it is missing."""
    texts = texts_of(value)
    return {code: texts.get(code, "") for code in languages}
