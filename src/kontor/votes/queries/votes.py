"""Votes as other rooms and pages read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.votes.models import Elector, Vote
from kontor.votes.results import VoteResult, quorum_needed


@dataclass(frozen=True)
class Turnout:
    """How many have voted. electors: those who may; needed: how many must for the quorum."""

    electors: int
    voted: int
    needed: int

    @property
    def share(self) -> float:
        """Return the share that has voted, 0 to 1."""
        return self.voted / self.electors if self.electors else 0.0

    @property
    def has_quorum(self) -> bool:
        """True where enough have voted."""
        return self.voted >= self.needed

    @property
    def width(self) -> str:
        """Return the share in percent as a drawing takes it, with a point."""
        return f"{100 * self.share:.1f}"

    @property
    def mark(self) -> str:
        """Return where the quorum stands, in percent, as a drawing takes it; within the picture."""
        return f"{min(100 * self.needed / self.electors, 99.4):.1f}" if self.electors else "0"

    @property
    def missing(self) -> int:
        """Return how many votes the quorum still needs."""
        return max(self.needed - self.voted, 0)


def votes_of(reference: str) -> QuerySet[Vote]:
    """Return the votes about something, the latest first; `reference` as given to create_vote."""
    return Vote.objects.filter(reference=reference).exclude(reference="").order_by("-pk")


def vote_of(reference: str) -> Vote | None:
    """Return the latest vote about something, such as "study:7", whatever its state. One query."""
    return votes_of(reference).select_related("cluster").first()


def turnout(vote: Vote) -> Turnout:
    """Return how many have voted; once the vote is closed, as it was then. One query, then none."""
    found = result(vote)
    if found is not None:
        return Turnout(found.electors, found.voted, found.needed)
    return turnouts([vote])[vote.pk]


def turnouts(votes: Iterable[Vote]) -> dict[int, Turnout]:
    """Return vote → turnout. One query."""
    rows = list(votes)
    counts = (
        Elector.objects.filter(vote__in=[each.pk for each in rows])
        .order_by()
        .values("vote")
        .annotate(asked=Count("pk"), done=Count("pk", filter=Q(has_voted=True)))
    )
    by_vote = {row["vote"]: (row["asked"], row["done"]) for row in counts}
    found = {}
    for each in rows:
        asked, done = by_vote.get(each.pk, (0, 0))
        found[each.pk] = Turnout(asked, done, quorum_needed(asked, each.quorum_percent))
    return found


def result(vote: Vote) -> VoteResult | None:
    """Return what came of a vote, None while it is not closed. No query."""
    return VoteResult.from_json(vote.result) if vote.result else None


def votes(cluster: Cluster, state: str = "") -> QuerySet[Vote]:
    """Return the votes of a cluster, the latest first; only those in `state`, where it is one."""
    found = Vote.objects.filter(cluster=cluster)
    return found.filter(state=state) if state in Vote.State.values else found


def counts_by_state(cluster: Cluster) -> dict[str, int]:
    """Return state → number of votes, states without any left out. One query."""
    rows = Vote.objects.filter(cluster=cluster).order_by().values_list("state").annotate(Count("pk"))
    counted = dict(rows)
    return {state: counted[state] for state in Vote.State.values if state in counted}
