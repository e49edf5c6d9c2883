"""The list of needs: one filter for page, export, selection and figures, with counts for the chips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_words
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.segments import Dimension, segments
from kontor.needs.models import Need, NeedKind
from kontor.needs.queries.counted import leads_of, needs_of, without_goal

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
NOWHERE = "none"
UNKNOWN = "unknown"
# What an address calls a group of members; "kind" is the kind of need there.
SEGMENTS = {dimension: "member_kind" if dimension == "kind" else str(dimension) for dimension in Dimension}


@dataclass(frozen=True)
class NeedFilter:
    """What the list is narrowed to; every value may come from an address and is checked here.

    topic, organisation, urgency: numbers as text, "" for all. first, last: ends of the period, inclusive.
    country: "none" for needs without a target country. orphans: "1" for needs that no goal answers.
    members: "1" for needs of those who are members today. who: (dimension, group) of members of today.
    merged: "1" lists all that was said, also what is counted as another need.
    """

    q: str = ""
    kind: str = ""
    topic: str = ""
    country: str = ""
    urgency: str = ""
    source: str = ""
    organisation: str = ""
    orphans: str = ""
    members: str = ""
    who: tuple[tuple[Dimension, str], ...] = ()
    merged: str = ""
    first: date | None = None
    last: date | None = None
    sort: str = "-urgency"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> NeedFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        country = query.get("country", "")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:200],
            kind=one_of(query.get("kind", ""), NeedKind.values),
            topic=number(query.get("topic", "")),
            country=country if country == NOWHERE else _letters(country),
            urgency=one_of(query.get("urgency", ""), [str(value) for value in Need.Urgency.values]),
            source=one_of(query.get("source", ""), Need.Source.values),
            organisation=number(query.get("organisation", "")),
            orphans=one_of(query.get("orphans", ""), ["1"]),
            members=one_of(query.get("members", ""), ["1"]),
            who=groups_asked(query),
            merged=one_of(query.get("merged", ""), ["1"]),
            first=day(query.get("first", "")),
            last=day(query.get("last", "")),
            sort=query.get("sort", "") if query.get("sort", "") in SORTS else "-urgency",
        )

    @property
    def is_narrowed(self) -> bool:
        """True where anything but the order is set."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "sort")

    def base(self) -> Q:
        """Return the conditions without chips and groups of members: search, organisation, period."""
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

    def groups(self) -> dict[str, str]:
        """Return the groups of members as an address names them."""
        named = {SEGMENTS[dimension]: group or UNKNOWN for dimension, group in self.who}
        return named | ({"members": self.members} if self.members else {})

    def kept(self) -> dict[str, str]:
        """Return what a new search keeps: everything but the words and the period."""
        return self.chips() | self.groups() | ({"merged": self.merged} if self.merged else {})


def listed_needs(cluster: Cluster, chosen: NeedFilter) -> QuerySet[Need]:
    """Return the needs that the filter lets through, in its order; `orphans` is True without a goal.

    A need is there if it, or anything that is counted as it, fits.
    """
    fitting = _within(cluster, chosen)
    for facet, value in chosen.chips().items():
        fitting = fitting.filter(**{facet: _stored(facet, value)})
    needs = needs_of(cluster).annotate(orphans=without_goal())
    if chosen.merged:
        needs = needs.filter(pk__in=fitting.order_by().values("pk"))
    else:
        needs = needs.filter(merged_into=None, pk__in=leads_of(fitting))
    return needs.order_by(*SORTS[chosen.sort])


def facets(cluster: Cluster, chosen: NeedFilter) -> dict[str, dict[str, int]]:
    """Return facet → value → organisations, each facet under all other filters. One query, or two."""
    names = ("organisation_id", "kind", "topic_id", "country", "urgency", "source", "orphans")
    set_chips = chosen.chips()
    found: dict[str, dict[str, set[int]]] = {facet: defaultdict(set) for facet in FACETS}
    for row in _within(cluster, chosen).values(*names).order_by():
        values = _values(row)
        failing = [facet for facet, value in set_chips.items() if values[facet] != value]
        for facet in FACETS if not failing else failing if len(failing) == 1 else ():
            found[facet][values[facet]].add(row["organisation_id"])
    return {
        facet: {value: len(organisations) for value, organisations in values_of.items() if value}
        for facet, values_of in found.items()
    }


def groups_asked(query: Mapping[str, str]) -> tuple[tuple[Dimension, str], ...]:
    """Return the groups of members that an address names; what is no group is left out."""
    asked = ((dimension, query.get(name, "")) for dimension, name in SEGMENTS.items())
    read = ((dimension, "" if group == UNKNOWN else group) for dimension, group in asked if group)
    return tuple((dimension, group) for dimension, group in read if group in dimension.groups)


def _within(cluster: Cluster, chosen: NeedFilter) -> QuerySet[Need]:
    """Return all that was said within search, period and groups of members, with `orphans`."""
    needs = Need.objects.filter(chosen.base(), cluster=cluster).annotate(orphans=without_goal())
    today = timezone.localdate()
    if chosen.who:
        stand = segments(cluster, today).items()
        fitting = [pk for pk, each in stand if all(each.group(by) == group for by, group in chosen.who)]
        return needs.filter(organisation__in=fitting)
    return needs.filter(organisation__in=member_ids(cluster, today)) if chosen.members else needs


def _stored(facet: str, value: str) -> Any:
    if facet == "orphans":
        return value == "1"
    return "" if (facet, value) == ("country", NOWHERE) else value


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": row["kind"],
        "topic": str(row["topic_id"]),
        "country": row["country"] or NOWHERE,
        "urgency": str(row["urgency"]),
        "source": row["source"],
        "orphans": "1" if row["orphans"] else "",
    }


def one_of(value: str, known: list[str]) -> str:
    """Return the value where it is known, else ""."""
    return value if value in known else ""


def number(value: str) -> str:
    """Return a whole number as text; longer ones do not fit the database's keys."""
    return value if value.isascii() and value.isdigit() and len(value) <= 15 else ""


def day(value: str) -> date | None:
    """Return the day that an address names, or None; the year before it must be a day too."""
    try:
        found = parse_date(value)
    except ValueError:
        return None
    return found if found and found.year > date.min.year else None


def _letters(value: str) -> str:
    return value.upper() if len(value) == 2 and value.isascii() and value.isalpha() else ""
