"""Whom the members know abroad, by country: from ties, joint projects and the list of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Organisation, OrganisationKind, Participation, Tie
from kontor.actors.queries.abroad import begun_by, is_foreign
from kontor.actors.queries.internationalisation import foreign_participations
from kontor.actors.queries.members import member_ids
from kontor.needs.analysis import Ranked

# From so many known organisations on, a country that nobody asks for is worth a question.
MANY_CONTACTS = 5
# Bodies that speak for many: clusters register as associations.
BODIES = (OrganisationKind.ASSOCIATION, OrganisationKind.PUBLIC)


@dataclass
class Contact:
    """An organisation abroad. members: who of today knows it; projects: joint ones; ties: others."""

    pk: int
    name: str
    country: str
    kind: str
    members: set[int] = field(default_factory=set)
    projects: set[int] = field(default_factory=set)
    ties: int = 0

    @property
    def is_body(self) -> bool:
        """True for associations, clusters and public bodies."""
        return self.kind in BODIES

    @property
    def weight(self) -> tuple[int, int, str]:
        """Return the order: known by most members, then most projects and ties, then by name."""
        return (-len(self.members), -len(self.projects) - self.ties, folded(self.name))


@dataclass(frozen=True)
class Place:
    """A country: how much it is wanted (None: nobody asks for it), and whom the members know there."""

    country: str
    wanted: Ranked | None
    contacts: tuple[Contact, ...]

    @property
    def tied(self) -> tuple[Contact, ...]:
        """Return the organisations that a member has worked with."""
        return tuple(each for each in self.contacts if each.members)

    @property
    def bodies(self) -> tuple[Contact, ...]:
        """Return the associations, clusters and public bodies."""
        return tuple(each for each in self.contacts if each.is_body)

    @property
    def members(self) -> frozenset[int]:
        """Return the members who know somebody there."""
        return frozenset().union(*(each.members for each in self.contacts))

    @property
    def is_white_spot(self) -> bool:
        """True where the country is wanted and no member knows anybody."""
        return self.wanted is not None and not self.tied


def places(cluster: Cluster, on: date, wanted: Sequence[Ranked]) -> tuple[Place, ...]:
    """Return the countries wanted, in their order, then those with many contacts that nobody asks for.

    Four queries.
    """
    by_country: dict[str, list[Contact]] = defaultdict(list)
    for contact in _contacts(cluster, on):
        by_country[contact.country].append(contact)
    asked = [
        Place(row.key, row, _ordered(by_country.get(row.key, ())))
        for row in wanted
        if row.key != cluster.country
    ]
    known = {row.key for row in wanted}
    others = (
        Place(country, None, _ordered(found)) for country, found in by_country.items() if country not in known
    )
    unasked = [place for place in others if len(place.tied) >= MANY_CONTACTS]
    unasked.sort(key=lambda place: (-len(place.tied), place.country))
    return (*asked, *unasked)


def _ordered(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(sorted(contacts, key=lambda each: each.weight))


def _contacts(cluster: Cluster, on: date) -> list[Contact]:
    """Return everybody abroad who is tied to a member, and the bodies that are merely known."""
    own = frozenset(member_ids(cluster, on))
    found: dict[int, Contact] = {}
    _from_ties(cluster, on, own, found)
    _from_projects(cluster, on, own, found)
    bodies = Organisation.objects.filter(is_foreign(cluster), cluster=cluster, kind__in=BODIES)
    for row in bodies.exclude(pk__in=own).values_list("pk", "name", "country", "kind"):
        found.setdefault(row[0], Contact(*row))
    return list(found.values())


def _from_ties(cluster: Cluster, on: date, own: frozenset[int], found: dict[int, Contact]) -> None:
    ends = ("organisation", "partner")
    columns = [f"{end}__{name}" for end in ends for name in ("pk", "name", "country", "kind")]
    rows = Tie.objects.filter(begun_by(on), cluster=cluster).order_by().values_list(*columns)
    for row in rows:
        for near, far in ((row[:4], row[4:]), (row[4:], row[:4])):
            if near[0] in own and far[0] != near[0] and far[2] not in ("", cluster.country):
                contact = found.setdefault(far[0], Contact(*far))
                contact.members.add(near[0])
                contact.ties += 1


def _from_projects(cluster: Cluster, on: date, own: frozenset[int], found: dict[int, Contact]) -> None:
    rows = Participation.objects.filter(cluster=cluster, organisation__in=member_ids(cluster, on)).order_by()
    members_in: dict[int, set[int]] = defaultdict(set)
    for project, member in rows.values_list("project_id", "organisation_id"):
        members_in[project].add(member)
    columns = (
        "project_id",
        "organisation_id",
        *(f"organisation__{name}" for name in ("name", "country", "kind")),
    )
    for project, *facts in foreign_participations(cluster, on).values_list(*columns):
        contact = found.setdefault(facts[0], Contact(*facts))
        contact.members |= members_in[project] - {contact.pk}
        contact.projects.add(project)
