"""The directory: filter, count and sort the rows of a scope in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import SizeClass, ValueChain
from kontor.actors.queries.rows import MEMBERS, Row, competence_names, competences_held, rows
from kontor.actors.queries.sectors import section_of
from kontor.actors.queries.taxonomy import Taxonomy, taxonomy

YES, NO = "yes", "no"
_SIZES = {size: number for number, size in enumerate(SizeClass.values, start=1)}
_PLACES = {place: number for number, place in enumerate(ValueChain.values, start=1)}


@dataclass(frozen=True)
class Filters:
    """What is asked of the directory.

    chosen:     facet key → values; within a facet any value suffices, between facets all must hold.
    hidden:     facets that this reader may neither use nor see.
    columns:    keys of the columns to be shown.
    is_counted: count what every facet's values would find; without it only the chosen ones are looked up.
    """

    on: date
    scope: str = MEMBERS
    query: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    sort: str = "name"
    columns: frozenset[str] = frozenset()
    is_counted: bool = True


@dataclass(frozen=True)
class Listing:
    """What the directory answers.

    counts: facet key → value → how many with all other facets applied.
    names:  organisation → names of its competences, for the rows that are shown; see `name_competences`.
    """

    rows: list[Row]
    counts: dict[str, Counter[str]]
    tree: Taxonomy
    names: dict[int, list[str]] = field(default_factory=dict)


def name_competences(cluster: Cluster, on: date, listing: Listing, shown: Iterable[Row]) -> None:
    """Enter the names of competences of the rows that are shown. Two queries."""
    listing.names.update(competence_names(cluster, on, [row.pk for row in shown]))


Values = Callable[[Row], Iterable[str]]


# What a facet or column needs beside the organisation itself.
_FACTS_OF = {
    "size": ("size",),
    "since": ("member_since",),
    "start_up": ("is_start_up",),
    "abroad": ("has_tie_abroad",),
    "missing": ("size", "has_contact", "has_consent"),
}
_BY_COMPETENCE = frozenset({"competence", "missing"})


def directory(cluster: Cluster, filters: Filters) -> Listing:
    """Return the matching rows in order, with the counts of every facet. Three queries at most."""
    asked = {*filters.chosen, *filters.columns, filters.sort.lstrip("-")} - filters.hidden
    if filters.is_counted:
        asked |= {*_FACTS_OF, *_BY_COMPETENCE} - filters.hidden
    facts = {fact for key in asked for fact in _FACTS_OF.get(key, ())}
    found = rows(cluster, filters.on, scope=filters.scope, query=filters.query, facts=facts)
    held = competences_held(cluster, filters.on) if asked & _BY_COMPETENCE else {}
    tree = taxonomy(cluster) if asked & _BY_COMPETENCE else Taxonomy({}, {})
    facets = {key: values for key, values in _facets(held, tree).items() if key not in filters.hidden}
    matching, counts = _matched(found, facets, filters)
    return Listing(_sorted(matching, filters), counts, tree)


def _matched(
    found: list[Row], facets: Mapping[str, Values], filters: Filters
) -> tuple[list[Row], dict[str, Counter[str]]]:
    chosen = {key: wanted for key, wanted in filters.chosen.items() if key in facets}
    failed = [[key for key, wanted in chosen.items() if wanted.isdisjoint(facets[key](row))] for row in found]
    matching = [row for row, keys in zip(found, failed, strict=True) if not keys]
    counts: dict[str, Counter[str]] = {}
    for key, values_of in facets.items() if filters.is_counted else ():
        # A facet counts what would be found with another value of its own: all other facets applied.
        near = [row for row, keys in zip(found, failed, strict=True) if keys == [key]]
        counts[key] = Counter(chain.from_iterable(map(values_of, chain(matching, near))))
    return matching, counts


def _facets(held: Mapping[int, list[int]], tree: Taxonomy) -> dict[str, Values]:
    above = {pk: _with_parents(tree, pk) for pk in tree.nodes}
    return {
        "kind": lambda row: (row.kind,),
        "country": lambda row: (row.country,),
        "region": lambda row: (row.region,) if row.region else (),
        "section": lambda row: (section,) if (section := section_of(row.sector)) else (),
        "value_chain": lambda row: (row.value_chain,) if row.value_chain else (),
        "competence": lambda row: {each for pk in held.get(row.pk, ()) for each in above[pk]},
        "size": lambda row: (row.size,) if row.size else (),
        "start_up": lambda row: (YES if row.is_start_up else NO,),
        "abroad": lambda row: (YES if row.has_tie_abroad else NO,),
        "missing": lambda row: missing_of(row, held),
    }


def _with_parents(tree: Taxonomy, pk: int) -> tuple[str, ...]:
    node, found = tree.nodes[pk], [str(pk)]
    while node.parent is not None:
        node = node.parent
        found.append(str(node.pk))
    return tuple(found)


def missing_of(row: Row, held: Mapping[int, list[int]]) -> list[str]:
    """Return what is not known of an organisation yet."""
    gaps = {
        "region": not row.region,
        "contact": not row.has_contact,
        "consent": row.has_contact and not row.has_consent,
        "size": not row.size,
        "value_chain": not row.value_chain,
        "competence": row.pk not in held,
        "place": row.latitude is None or row.longitude is None,
    }
    return [key for key, is_missing in gaps.items() if is_missing]


SORTS: dict[str, Callable[[Row], object]] = {
    "name": lambda row: row.search_key,
    "city": lambda row: folded(row.city),
    "kind": lambda row: row.kind,
    "country": lambda row: row.country,
    "region": lambda row: row.region,
    "sector": lambda row: row.sector,
    "value_chain": lambda row: _PLACES.get(row.value_chain, 0),
    "size": lambda row: _SIZES.get(row.size, 0),
    "founded": lambda row: row.founded or 0,
    "since": lambda row: row.member_since or date.min,
    "abroad": lambda row: row.has_tie_abroad,
}
_SORT_HIDDEN_BY = {"size": "size", "abroad": "abroad"}


def _sorted(found: list[Row], filters: Filters) -> list[Row]:
    key = filters.sort.lstrip("-")
    if key not in SORTS or _SORT_HIDDEN_BY.get(key) in filters.hidden:
        key = "name"
    found.sort(key=lambda row: (row.search_key, row.pk))
    if key != "name" or filters.sort.startswith("-"):
        found.sort(key=SORTS[key], reverse=filters.sort.startswith("-"))  # type: ignore[arg-type]
    return found
