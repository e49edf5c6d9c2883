"""What happened in a negotiation, in the order of time, as one side may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from django.db.models import F, QuerySet

from kontor.agreements.models import Acceptance, Agreement, Clause, ClauseComment, Side, Wording
from kontor.agreements.queries.sheet import readable_comments

EventKind: TypeAlias = Literal["wording", "removal", "acceptance", "comment", "note"]
LATEST = 12


@dataclass(frozen=True)
class Event:
    """One act of somebody.

    wording: what was proposed or accepted; before: the wording that it followed, None for the first.
    """

    at: datetime
    kind: EventKind
    side: str
    name: str
    clause: Clause
    wording: Wording | None = None
    before: Wording | None = None
    comment: ClauseComment | None = None

    @property
    def is_void(self) -> bool:
        """True where another wording counts by now."""
        return self.wording is not None and self.wording.number != self.clause.current_number


def clause_events(clause: Clause, side: Side) -> list[Event]:
    """Return everything that happened to a clause, oldest first. Three queries."""
    wordings = list(clause.wordings.prefetch_related("acceptances").order_by("number"))
    events: list[Event] = []
    before: Wording | None = None
    for wording in wordings:
        events.append(_proposal(clause, wording, before))
        events += [_acceptance(clause, each, wording) for each in wording.acceptances.all()]
        before = wording
    events += [_remark(clause, each) for each in readable_comments(side).filter(clause=clause)]
    return _told(events)


def latest_events(agreement: Agreement, side: Side) -> list[Event]:
    """Return the latest acts on all clauses, newest first. Three queries."""
    proposals = Wording.objects.filter(clause__agreement=agreement).select_related("clause")
    answers = Acceptance.objects.filter(wording__clause__agreement=agreement).exclude(
        side=F("wording__side"), accepted_at=F("wording__created_at")
    )
    remarks = readable_comments(side).filter(clause__agreement=agreement)
    events = [_proposal(each.clause, each, None) for each in _last(proposals, "created_at")]
    accepted = _last(answers.select_related("wording__clause"), "accepted_at")
    events += [_acceptance(each.wording.clause, each, each.wording) for each in accepted]
    events += [_remark(each.clause, each) for each in _last(remarks.select_related("clause"), "created_at")]
    return _told(events)[::-1][:LATEST]


def _last(rows: QuerySet, moment: str) -> QuerySet:  # type: ignore[type-arg]
    return rows.order_by(f"-{moment}", "-pk")[:LATEST]


def _told(events: Iterable[Event]) -> list[Event]:
    """Return the events in order, without the acceptance that lies in a proposal itself."""
    told = [
        each
        for each in events
        if not (
            each.kind == "acceptance"
            and each.wording is not None
            and (each.side, each.at) == (each.wording.side, each.wording.created_at)
        )
    ]
    return sorted(told, key=lambda each: each.at)


def _proposal(clause: Clause, wording: Wording, before: Wording | None) -> Event:
    kind: EventKind = "removal" if wording.is_removal else "wording"
    name = wording.author_name
    return Event(wording.created_at, kind, wording.side, name, clause, wording, before)


def _acceptance(clause: Clause, acceptance: Acceptance, wording: Wording) -> Event:
    return Event(acceptance.accepted_at, "acceptance", acceptance.side, acceptance.name, clause, wording)


def _remark(clause: Clause, comment: ClauseComment) -> Event:
    kind: EventKind = "note" if comment.is_internal else "comment"
    name = comment.author_name
    return Event(comment.created_at, kind, comment.side, name, clause, comment=comment)
