"""How international the members are: counted in SQL, for members on a date and ties begun by it.

"Foreign" is an organisation in another country than the cluster's. It may itself be a member; nobody is
counted as one's own partner.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import OrganisationKind, Participation, Tie
from kontor.actors.queries.abroad import begun_by, has_tie_abroad, is_foreign
from kontor.actors.queries.members import member_ids, members

TOP = 10


@dataclass(frozen=True)
class Share:
    """How many of how many; current: of the hits, those that still hold on the date (None: not asked)."""

    kind: str
    total: int
    hits: int
    current: int | None = None


@dataclass(frozen=True)
class PartnerCountry:
    """What ties the members to a country. in_projects: participations, projects, organisations."""

    code: str
    in_projects: tuple[int, int, int]
    ties: int

    @property
    def participations(self) -> int:
        """Return how often somebody from there took part beside a member."""
        return self.in_projects[0]


@dataclass(frozen=True)
class PartnerOrganisation:
    """A foreign organisation, with the projects together with members and the members met there."""

    pk: int
    name: str
    country: str
    projects: int
    members: int


def degree(cluster: Cluster, on: date) -> list[Share]:
    """Return, by kind and for all (kind ""), how many members have a tie abroad. One query."""
    flags = (
        members(cluster, on)
        .order_by()
        .annotate(tied=has_tie_abroad(cluster, on), still=has_tie_abroad(cluster, on, only_current=True))
    )
    totals: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    current: Counter[str] = Counter()
    for kind, tied, still in flags.values_list("kind", "tied", "still"):
        for key in (kind, ""):
            totals[key] += 1
            hits[key] += tied
            current[key] += still
    return [Share(key, totals[key], hits[key], current[key]) for key in _kinds(totals)]


def foreign_projects(cluster: Cluster, on: date) -> list[Share]:
    """Return, by kind of the member and for all (kind ""), how many projects had foreign partners.

    A project with members of several kinds counts once for each kind, and once in all. Two queries.
    """
    abroad = is_foreign(cluster, "organisation__")
    has_foreign_partner = ~abroad & Q(project__in=_projects(cluster, abroad))
    # A member that is foreign itself needs a second one: nobody is one's own partner.
    has_foreign_partner |= abroad & Q(project__in=_projects(cluster, abroad, at_least=2))
    own = Participation.objects.filter(
        begun_by(on, "start", "project__"), cluster=cluster, organisation__in=member_ids(cluster, on)
    ).order_by()
    counts = {
        "projects": Count("project", distinct=True),
        "foreign": Count("project", distinct=True, filter=has_foreign_partner),
    }
    rows = own.values("organisation__kind").annotate(**counts)
    named = rows.values_list("organisation__kind", *counts)
    found = {kind: Share(kind, total, hits) for kind, total, hits in named}
    everything = own.aggregate(**counts)
    if found:
        found[""] = Share("", everything["projects"], everything["foreign"])
    return [found[key] for key in _kinds(found)]


def _projects(cluster: Cluster, who: Q, *, at_least: int = 1) -> QuerySet[Participation, int]:
    """Return the ids of the projects in which `at_least` so many of `who` took part, as a subquery."""
    rows = Participation.objects.filter(who, cluster=cluster).order_by()
    if at_least == 1:
        return rows.values_list("project_id", flat=True)
    counted = rows.values("project_id").annotate(n=Count("pk")).filter(n__gte=at_least)
    return counted.values_list("project_id", flat=True)


def _kinds(present: Counter[str] | dict[str, Share]) -> list[str]:
    return [key for key in (*OrganisationKind.values, "") if key in present]


def foreign_participations(cluster: Cluster, on: date) -> QuerySet[Participation]:
    """Return the participations of foreign organisations beside a member, in projects begun by `on`."""
    is_member = Q(organisation__in=member_ids(cluster, on))
    beside = ~is_member & Q(project__in=_projects(cluster, is_member))
    # A foreign organisation that is a member itself needs a second member beside it.
    beside |= is_member & Q(project__in=_projects(cluster, is_member, at_least=2))
    begun = begun_by(on, "start", "project__")
    abroad = is_foreign(cluster, "organisation__")
    return Participation.objects.filter(begun, abroad, beside, cluster=cluster).order_by()


def partner_countries(cluster: Cluster, on: date) -> list[PartnerCountry]:
    """Return the partner countries, most participations first, then most ties. Three queries."""
    grouped = (
        foreign_participations(cluster, on)
        .values("organisation__country")
        .annotate(
            participations=Count("pk"),
            projects=Count("project", distinct=True),
            organisations=Count("organisation", distinct=True),
        )
    )
    names = ("organisation__country", "participations", "projects", "organisations")
    by_project = {row[0]: row[1:] for row in grouped.values_list(*names)}
    ties = _tie_countries(cluster, on)
    found = [
        PartnerCountry(code, by_project.get(code, (0, 0, 0)), ties[code]) for code in {*by_project, *ties}
    ]
    return sorted(found, key=lambda each: (-each.participations, -each.ties, each.code))


def _tie_countries(cluster: Cluster, on: date) -> Counter[str]:
    own, begun = member_ids(cluster, on), Tie.objects.filter(begun_by(on), cluster=cluster).order_by()
    counts: Counter[str] = Counter()
    for near, far in (("organisation", "partner"), ("partner", "organisation")):
        ties = begun.filter(is_foreign(cluster, f"{far}__"), **{f"{near}__in": own})
        counts.update(dict(ties.values_list(f"{far}__country").annotate(n=Count("pk"))))
    return counts


def countries_by_year(cluster: Cluster, on: date) -> dict[int, Counter[str]]:
    """Return year → country → participations, up to the year of `on`. One query.

    A project counts in every year in which it ran; without a known end, only in its first; without a known
    start, not at all.
    """
    grouped = (
        foreign_participations(cluster, on)
        .filter(project__start__isnull=False)
        .values(
            first=ExtractYear("project__start"),
            last=ExtractYear("project__end"),
            country=F("organisation__country"),
        )
        .annotate(n=Count("pk"))
    )
    years: dict[int, Counter[str]] = {}
    for first, last, country, count in grouped.values_list("first", "last", "country", "n"):
        for year in range(first, min(last or first, on.year) + 1):
            years.setdefault(year, Counter())[country] += count
    return dict(sorted(years.items()))


def top_foreign_organisations(cluster: Cluster, on: date) -> list[PartnerOrganisation]:
    """Return the ten foreign organisations most tied to the members. Three queries.

    Most joint projects first, then most members met in them, then by name.
    """
    place = ("organisation_id", "organisation__name", "organisation__country")
    grouped = (
        foreign_participations(cluster, on).values(*place).annotate(projects=Count("project", distinct=True))
    )
    tenth = grouped.order_by("-projects").values_list("projects", flat=True)[TOP - 1 : TOP]
    least = next(iter(tenth), 1)
    rows: list[tuple[int, str, str, int]] = list(
        grouped.filter(projects__gte=least).values_list(*place, "projects")
    )
    met = _members_met(cluster, on, [row[0] for row in rows])
    found = [
        PartnerOrganisation(pk, name, country, count, met.get(pk, 0)) for pk, name, country, count in rows
    ]
    found.sort(key=lambda each: (-each.projects, -each.members, folded(each.name), each.pk))
    return found[:TOP]


def _members_met(cluster: Cluster, on: date, pks: list[int]) -> dict[int, int]:
    """Return organisation → distinct members in its projects, itself not counted."""
    own = member_ids(cluster, on)
    beside = "project__participations__organisation"
    is_met = Q(**{f"{beside}__in": own}) & ~Q(organisation=F(beside))
    rows = Participation.objects.filter(begun_by(on, "start", "project__"), organisation__in=pks).order_by()
    counted = rows.values("organisation_id").annotate(met=Count(beside, distinct=True, filter=is_met))
    return dict(counted.values_list("organisation_id", "met"))
