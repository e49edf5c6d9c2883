"""All agreements of a cluster, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.agreements.models import Agreement, Clause, ClauseComment
from kontor.agreements.queries.sheet import acceptances_of, current_wordings
from kontor.agreements.turns import ClauseState, Progress, Said, clause_state, counted


def agreements_of(cluster: Cluster, *, reference: str = "") -> QuerySet[Agreement]:
    """Return a cluster's agreements, newest first; those about `reference` alone, if one is given."""
    rows = Agreement.objects.filter(cluster=cluster).order_by("-created_at", "-pk")
    return rows.filter(reference=reference) if reference else rows


def agreement_of(cluster: Cluster, reference: str, *, kind: str = "") -> Agreement | None:
    """Return the newest agreement about something that has not been given up, or None. One query.

    reference: as the room above has named it, such as "cooperation:7". kind: narrows to one kind.
    """
    rows = agreements_of(cluster, reference=reference).exclude(state=Agreement.State.CANCELLED)
    return (rows.filter(kind=kind) if kind else rows).first() if reference else None


def progress(agreement: Agreement) -> Progress:
    """Return how many clauses are how far, as our side names it. Four queries."""
    return progress_of([agreement])[agreement.pk]


def progress_of(agreements: Iterable[Agreement]) -> dict[int, Progress]:
    """Return agreement → progress. Four queries, however many there are."""
    keys = [agreement.pk for agreement in agreements]
    clauses = list(Clause.objects.filter(agreement__in=keys).values_list("pk", "agreement", "removed_at"))
    gone = dict.fromkeys(keys, 0)
    of_agreement: dict[int, int] = {}
    for clause, agreement, removed_at in clauses:
        if removed_at is None:
            of_agreement[clause] = agreement
        else:
            gone[agreement] += 1
    states: dict[int, list[ClauseState]] = {key: [] for key in keys}
    said = _last_said(keys)
    standing = current_wordings(Q(clause__agreement__in=keys, clause__removed_at=None))
    for wording in standing.defer("heading", "text"):
        accepted = acceptances_of(wording)
        state = clause_state(accepted, wording.created_at, said.get(wording.clause_id))
        states[of_agreement[wording.clause_id]].append(state)
    return {key: counted(states[key], gone=gone[key]) for key in keys}


def _last_said(agreements: list[int]) -> dict[int, Said]:
    rows = ClauseComment.objects.filter(clause__agreement__in=agreements, is_internal=False)
    ordered = rows.order_by("created_at", "pk").values_list("clause", "side", "created_at")
    return {clause: Said(side, at) for clause, side, at in ordered}
