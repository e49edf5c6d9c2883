"""All figures of one analysis, as one reader may see them; page and files are written from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kontor.actors.queries.segments import Dimension
from kontor.needs.analysis.cross import across, of_expectations, on_the_map
from kontor.needs.analysis.facets import Facet
from kontor.needs.analysis.guarding import Row, Seen, seen_cross, seen_rows, without_small
from kontor.needs.analysis.material import Material
from kontor.needs.analysis.ranking import Ranked, ranked, ranked_expectations
from kontor.needs.analysis.sentence import leading_sentence

MOST_TOPICS, MOST_COUNTRIES = 15, 8


@dataclass(frozen=True, eq=False)
class Expectations:
    """What is expected of the management, or of the cluster: ranked, and by group of members."""

    of: str
    rows: tuple[Row, ...]
    groups: Seen
    base: int


@dataclass(frozen=True, eq=False)
class Picture:
    """The figures. rows: under the heading asked for; groups: these by group; heat: topics by country.

    open_topics: topics of which no goal answers anything, the most voiced first.
    """

    material: Material
    sentence: str
    rows: tuple[Row, ...]
    groups: Seen
    heat: Seen
    management: Expectations
    cluster: Expectations
    open_topics: tuple[Row, ...]


def picture_of(material: Material, what: Facet, by: Dimension, *, sees_all: bool) -> Picture:
    """Return the figures under one heading and for one grouping of members."""
    topics, countries = ranked(material, Facet.TOPIC), ranked(material, Facet.COUNTRY)
    rows = topics if what is Facet.TOPIC else ranked(material, what)
    heat = on_the_map(material, topics[:MOST_TOPICS], countries[:MOST_COUNTRIES])
    told: tuple[Sequence[Ranked], ...] = (topics, countries)
    if not sees_all:
        told = tuple(without_small(each) for each in told)
    return Picture(
        material=material,
        sentence=leading_sentence(*told),
        rows=seen_rows(rows, sees_all=sees_all),
        groups=seen_cross(across(material, what, by, rows), sees_all=sees_all),
        heat=seen_cross(heat, sees_all=sees_all),
        management=_expectations(material, "management", by, sees_all=sees_all),
        cluster=_expectations(material, "cluster", by, sees_all=sees_all),
        open_topics=seen_rows([row for row in topics if row.is_loose], sees_all=sees_all),
    )


def _expectations(material: Material, of: str, by: Dimension, *, sees_all: bool) -> Expectations:
    rows = ranked_expectations(material, of)
    groups = seen_cross(of_expectations(material, by, of, rows), sees_all=sees_all)
    return Expectations(of, seen_rows(rows, sees_all=sees_all), groups, rows[0].base if rows else 0)
