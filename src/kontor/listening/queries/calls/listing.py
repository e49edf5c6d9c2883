"""The call list: one filter for page and export, with counts for the chips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from kontor.actors.folding import search_words
from kontor.actors.models import OrganisationKind
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.queries.calls.waiting import has_number

FACETS = ("state", "outcome", "kind", "numberless")
_LATEST = F("called_at").desc(nulls_last=True)
SORTS: dict[str, tuple[Any, ...]] = {
    "place": ("place", "pk"),
    "-place": ("-place", "-pk"),
    "organisation": ("organisation__name", "pk"),
    "-organisation": ("-organisation__name", "pk"),
    "calls": ("attempts", "place", "pk"),
    "-calls": ("-attempts", "place", "pk"),
    "back": (F("call_back_at").asc(nulls_last=True), "place", "pk"),
    "-back": (F("call_back_at").desc(nulls_last=True), "place", "pk"),
    "called": (F("called_at").asc(nulls_last=True), "place", "pk"),
    "-called": (_LATEST, "place", "pk"),
}


@dataclass(frozen=True)
class TargetFilter:
    """What the list is narrowed to; every value may come from an address and is checked here."""

    q: str = ""
    state: str = ""
    outcome: str = ""
    kind: str = ""
    numberless: str = ""
    sort: str = "place"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> TargetFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        sort = query.get("sort", "")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:200],
            state=_one_of(query.get("state", ""), CallTarget.State.values),
            outcome=_one_of(query.get("outcome", ""), CallTarget.Outcome.values),
            kind=_one_of(query.get("kind", ""), OrganisationKind.values),
            numberless=_one_of(query.get("numberless", ""), ["1"]),
            sort=sort if sort in SORTS else "place",
        )

    @property
    def is_narrowed(self) -> bool:
        """True where anything but the order is set."""
        return bool(self.q or self.chips())

    def chips(self) -> dict[str, str]:
        """Return the chips that are set: facet → value."""
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}

    def base(self) -> Q:
        """Return the search as a condition."""
        found = Q()
        for word in search_words(self.q):
            found &= Q(organisation__search_key__contains=word)
        return found


def listed_targets(campaign: CallCampaign, chosen: TargetFilter) -> QuerySet[CallTarget]:
    """Return the members that the filter lets through, in its order; `numberless` has no number to call."""
    calls = CallAttempt.objects.filter(target=OuterRef("pk")).order_by("-at", "-pk")
    rows = (
        campaign.targets.filter(chosen.base())
        .annotate(
            numberless=~has_number(),
            called_at=Subquery(calls.values("at")[:1]),
            called_by_name=Subquery(calls.values("caller__name")[:1]),
        )
        .select_related("organisation", "person", "reserved_by")
    )
    for facet, value in chosen.chips().items():
        field = "organisation__kind" if facet == "kind" else facet
        rows = rows.filter(**{field: value == "1" if facet == "numberless" else value})
    return rows.order_by(*SORTS[chosen.sort])


def facets(campaign: CallCampaign, chosen: TargetFilter) -> dict[str, dict[str, int]]:
    """Return facet → value → members, each facet under all other filters. One query."""
    rows = (
        campaign.targets.filter(chosen.base())
        .annotate(numberless=~has_number())
        .values("state", "outcome", "organisation__kind", "numberless")
        .order_by()
    )
    found: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in FACETS}
    chips = chosen.chips()
    for row in rows:
        values = {
            "state": row["state"],
            "outcome": row["outcome"],
            "kind": row["organisation__kind"],
            "numberless": "1" if row["numberless"] else "",
        }
        failing = [facet for facet, value in chips.items() if values[facet] != value]
        for facet in FACETS if not failing else failing if len(failing) == 1 else ():
            if values[facet]:
                found[facet][values[facet]] += 1
    return {facet: dict(counts) for facet, counts in found.items()}


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""
