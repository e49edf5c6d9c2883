"""The organisations of a list as light rows: one query, everything that filters, sorts and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_words
from kontor.actors.models import (
    Competence,
    Membership,
    Organisation,
    OrganisationCompetence,
    Person,
    SizePeriod,
    StartUpPeriod,
)
from kontor.actors.models.period import valid_on
from kontor.actors.queries.abroad import has_tie_abroad
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.people import may_be_written_to

MEMBERS, FORMER, OTHERS, ALL = "members", "former", "others", "all"
SCOPES = (MEMBERS, FORMER, OTHERS, ALL)


class Row(NamedTuple):
    """One organisation of a list, as it was on the date asked for."""

    pk: int
    name: str
    search_key: str
    city: str
    kind: str
    country: str
    region: str
    sector: str
    value_chain: str
    founded: int | None
    website: str
    latitude: float | None
    longitude: float | None
    member_since: date | None
    size: str
    is_start_up: bool
    has_tie_abroad: bool
    has_contact: bool
    has_consent: bool


_PLAIN = Row._fields[: Row._fields.index("member_since")]
FACTS = Row._fields[len(_PLAIN) :]


def rows(
    cluster: Cluster, on: date, *, scope: str = MEMBERS, query: str = "", facts: Collection[str] = FACTS
) -> list[Row]:
    """Return the organisations of a scope that contain all words of `query`. One query.

    facts: what must be looked up beside the organisation itself; the others come empty. Ties abroad are
    most of the work.
    """
    found = in_scope(cluster, on, scope)
    for word in search_words(query):
        found = found.filter(search_key__contains=word)
    looked_up = {name: make(cluster, on) for name, make in _LOOK_UP.items() if name in facts}
    annotated = found.order_by().annotate(
        **{f"row_{name}": looked_up.get(name, empty) for name, empty in _EMPTY.items()}
    )
    fields = ("pk", *_PLAIN[1:], *(f"row_{name}" for name in FACTS))
    return [Row(*values) for values in annotated.values_list(*fields)]


def in_scope(cluster: Cluster, on: date, scope: str) -> QuerySet[Organisation]:
    """Return members on `on`, former ones, those who are neither, or all."""
    everything = Organisation.objects.filter(cluster=cluster)
    if scope == ALL:
        return everything
    current = member_ids(cluster, on)
    if scope == MEMBERS:
        return everything.filter(pk__in=current)
    before = Membership.objects.filter(cluster=cluster, valid_to__lt=on).values("organisation_id")
    if scope == FORMER:
        return everything.filter(pk__in=before).exclude(pk__in=current)
    return everything.exclude(pk__in=before).exclude(pk__in=current)


_OWN = Q(organisation=OuterRef("pk"))
_EMPTY: dict[str, Value] = {
    "member_since": Value(None, output_field=DateField()),
    "size": Value(""),
    "is_start_up": Value(False),
    "has_tie_abroad": Value(False),
    "has_contact": Value(False),
    "has_consent": Value(False),
}


def _member_since(_cluster: Cluster, on: date) -> Subquery:
    memberships = Membership.objects.filter(valid_on(on), _OWN).order_by("valid_from")
    return Subquery(memberships.values("valid_from")[:1])


def _size(_cluster: Cluster, on: date) -> Coalesce:
    sizes = SizePeriod.objects.filter(valid_on(on), _OWN).order_by("-pk")
    return Coalesce(Subquery(sizes.values("size")[:1]), Value(""))


def _is_start_up(_cluster: Cluster, on: date) -> Exists:
    return Exists(StartUpPeriod.objects.filter(valid_on(on), _OWN))


def _has_contact(_cluster: Cluster, _on: date) -> Exists:
    return Exists(Person.objects.filter(_OWN))


def _has_consent(_cluster: Cluster, _on: date) -> Exists:
    return Exists(Person.objects.filter(_OWN, may_be_written_to()))


_LOOK_UP: dict[str, Callable[[Cluster, date], Any]] = {
    "member_since": _member_since,
    "size": _size,
    "is_start_up": _is_start_up,
    "has_tie_abroad": has_tie_abroad,
    "has_contact": _has_contact,
    "has_consent": _has_consent,
}


def competences_held(cluster: Cluster, on: date) -> dict[int, list[int]]:
    """Return organisation → ids of its competences on `on`, the highest level first. One query."""
    held: dict[int, list[int]] = defaultdict(list)
    pairs = (
        OrganisationCompetence.objects.filter(valid_on(on), competence__cluster=cluster)
        .order_by("-level", "pk")
        .values_list("organisation_id", "competence_id")
    )
    for organisation, competence in pairs:
        held[organisation].append(competence)
    return held


def competence_names(cluster: Cluster, on: date, pks: Collection[int]) -> dict[int, list[str]]:
    """Return organisation → names of its competences on `on`, the highest level first. Two queries."""
    pairs = list(
        OrganisationCompetence.objects.filter(valid_on(on), organisation__in=pks)
        .order_by("-level", "pk")
        .values_list("organisation_id", "competence_id")
    )
    known = Competence.objects.filter(cluster=cluster, pk__in={pk for _organisation, pk in pairs})
    words = {pk: str(name) for pk, name in known.values_list("pk", "name")}
    names: dict[int, list[str]] = defaultdict(list)
    for organisation, competence in pairs:
        names[organisation].append(words[competence])
    return names


def scope_counts(cluster: Cluster, on: date) -> dict[str, int]:
    """Return how many organisations each scope holds. Three queries."""
    total = Organisation.objects.filter(cluster=cluster).count()
    now = in_scope(cluster, on, MEMBERS).count()
    former = in_scope(cluster, on, FORMER).count()
    return {MEMBERS: now, FORMER: former, OTHERS: total - now - former, ALL: total}
