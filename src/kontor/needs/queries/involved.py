"""Which members were heard in the last twelve months, by which way, and who has been silent for that long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import member_ids, members
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
    """Return who was heard in the twelve months up to the day. Two queries."""
    own = member_ids(cluster, on)
    since = on - relativedelta(months=MONTHS)
    talks = Hearing.objects.filter(organisation__in=own, on__gt=since, on__lte=on).order_by()
    needs = Need.objects.filter(organisation__in=own, recorded_on__gt=since, recorded_on__lte=on).order_by()
    met = talks.values_list("organisation_id", "source", "on").union(
        needs.values_list("organisation_id", "source", "recorded_on")
    )
    rows = list(met)
    ways = Counter(source for _member, source in {(member, source) for member, source, _on in rows})
    ranked = tuple(sorted(ways.items(), key=lambda pair: (-pair[1], pair[0])))
    latest = max((on for _member, _source, on in rows), default=None)
    number = members(cluster, on).count()
    return Involved(number, len({row[0] for row in rows}), ranked, latest)
