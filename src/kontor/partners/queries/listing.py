"""The list of partner clusters: one filter for page, export and selection, with counts for the chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded, search_words
from kontor.partners.catalogue import fields
from kontor.partners.models import Fact, Stage
from kontor.partners.queries.facts import is_fresh_on
from kontor.partners.queries.partners import partners_of

FACETS = ("stage", "country", "label", "state")
STALE, THIN, FRESH = "stale", "thin", "fresh"
# Below this share of fields known, a profile says too little to compare.
THIN_BELOW = 0.25
_STAGES = {stage: number for number, stage in enumerate(Stage.values)}


@dataclass(frozen=True)
class PartnerFilter:
    """What the list is narrowed to; every value may come from an address and is checked by the view."""

    q: str = ""
    chosen: Mapping[str, frozenset[str]] | None = None
    sort: str = "name"

    @property
    def is_narrowed(self) -> bool:
        """True where anything but the order is set."""
        return bool(self.q or self.chosen)


@dataclass(frozen=True)
class PartnerRow:
    """One partner cluster of a list. known, stale: fields known and, of these, out of date."""

    pk: int
    name: str
    short_name: str
    country: str
    region: str
    city: str
    website: str
    languages: tuple[str, ...]
    stage: str
    stage_at: date
    search_key: str
    known: int
    stale: int
    label: str
    members: float | None

    @property
    def share_known(self) -> float:
        """Return the share of the catalogue's fields that are known."""
        return self.known / len(fields())


@dataclass(frozen=True)
class Listing:
    """What the list answers. counts: facet → value → how many with all other facets applied."""

    rows: list[PartnerRow]
    counts: dict[str, Counter[str]]
    total: int


def listing(cluster: Cluster, wanted: PartnerFilter, on: date) -> Listing:
    """Return the rows that fit, in order, with the counts of every facet. Two queries, for any number."""
    found = rows(cluster, on, wanted.q)
    chosen = wanted.chosen or {}
    failed = [[key for key, values in chosen.items() if values.isdisjoint(VALUES[key](row))] for row in found]
    fitting = [row for row, keys in zip(found, failed, strict=True) if not keys]
    counts: dict[str, Counter[str]] = {}
    for key, values_of in VALUES.items():
        near = [row for row, keys in zip(found, failed, strict=True) if keys in ([], [key])]
        counts[key] = Counter(value for row in near for value in values_of(row))
    return Listing(ordered(fitting, wanted.sort), counts, len(found))


def rows(cluster: Cluster, on: date, query: str = "") -> list[PartnerRow]:
    """Return all partner clusters whose search key holds the words. Two queries."""
    found = partners_of(cluster).order_by()
    for word in search_words(query):
        found = found.filter(search_key__contains=word)
    of_catalogue = Q(facts__field__in=list(fields()), facts__as_of__lte=on)
    found = found.annotate(
        known=Count("facts__field", distinct=True, filter=of_catalogue),
        fresh=Count("facts__field", distinct=True, filter=is_fresh_on(on, "facts__")),
    )
    plain = ("pk", "name", "short_name", "country", "region", "city", "website", "languages", "stage")
    columns = (*plain, "stage_at", "search_key", "known", "fresh")
    said = _said(cluster, on)
    return [_row(values, said.get(values["pk"], {})) for values in found.values(*columns)]


def ordered(found: Iterable[PartnerRow], sort: str) -> list[PartnerRow]:
    """Return the rows in order; what is not known comes last either way."""
    result = sorted(found, key=lambda row: (row.search_key, row.pk))
    key, is_down = sort.lstrip("-"), sort.startswith("-")
    if key in SORTS and (key != "name" or is_down):
        result.sort(key=SORTS[key], reverse=is_down)
    if key in ("members", "label"):
        result.sort(key=lambda row: getattr(row, key) in (None, ""))
    return result


def _row(values: dict[str, Any], said: dict[str, Any]) -> PartnerRow:
    fresh = values.pop("fresh")
    return PartnerRow(
        **values | {"languages": tuple(values["languages"] or ())},
        stale=values["known"] - fresh,
        label=said.get("label", ""),
        members=said.get("members_total"),
    )


def _said(cluster: Cluster, on: date) -> dict[int, dict[str, Any]]:
    """Return partner → its label and number of members on `on`. One query."""
    found: dict[int, dict[str, Any]] = {}
    wanted = Fact.objects.filter(cluster=cluster, field__in=("label", "members_total"), as_of__lte=on)
    for partner, field, number, choices in wanted.order_by("as_of", "pk").values_list(
        "partner_id", "field", "number", "choices"
    ):
        value = number if field == "members_total" else next(iter(choices or ()), "")
        found.setdefault(partner, {})[field] = value
    return found


def states_of(row: PartnerRow) -> tuple[str, ...]:
    """Return what is to say of how well a partner cluster is known."""
    states = [STALE] if row.stale else []
    states += [THIN] if row.share_known < THIN_BELOW else []
    return tuple(states) or (FRESH,)


VALUES: dict[str, Callable[[PartnerRow], tuple[str, ...]]] = {
    "stage": lambda row: (row.stage,),
    "country": lambda row: (row.country,),
    "label": lambda row: (row.label,) if row.label else (),
    "state": states_of,
}
_LABELS = {"": -1, "none": 0, "bronze": 1, "silver": 2, "gold": 3}
SORTS: dict[str, Callable[[PartnerRow], Any]] = {
    "name": lambda row: row.search_key,
    "country": lambda row: (row.country, row.search_key),
    "city": lambda row: folded(f"{row.city} {row.region}"),
    "stage": lambda row: _STAGES[row.stage],
    "stage_at": lambda row: row.stage_at,
    "members": lambda row: row.members or 0,
    "label": lambda row: _LABELS.get(row.label, 0),
    "known": lambda row: row.known,
    "stale": lambda row: row.stale,
}
