"""Note who has looked, so that nobody is told of what they have seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from kontor.accounts.models import User
from kontor.agreements.models import Negotiator

# A look that follows another one at once is not worth a write.
ONCE_IN = timedelta(minutes=1)


def note_look(people: Iterable[Negotiator], *, user: User | None = None) -> None:
    """Note that somebody looks at the agreement now: the account's own row, or each guest that is given."""
    now = timezone.now()
    for each in people:
        is_meant = each.user_id == user.pk if user else True
        if is_meant and (each.seen_at is None or each.seen_at < now - ONCE_IN):
            Negotiator.objects.filter(pk=each.pk).update(seen_at=now)
