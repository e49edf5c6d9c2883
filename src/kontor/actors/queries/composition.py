"""Who the members are on a date: counts by kind, size, region and competence."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count

from kontor.accounts.models import Cluster
from kontor.actors.models import OrganisationKind, SizeClass, SizePeriod
from kontor.actors.models.period import valid_on
from kontor.actors.queries.members import member_ids, members
from kontor.actors.queries.rows import competences_held
from kontor.actors.queries.taxonomy import Node, taxonomy
from kontor.actors.queries.ties import Scope, scope_of

ELSEWHERE, ABROAD, UNKNOWN = "elsewhere", "abroad", ""


def by_kind(cluster: Cluster, on: date) -> dict[str, int]:
    """Return kind → members, in the order of the kinds, without empty ones. One query."""
    counted = members(cluster, on).order_by().values_list("kind").annotate(n=Count("pk"))
    counts = dict(counted)
    return {kind: counts[kind] for kind in OrganisationKind.values if kind in counts}


def by_size(cluster: Cluster, on: date) -> dict[str, int]:
    """Return size class → members, smallest first, "" for those whose size is not known. Two queries."""
    total = members(cluster, on).count()
    held = SizePeriod.objects.filter(valid_on(on), organisation__in=member_ids(cluster, on)).order_by()
    counts = dict(held.values_list("size").annotate(n=Count("organisation", distinct=True)))
    found = {size: counts[size] for size in SizeClass.values if size in counts}
    unknown = total - sum(found.values())
    return found | ({UNKNOWN: unknown} if unknown > 0 else {})


def by_region(cluster: Cluster, on: date) -> list[tuple[str, int]]:
    """Return (NUTS code, members), most members first; then what lies outside the home region. One query.

    Without a home region, all of the country is told by its regions of the second level. ELSEWHERE gathers
    the rest of the country, ABROAD other countries, UNKNOWN members of the country without a region.
    """
    places = members(cluster, on).order_by().values_list("country", "region").annotate(n=Count("pk"))
    counts: Counter[str] = Counter()
    for country, region, count in places:
        counts[_region_group(cluster, country, region)] += count
    last = {ELSEWHERE: 1, ABROAD: 2, UNKNOWN: 3}
    return sorted(counts.items(), key=lambda pair: (last.get(pair[0], 0), -pair[1], pair[0]))


def _region_group(cluster: Cluster, country: str, region: str) -> str:
    if country != cluster.country:
        return ABROAD
    if not region:
        return UNKNOWN
    if not cluster.regions:
        return region[:4]
    return region if scope_of(cluster, country, region) == Scope.REGIONAL else ELSEWHERE


def by_competence(cluster: Cluster, on: date) -> list[tuple[Node, int]]:
    """Return the fields of the first level with how many members hold anything in them. Three queries."""
    tree = taxonomy(cluster)
    tree.count_holders(competences_held(cluster, on), set(member_ids(cluster, on)))
    found = [(root, root.holder_count) for root in tree.roots if root.holder_count]
    return sorted(found, key=lambda pair: -pair[1])
