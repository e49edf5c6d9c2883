"""Which members were heard in the last twelve months, by which way, and who has been silent for that long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import member_ids
from kontor.needs.models import Hearing, Need

MONTHS = 12


@dataclass(frozen=True)
class Involved:
    """How many of the members were heard in the year up to a day.

    ways: source → members heard by it, the most first; a member may have been heard by several.
    """

    members: int
    heard: int
    ways: tuple[tuple[str, int], ...]
    latest: date | None

    @property
    def silent(self) -> int:
        """Return how many have said nothing for a year."""
        return self.members - self.heard

    @property
    def share(self) -> float | None:
        """Return the share heard, 0 to 1; None without members."""
        return self.heard / self.members if self.members else None


def involved(cluster: Cluster, on: date) -> Involved:
    """Return who was heard in the twelve months up to the day. Three queries."""
    own = frozenset(member_ids(cluster, on))
    since = on - relativedelta(months=MONTHS)
    occasions = Hearing.objects.filter(cluster=cluster, on__gt=since, on__lte=on).order_by()
    needs = Need.objects.filter(cluster=cluster, recorded_on__gt=since, recorded_on__lte=on).order_by()
    rows = [
        *occasions.values_list("organisation_id", "source", "on"),
        *needs.values_list("organisation_id", "source", "recorded_on"),
    ]
    met = [row for row in rows if row[0] in own]
    ways = Counter(source for _member, source in {(member, source) for member, source, _on in met})
    ranked = tuple(sorted(ways.items(), key=lambda pair: (-pair[1], pair[0])))
    latest = max((on for _member, _source, on in met), default=None)
    return Involved(len(own), len({row[0] for row in met}), ranked, latest)
