"""The list of needs: one filter for page, export and selection, with counts for the chips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_words
from kontor.needs.models import Need, NeedKind
from kontor.needs.queries.single import needs_of, without_goal

SORTS = {
    "organisation": ("organisation__name", "pk"),
    "-organisation": ("-organisation__name", "pk"),
    "country": ("country", "pk"),
    "-country": ("-country", "pk"),
    "urgency": ("urgency", "-recorded_on", "pk"),
    "-urgency": ("-urgency", "-recorded_on", "pk"),
    "recorded": ("recorded_on", "pk"),
    "-recorded": ("-recorded_on", "pk"),
}
FACETS = ("kind", "topic", "country", "urgency", "source", "orphans")


@dataclass(frozen=True)
class NeedFilter:
    """What the list is narrowed to; every value may come from an address and is checked here.

    topic, organisation, urgency: numbers as text, "" for all. first, last: ends of the period, inclusive.
    orphans: "1" for needs that no goal answers.
    """

    q: str = ""
    kind: str = ""
    topic: str = ""
    country: str = ""
    urgency: str = ""
    source: str = ""
    organisation: str = ""
    orphans: str = ""
    first: date | None = None
    last: date | None = None
    sort: str = "-urgency"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> NeedFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:200],
            kind=_one_of(query.get("kind", ""), NeedKind.values),
            topic=_number(query.get("topic", "")),
            country=_letters(query.get("country", "")),
            urgency=_one_of(query.get("urgency", ""), [str(value) for value in Need.Urgency.values]),
            source=_one_of(query.get("source", ""), Need.Source.values),
            organisation=_number(query.get("organisation", "")),
            orphans=_one_of(query.get("orphans", ""), ["1"]),
            first=_day(query.get("first", "")),
            last=_day(query.get("last", "")),
            sort=query.get("sort", "") if query.get("sort", "") in SORTS else "-urgency",
        )

    @property
    def is_narrowed(self) -> bool:
        """True where anything but the order is set."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "sort")

    def base(self) -> Q:
        """Return the conditions without chips: search, organisation, period."""
        condition = Q()
        if self.q:
            words = search_words(self.q)
            by_name = Q(*(Q(organisation__search_key__contains=word) for word in words)) if words else Q()
            condition &= Q(statement__icontains=self.q) | by_name
        if self.organisation:
            condition &= Q(organisation=int(self.organisation))
        if self.first:
            condition &= Q(recorded_on__gte=self.first)
        if self.last:
            condition &= Q(recorded_on__lte=self.last)
        return condition

    def chips(self) -> dict[str, str]:
        """Return the chips that are set: facet → value."""
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}


def listed_needs(cluster: Cluster, chosen: NeedFilter) -> QuerySet[Need]:
    """Return the needs that the filter lets through, in its order; `orphans` is True without a goal."""
    needs = needs_of(cluster).annotate(orphans=without_goal()).filter(chosen.base())
    for facet, value in chosen.chips().items():
        needs = needs.filter(**{facet: value == "1" if facet == "orphans" else value})
    return needs.order_by(*SORTS[chosen.sort])


def facets(cluster: Cluster, chosen: NeedFilter) -> dict[str, dict[str, int]]:
    """Return facet → value → organisations, each facet under all other filters. One query."""
    rows = (
        Need.objects.filter(chosen.base(), cluster=cluster)
        .annotate(orphans=without_goal())
        .values("organisation_id", "kind", "topic_id", "country", "urgency", "source", "orphans")
        .order_by()
    )
    set_chips = chosen.chips()
    found: dict[str, dict[str, set[int]]] = {facet: defaultdict(set) for facet in FACETS}
    for row in rows:
        values = _values(row)
        failing = [facet for facet, value in set_chips.items() if values[facet] != value]
        for facet in FACETS if not failing else failing if len(failing) == 1 else ():
            found[facet][values[facet]].add(row["organisation_id"])
    return {
        facet: {value: len(organisations) for value, organisations in values_of.items() if value}
        for facet, values_of in found.items()
    }


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": row["kind"],
        "topic": str(row["topic_id"]),
        "country": row["country"],
        "urgency": str(row["urgency"]),
        "source": row["source"],
        "orphans": "1" if row["orphans"] else "",
    }


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


def _number(value: str) -> str:
    # Longer numbers do not fit the database's keys.
    return value if value.isascii() and value.isdigit() and len(value) <= 15 else ""


def _letters(value: str) -> str:
    return value.upper() if len(value) == 2 and value.isascii() and value.isalpha() else ""


def _day(value: str) -> date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None
