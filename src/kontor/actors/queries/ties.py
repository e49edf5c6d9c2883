"""Whom an organisation works with, told apart into regional, national and international."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Organisation, Participation, Tie, TieKind
from kontor.ui.components import Text


class Scope(StrEnum):
    """How far away a partner is, seen from the cluster."""

    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"

    @property
    def label(self) -> Text:
        """Say the scope in the reader's language."""
        return _SCOPE_LABELS[self.value]


_SCOPE_LABELS: dict[str, Text] = {
    "regional": _("Regional"),
    "national": _("National"),
    "international": _("International"),
}


def scope_of(cluster: Cluster, country: str, region: str) -> Scope:
    """Tell how far a place is: within the home region by NUTS prefix, in the home country, or abroad.

    A partner in the home country without a known region counts as national.
    """
    if country != cluster.country:
        return Scope.INTERNATIONAL
    is_home = any(region.startswith(prefix) for prefix in cluster.regions if prefix)
    return Scope.REGIONAL if region and is_home else Scope.NATIONAL


def overlapping(first: date | None, last: date | None, begin: str, end: str) -> Q:
    """Return the condition "true on a day between `first` and `last`"; None leaves that side open."""
    condition = Q()
    if last is not None:
        condition &= Q(**{f"{begin}__isnull": True}) | Q(**{f"{begin}__lte": last})
    if first is not None:
        condition &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": first})
    return condition


@dataclass
class Partner:
    """Somebody the organisation is tied to. projects: joint ones; kinds: of the ties outside projects."""

    pk: int
    name: str
    country: str
    scope: Scope
    projects: int = 0
    kinds: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Circle:
    """The partners of one scope, most joint projects first. countries: code → number of partners."""

    scope: Scope
    partners: tuple[Partner, ...]
    countries: tuple[tuple[str, int], ...]


def circles(
    cluster: Cluster, organisation: Organisation, *, first: date | None, last: date | None
) -> tuple[Circle, ...]:
    """Return the partners by scope, of all that was true between `first` and `last`. Two queries."""
    partners: dict[int, Partner] = {}
    for values in _project_partners(organisation, first, last):
        pk, name, country, region, projects = values
        partners[pk] = Partner(pk, name, country, scope_of(cluster, country, region), projects)
    for pk, name, country, region, kind in _tie_partners(organisation, first, last):
        fresh = Partner(pk, name, country, scope_of(cluster, country, region))
        partners.setdefault(pk, fresh).kinds.append(TieKind(kind).label)
    return tuple(_circle(scope, partners) for scope in Scope)


def _circle(scope: Scope, partners: dict[int, Partner]) -> Circle:
    own = [each for each in partners.values() if each.scope == scope]
    own.sort(key=lambda each: (-each.projects, -len(each.kinds), folded(each.name)))
    countries = Counter(each.country for each in own)
    ranked = sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))
    return Circle(scope, tuple(own), tuple(ranked))


def _project_partners(
    organisation: Organisation, first: date | None, last: date | None
) -> list[tuple[int, str, str, str, int]]:
    period = overlapping(first, last, "project__start", "project__end")
    own = Participation.objects.filter(period, organisation=organisation).values("project_id")
    place = ("organisation__name", "organisation__country", "organisation__region")
    others = Participation.objects.filter(project__in=own).exclude(organisation=organisation)
    grouped = others.order_by().values("organisation_id", *place).annotate(projects=Count("pk"))
    return list(grouped.values_list("organisation_id", *place, "projects"))


def _tie_partners(
    organisation: Organisation, first: date | None, last: date | None
) -> list[tuple[int, str, str, str, str]]:
    either = Q(organisation=organisation) | Q(partner=organisation)
    period = overlapping(first, last, "valid_from", "valid_to")
    ties = Tie.objects.filter(either, period).select_related("organisation", "partner")
    found = []
    for tie in ties:
        other = tie.partner if tie.organisation_id == organisation.pk else tie.organisation
        found.append((other.pk, other.name, other.country, other.region, tie.kind))
    return found
