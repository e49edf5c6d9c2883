"""One writer at a time: whoever writes in a negotiation holds the agreement until the end."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from kontor.agreements.models import Agreement
from kontor.agreements.problems import AgreementError

_REFUSED = {
    Agreement.State.DRAFT: "agreement.not_open_yet",
    Agreement.State.NEGOTIATING: "agreement.is_open",
    Agreement.State.AGREED: "agreement.is_agreed",
    Agreement.State.CANCELLED: "agreement.is_cancelled",
}


def hold(agreement: Agreement, *states: Agreement.State) -> Agreement:
    """Count one write and return the agreement fresh, with its cluster, locked until the transaction ends.

    Raises AgreementError, named after the state that it is in, where that is none of `states`.
    """
    rows = Agreement.objects.filter(pk=agreement.pk)
    won = rows.filter(state__in=states).update(revision=F("revision") + 1, touched_at=timezone.now())
    current = rows.select_related("cluster").first()
    if current is None:
        raise AgreementError("agreement.is_gone")
    if not won:
        raise AgreementError(_REFUSED[Agreement.State(current.state)])
    return current
