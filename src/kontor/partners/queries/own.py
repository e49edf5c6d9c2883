"""Our own cluster beside the others: what its directory lets the program count, and what was entered."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.models import OrganisationKind, SizeClass, SizePeriod, StartUpPeriod
from kontor.actors.models.period import valid_on
from kontor.actors.queries.internationalisation import partner_countries
from kontor.actors.queries.members import member_ids, members
from kontor.partners.catalogue import fields
from kontor.partners.models import Partner
from kontor.partners.queries.facts import KnownFact, known_of
from kontor.partners.queries.partners import own_partner


def own_facts(cluster: Cluster, on: date, partner: Partner | None = None) -> dict[str, KnownFact]:
    """Return what is known of our own cluster on `on`: counted from the directory, else as entered.

    partner: its profile, where it is at hand. Without members nothing is counted.
    """
    own = partner or own_partner(cluster)
    entered = known_of([own], on).get(own.pk, {}) if own else {}
    figures = own_figures(cluster, on)
    source = _("Directory of our members")
    counted = {
        field.code: KnownFact(field, figures[field.own], source, "", on, is_stale=False)
        for field in fields().values()
        if field.own in figures
    }
    merged = entered | counted
    return {code: merged[code] for code in fields() if code in merged}


def own_figures(cluster: Cluster, on: date) -> dict[str, float]:
    """Return what the directory tells of the members on `on`, by the name that the catalogue gives it.

    SMEs are members of that kind, or companies whose size class is below large. Nothing where there is no
    member. Five queries.
    """
    found = dict(members(cluster, on).order_by().values_list("pk", "kind"))
    if not found:
        return {}
    sizes = SizePeriod.objects.filter(valid_on(on), organisation__in=member_ids(cluster, on))
    size_of = dict(sizes.order_by("pk").values_list("organisation_id", "size"))
    kinds = [_kind(kind, size_of.get(pk, "")) for pk, kind in found.items()]
    start_ups = StartUpPeriod.objects.filter(valid_on(on), organisation__in=member_ids(cluster, on))
    figures: dict[str, float] = {
        "members_total": len(kinds),
        "members_sme": kinds.count(OrganisationKind.SME),
        "members_large": kinds.count(OrganisationKind.LARGE),
        "members_research": kinds.count(OrganisationKind.RESEARCH),
        "members_university": kinds.count(OrganisationKind.UNIVERSITY),
        "members_startups": start_ups.order_by().values("organisation_id").distinct().count(),
        "countries_with_ties": len(partner_countries(cluster, on)),
    }
    near = _in_the_region(cluster, on)
    if near is not None:
        figures["concentration"] = round(100 * near / len(kinds), 1)
    return {name: float(value) for name, value in figures.items()}


def _kind(kind: str, size: str) -> str:
    """Return the kind, with companies told apart by their size class where it is known."""
    if kind == OrganisationKind.COMPANY and size:
        return OrganisationKind.LARGE if size == SizeClass.LARGE else OrganisationKind.SME
    return kind


def _in_the_region(cluster: Cluster, on: date) -> int | None:
    """Return how many members sit in the home region; None where it is not set. One query."""
    home = Q()
    for code in filter(None, cluster.regions or ()):
        home |= Q(region__startswith=code)
    if not home:
        return None
    return members(cluster, on).filter(home, country=cluster.country).count()
