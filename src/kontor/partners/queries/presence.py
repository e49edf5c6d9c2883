"""Where members stand already: their ties to a country, and their branches there."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kontor.accounts.models import Cluster
from kontor.actors.models import Participation, Site, Tie
from kontor.actors.models.period import valid_on
from kontor.actors.queries.abroad import begun_by
from kontor.actors.queries.members import member_ids


def members_tied(cluster: Cluster, country: str, on: date) -> frozenset[int]:
    """Return the members of the day with a joint project or tie to an organisation there, begun by `on`.

    Nobody is tied to itself. Three queries.
    """
    own = frozenset(member_ids(cluster, on))
    there = Participation.objects.filter(
        begun_by(on, "start", "project__"), cluster=cluster, organisation__country=country
    )
    partners_in: dict[int, set[int]] = {}
    for project, organisation in there.values_list("project_id", "organisation_id"):
        partners_in.setdefault(project, set()).add(organisation)
    mine = Participation.objects.filter(cluster=cluster, project__in=list(partners_in), organisation__in=own)
    found = {
        member
        for project, member in mine.values_list("project_id", "organisation_id")
        if partners_in[project] - {member}
    }
    ends = Q(organisation__country=country) | Q(partner__country=country)
    ties = Tie.objects.filter(begun_by(on), ends, cluster=cluster)
    columns = ("organisation_id", "organisation__country", "partner_id", "partner__country")
    for near, near_country, far, far_country in ties.values_list(*columns):
        found |= {near} if near in own and far_country == country else set()
        found |= {far} if far in own and near_country == country else set()
    return frozenset(found)


def sites_in(cluster: Cluster, country: str, on: date) -> int:
    """Return how many branches the members of the day have there on `on`. One query."""
    sites = Site.objects.filter(valid_on(on), country=country, organisation__in=member_ids(cluster, on))
    return sites.count()
