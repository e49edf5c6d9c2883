"""Two headings at once: who names what by group of members, and which topic is wanted in which country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kontor.actors.queries.segments import Dimension
from kontor.needs.analysis.facets import Facet
from kontor.needs.analysis.material import Material
from kontor.needs.analysis.ranking import Ranked
from kontor.ui.components import Text


@dataclass(frozen=True, eq=False)
class Cross:
    """Organisations by row and column.

    counts: (r, c). totals: of the rows; members: by column, heard: those of them who were heard, both empty
    where columns are no groups of members. is_disjoint: an organisation stands in one column only, and the
    cells of a row add up to its total.
    """

    rows: tuple[tuple[str, Text], ...]
    columns: tuple[tuple[str, Text], ...]
    counts: NDArray[np.int64]
    totals: tuple[int, ...]
    heard: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    is_disjoint: bool = True


def across(material: Material, facet: Facet, dimension: Dimension, rows: Sequence[Ranked]) -> Cross:
    """Return how many members of each group name each of `rows`, with the base of each group."""
    pairs = {(facet.key(voice), voice.organisation) for voice in material.now.voices}
    return _by_group(material, dimension, rows, pairs, material.now.heard)


def of_expectations(material: Material, dimension: Dimension, of: str, rows: Sequence[Ranked]) -> Cross:
    """Return how many members of each group expect each of `rows`; the base is who expects anything."""
    pairs = {(each.code, each.organisation) for each in material.expected if each.of == of}
    asked = frozenset(organisation for _code, organisation in pairs)
    return _by_group(material, dimension, rows, pairs, asked)


def on_the_map(material: Material, topics: Sequence[Ranked], countries: Sequence[Ranked]) -> Cross:
    """Return how many members name each topic for each country; they may stand in several cells."""
    rows = {each.key: number for number, each in enumerate(topics)}
    columns = {each.key: number for number, each in enumerate(countries)}
    counts = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for topic, country, _organisation in {
        (str(voice.topic), voice.country, voice.organisation) for voice in material.now.voices
    }:
        if topic in rows and country in columns:
            counts[rows[topic], columns[country]] += 1
    return Cross(
        rows=tuple((each.key, each.label) for each in topics),
        columns=tuple((each.key, each.label) for each in countries),
        counts=counts,
        totals=tuple(each.organisations for each in topics),
        is_disjoint=False,
    )


def _by_group(
    material: Material,
    dimension: Dimension,
    rows: Sequence[Ranked],
    pairs: Iterable[tuple[str, int]],
    base: frozenset[int],
) -> Cross:
    groups, group_of = material.groups(dimension), material.group_of(dimension)
    numbers = {key: number for number, (key, _label) in enumerate(groups)}
    places = {each.key: number for number, each in enumerate(rows)}
    counts = np.zeros((len(rows), len(groups)), dtype=np.int64)
    for key, organisation in pairs:
        if key in places:
            counts[places[key], numbers[group_of[organisation]]] += 1
    return Cross(
        rows=tuple((each.key, each.label) for each in rows),
        columns=groups,
        counts=counts,
        totals=tuple(int(total) for total in counts.sum(axis=1)),
        heard=_sizes(base, group_of, numbers),
        members=_sizes(material.now.members, group_of, numbers),
    )


def _sizes(who: Iterable[int], group_of: dict[int, str], numbers: dict[str, int]) -> tuple[int, ...]:
    found = [0] * len(numbers)
    for organisation in who:
        found[numbers[group_of[organisation]]] += 1
    return tuple(found)
