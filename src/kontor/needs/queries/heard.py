"""Who was heard: members with a talk, an answer or a need on record, and those who have not spoken yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, OrganisationKind
from kontor.actors.queries.members import members
from kontor.needs.models import Hearing, Need


@dataclass(frozen=True)
class KindHeard:
    """How many members of one kind there are and how many of them were heard."""

    kind: OrganisationKind
    members: int
    heard: int

    @property
    def silent(self) -> int:
        """Return how many have not been heard."""
        return self.members - self.heard


@dataclass(frozen=True)
class Heard:
    """How many members were heard by a day, by kind; the largest kind first."""

    on: date
    kinds: tuple[KindHeard, ...]

    @property
    def members(self) -> int:
        """Return how many members there were."""
        return sum(kind.members for kind in self.kinds)

    @property
    def heard(self) -> int:
        """Return how many of them have said something that is on record."""
        return sum(kind.heard for kind in self.kinds)

    @property
    def silent(self) -> int:
        """Return how many had none."""
        return self.members - self.heard

    @property
    def share(self) -> float | None:
        """Return the share heard, 0 to 1; None without members."""
        return self.heard / self.members if self.members else None

    @property
    def unheard_kinds(self) -> tuple[KindHeard, ...]:
        """Return the kinds of which nobody was heard."""
        return tuple(kind for kind in self.kinds if not kind.heard)


def was_heard(on: date, since: date | None = None) -> Q:
    """Return the condition on organisations "has said something by that day", even that it needs nothing.

    since: only what was said after that day counts.
    """
    after = since or date.min
    needs = Need.objects.filter(organisation=OuterRef("pk"), recorded_on__lte=on, recorded_on__gt=after)
    talks = Hearing.objects.filter(organisation=OuterRef("pk"), on__lte=on, on__gt=after)
    return Q(Exists(needs)) | Q(Exists(talks))


def heard(cluster: Cluster, on: date) -> Heard:
    """Return who was heard by the day, by kind of organisation. One query."""
    rows = (
        members(cluster, on)
        .annotate(has_spoken=was_heard(on))
        .order_by()
        .values("kind")
        .annotate(members=Count("pk"), spoke=Count("pk", filter=Q(has_spoken=True)))
        .order_by("-members", "kind")
    )
    return Heard(on, tuple(KindHeard(OrganisationKind(r["kind"]), r["members"], r["spoke"]) for r in rows))


def silent_members(cluster: Cluster, on: date, since: date | None = None) -> QuerySet[Organisation]:
    """Return the members of whom nothing is on record by the day, or since another, by kind and name."""
    return members(cluster, on).filter(~was_heard(on, since)).order_by("kind", "name", "pk")
