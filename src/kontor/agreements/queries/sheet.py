"""The paper as one side sees it: every clause with the wording that counts and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from kontor.agreements.catalogue import kinds
from kontor.agreements.models import Acceptance, Agreement, Clause, ClauseComment, Side, Wording
from kontor.agreements.texts import gaps_in
from kontor.agreements.turns import ClauseState, Progress, Said, clause_state, counted


@dataclass(frozen=True)
class ShownClause:
    """A clause as a side sees it.

    number: its place in the paper, from 1. state: as this side names it. accepted: side → acceptance of
    the wording that counts. comments: how many remarks this side may read. gaps: what is to be filled in.
    may_accept: this side has not accepted the wording yet, and it can be accepted as it stands.
    """

    number: int
    clause: Clause
    wording: Wording
    state: ClauseState
    accepted: Mapping[str, Acceptance]
    comments: int
    gaps: tuple[str, ...]
    may_accept: bool

    @property
    def by_us(self) -> Acceptance | None:
        """Return the acceptance of the cluster's side."""
        return self.accepted.get(Side.US)

    @property
    def by_them(self) -> Acceptance | None:
        """Return the acceptance of the other side."""
        return self.accepted.get(Side.THEM)


@dataclass(frozen=True)
class Sheet:
    """An agreement with its clauses in order, as `side` sees it; `removed` were left out by agreement."""

    agreement: Agreement
    side: Side
    clauses: tuple[ShownClause, ...]
    removed: tuple[Clause, ...]

    @property
    def progress(self) -> Progress:
        """Return the counts, as this side names them."""
        return counted((each.state for each in self.clauses), gone=len(self.removed))

    @property
    def acceptable(self) -> tuple[ShownClause, ...]:
        """Return the clauses that this side could accept as they stand."""
        return tuple(each for each in self.clauses if each.may_accept)

    @property
    def with_gaps(self) -> tuple[ShownClause, ...]:
        """Return the clauses in which something is still to be filled in."""
        return tuple(each for each in self.clauses if each.gaps)

    @property
    def stale(self) -> tuple[ShownClause, ...]:
        """Return the clauses of which a language lags behind."""
        return tuple(each for each in self.clauses if each.wording.stale)

    def group_name(self, code: str, language: str = "") -> str:
        """Return the name of a group of clauses."""
        kind = kinds().get(self.agreement.kind)
        return kind.group_name(code, language) if kind else code


def sheet_of(agreement: Agreement, *, side: Side = Side.US) -> Sheet:
    """Return the paper as `side` sees it. Four queries, however many clauses there are."""
    rows = list(agreement.clauses.order_by("position", "pk"))
    standing = [clause for clause in rows if clause.removed_at is None]
    wordings = {each.clause_id: each for each in current_wordings(Q(clause__agreement=agreement))}
    remarks = readable_comments(side).filter(clause__agreement=agreement)
    said, numbers = _said(remarks)
    shown = tuple(
        _shown(number, clause, wordings[clause.pk], side, (said.get(clause.pk), numbers.get(clause.pk, 0)))
        for number, clause in enumerate(standing, start=1)
    )
    removed = tuple(clause for clause in rows if clause.removed_at is not None)
    return Sheet(agreement, side, shown, removed)


def current_wordings(condition: Q) -> QuerySet[Wording]:
    """Return the wordings that count, with their acceptances. Two queries."""
    rows = Wording.objects.filter(condition, number=F("clause__current_number"))
    return rows.prefetch_related("acceptances")


def readable_comments(side: str) -> QuerySet[ClauseComment]:
    """Return the remarks that a side may read: internal ones are for the cluster's side alone."""
    rows = ClauseComment.objects.order_by("created_at", "pk")
    return rows if side == Side.US else rows.filter(is_internal=False)


def acceptances_of(wording: Wording) -> dict[str, Acceptance]:
    """Return side → acceptance."""
    return {each.side: each for each in wording.acceptances.all()}


def _shown(
    number: int, clause: Clause, wording: Wording, side: Side, remarks: tuple[Said | None, int]
) -> ShownClause:
    accepted = acceptances_of(wording)
    state = clause_state(accepted, wording.created_at, remarks[0])
    gaps = () if wording.is_removal else tuple(gaps_in(wording.text))
    is_sound = wording.is_removal or not (wording.stale or gaps)
    return ShownClause(
        number=number,
        clause=clause,
        wording=wording,
        state=state.seen_by(side),
        accepted=accepted,
        comments=remarks[1],
        gaps=gaps,
        may_accept=is_sound and side not in accepted,
    )


def _said(remarks: QuerySet[ClauseComment]) -> tuple[dict[int, Said], dict[int, int]]:
    """Return clause → last remark for both sides, and clause → how many this side may read. One query."""
    last: dict[int, Said] = {}
    numbers: dict[int, int] = {}
    for clause, side, at, is_internal in remarks.values_list("clause", "side", "created_at", "is_internal"):
        numbers[clause] = numbers.get(clause, 0) + 1
        if not is_internal:
            last[clause] = Said(side, at)
    return last, numbers
