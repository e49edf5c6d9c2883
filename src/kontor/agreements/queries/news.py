"""What the other side has done since somebody last looked or was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from kontor.accounts.rules import MANAGEMENT
from kontor.agreements.models import Acceptance, Agreement, ClauseComment, Negotiator, Side, Wording


@dataclass(frozen=True)
class News:
    """What is new: wordings proposed, proposals to leave a clause out, remarks, acceptances."""

    wordings: int
    removals: int
    comments: int
    acceptances: int

    @property
    def is_any(self) -> bool:
        """True where there is something to tell."""
        return any((self.wordings, self.removals, self.comments, self.acceptances))


def news_for(negotiator: Negotiator) -> News:
    """Return what the other side did since somebody looked or was told; internal remarks never count."""
    agreement, across = negotiator.agreement, Side(negotiator.side).other
    since = since_when(negotiator)
    proposed = Wording.objects.filter(
        clause__agreement=agreement, side=across, created_at__gt=since, withdrawn_at=None
    )
    remarks = ClauseComment.objects.filter(
        clause__agreement=agreement, side=across, is_internal=False, created_at__gt=since
    )
    accepted = Acceptance.objects.filter(
        wording__clause__agreement=agreement, side=across, accepted_at__gt=since
    ).exclude(wording__side=across)
    removals = proposed.filter(is_removal=True).count()
    return News(proposed.count() - removals, removals, remarks.count(), accepted.count())


def since_when(negotiator: Negotiator) -> datetime:
    """Return from when on something is news to somebody."""
    known = (negotiator.seen_at, negotiator.notified_at, negotiator.invited_at, negotiator.created_at)
    return max(moment for moment in known if moment is not None)


def to_be_told(now: datetime, settled_since: datetime) -> QuerySet[Negotiator]:
    """Return who may hear of news now, where there is any: nobody twice a day, and no batch half-way.

    settled_since: agreements that were written in later are still being worked on.
    """
    rows = Negotiator.objects.filter(
        Q(side=Side.US) | Q(invited_at__isnull=False),
        revoked_at=None,
        bounce_reason="",
        agreement__state=Agreement.State.NEGOTIATING,
        agreement__touched_at__lte=settled_since,
    )
    rows = rows.filter(Q(quiet_until=None) | Q(quiet_until__lte=now))
    rows = rows.filter(Q(seen_at=None) | Q(seen_at__lt=F("agreement__touched_at")))
    return managing(rows).select_related("agreement__cluster", "user").order_by("pk")


def managing(rows: QuerySet[Negotiator]) -> QuerySet[Negotiator]:
    """Return the guests, and of our side those who still manage the cluster."""
    in_office = Q(
        side=Side.US, user__roles__cluster=F("agreement__cluster"), user__roles__kind__in=MANAGEMENT
    )
    return rows.filter(Q(side=Side.THEM) | in_office)
