"""The state of the membership in a few numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q

from kontor.accounts.models import Cluster
from kontor.actors.models import JointProject, Organisation, Participation, Tie
from kontor.actors.queries.abroad import begun_by, is_foreign
from kontor.actors.queries.directory import missing_of
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.rows import Row, competences_held, rows


@dataclass(frozen=True)
class Overview:
    """The members on a date.

    missing: what is not known ("region", "contact", …) → number of members that lack it.
    """

    on: date
    members: int
    with_tie_abroad: int
    with_contact: int
    with_consent: int
    partner_countries: int
    others: int
    projects: int
    by_kind: tuple[tuple[str, int], ...]
    missing: Counter[str]


@dataclass(frozen=True)
class Coverage:
    """How much is known of the members on a date. missing: as in `Overview`."""

    members: int
    with_consent: int
    missing: Counter[str]


def coverage(cluster: Cluster, on: date) -> Coverage:
    """Return what the checklist asks of the directory; ties, the costly part, are left out. Two queries."""
    found = rows(cluster, on, facts=("size", "has_contact", "has_consent"))
    missing = _missing(found, competences_held(cluster, on))
    return Coverage(len(found), sum(row.has_consent for row in found), missing)


def _missing(found: list[Row], held: dict[int, list[int]]) -> Counter[str]:
    missing: Counter[str] = Counter()
    for row in found:
        missing.update(missing_of(row, held))
    return missing


def overview(cluster: Cluster, on: date) -> Overview:
    """Return the numbers of the overview page. Five queries."""
    found, held = rows(cluster, on), competences_held(cluster, on)
    missing = _missing(found, held)
    return Overview(
        on=on,
        members=len(found),
        with_tie_abroad=sum(row.has_tie_abroad for row in found),
        with_contact=sum(row.has_contact for row in found),
        with_consent=sum(row.has_consent for row in found),
        partner_countries=_partner_countries(cluster, on),
        others=Organisation.objects.filter(cluster=cluster).count() - len(found),
        projects=JointProject.objects.filter(cluster=cluster).count(),
        by_kind=tuple(Counter(row.kind for row in found).most_common()),
        missing=missing,
    )


def _partner_countries(cluster: Cluster, on: date) -> int:
    """Count the foreign countries that members have a tie or joint project with, begun by `on`.

    Asks once for each country, through any organisation there, and stops at the first tie found.
    """
    own = member_ids(cluster, on)
    there = Q(organisation__country=OuterRef("country"), organisation__cluster=cluster)
    beside = Participation.objects.filter(project=OuterRef("project"), organisation__in=own)
    begun = begun_by(on, "start", "project__")
    joint = Participation.objects.filter(
        there, begun, Exists(beside.exclude(organisation=OuterRef("organisation")))
    )
    inward = Tie.objects.filter(there, begun_by(on), cluster=cluster, partner__in=own)
    outward = Tie.objects.filter(
        begun_by(on), cluster=cluster, partner__country=OuterRef("country"), organisation__in=own
    )
    foreign = Organisation.objects.filter(is_foreign(cluster), cluster=cluster).order_by()
    one_of_each = foreign.values("country").annotate(first=Min("pk")).values("first")
    tied = Q(Exists(joint)) | Q(Exists(outward)) | Q(Exists(inward))
    return foreign.filter(tied, pk__in=one_of_each).count()
