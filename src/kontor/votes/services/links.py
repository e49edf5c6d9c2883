"""The links by which organisations vote. Each is drawn by chance: nobody who holds the data can make one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kontor.accounts.models import TaskLink
from kontor.accounts.services.tokens import hash_of, new_token
from kontor.votes.models import Elector, Vote

PURPOSE = "votes.cast"
# So long a link tells what came of the vote, and so long addresses are kept.
DAYS_AFTER_CLOSING = 30


def links_for(vote: Vote, electors: Iterable[Elector]) -> dict[int, str]:
    """Return elector → token of a fresh link; those mailed before keep working. One query."""
    rows = list(electors)
    tokens = {each.pk: new_token() for each in rows}
    until = expiry(vote)
    TaskLink.objects.bulk_create(
        TaskLink(
            cluster_id=vote.cluster_id,
            purpose=PURPOSE,
            target=each.pk,
            email=each.email,
            language=each.language,
            token_hash=hash_of(tokens[each.pk]),
            expires_at=until,
        )
        for each in rows
    )
    return tokens


def expiry(vote: Vote) -> datetime:
    """Return until when links lead to the vote."""
    return vote.closes_at + timedelta(days=DAYS_AFTER_CLOSING)


def prolong_links(vote: Vote) -> None:
    """Let all links of the vote live as long as its new closing date asks. One query."""
    links_of(vote).update(expires_at=expiry(vote))


def links_of(vote: Vote) -> QuerySet[TaskLink]:
    """Return all links into a vote."""
    electors = Elector.objects.filter(vote=vote).values("pk")
    return TaskLink.objects.filter(cluster=vote.cluster_id, purpose=PURPOSE, target__in=electors)


def withdraw_links(elector: Elector) -> None:
    """Delete the links of an elector; whoever still holds one finds nothing behind it."""
    TaskLink.objects.filter(cluster=elector.cluster_id, purpose=PURPOSE, target=elector.pk).delete()
