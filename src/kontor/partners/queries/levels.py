"""Levels of competence: of every member, of our cluster as a whole and of partner clusters, on one scale.

A competence stands in a tree. Whoever holds something below an entry holds the entry; and whoever names
only the entry itself ("photonics: 4") is taken at that word for everything below it, because nothing finer is
known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import fmean

from kontor.accounts.models import Cluster
from kontor.actors.models import OrganisationCompetence
from kontor.actors.models.period import valid_on
from kontor.actors.queries.members import members
from kontor.actors.queries.taxonomy import Node, Taxonomy, taxonomy
from kontor.partners.models import PartnerCompetence

# Competence → level 1 to 5, as entered, or the mean of several.
Held = Mapping[int, float]


class LevelProfile:
    """The levels of one member, cluster or partner cluster, at every entry of the tree."""

    def __init__(self, tree: Taxonomy, held: Held) -> None:
        self.tree = tree
        self.held = {pk: level for pk, level in held.items() if pk in tree.nodes}
        self.fields = frozenset(tree.nodes[pk].root().pk for pk in self.held)
        self._best: dict[int, float] = {}
        for pk, level in self.held.items():
            for node in (tree.nodes[pk], *above(tree.nodes[pk])):
                self._best[node.pk] = max(level, self._best.get(node.pk, 0))

    def at(self, axis: int) -> float:
        """Return the level at one entry: the best at or below it, else what is claimed for one above it."""
        if axis in self._best:
            return self._best[axis]
        return next((self.held[node.pk] for node in above(self.tree.nodes[axis]) if node.pk in self.held), 0)

    def works_in_field_of(self, axis: int) -> bool:
        """True where anything is held in the field of the first level that the entry belongs to."""
        return self.tree.nodes[axis].root().pk in self.fields


@dataclass
class OwnLevels:
    """What the members can do on a day. members: member → profile; names: member → name."""

    tree: Taxonomy
    members: Mapping[int, LevelProfile]
    names: Mapping[int, str]

    @cached_property
    def usual(self) -> LevelProfile:
        """Return our cluster as a whole: of each competence the mean level of the members who hold it.

        Not the best: among a hundred members one leads in nearly everything, and nobody would be missed.
        """
        found: dict[int, list[float]] = defaultdict(list)
        for profile in self.members.values():
            for competence, level in profile.held.items():
                found[competence].append(level)
        return LevelProfile(self.tree, {pk: round(fmean(levels), 1) for pk, levels in found.items()})


def own_levels(cluster: Cluster, on: date) -> OwnLevels:
    """Return the competences of the members of the day. Three queries."""
    names = dict(members(cluster, on).values_list("pk", "name"))
    rows = OrganisationCompetence.objects.filter(valid_on(on), competence__cluster=cluster)
    held: dict[int, dict[int, int]] = defaultdict(dict)
    columns = ("organisation_id", "competence_id", "level")
    for organisation, competence, level in rows.order_by("level", "pk").values_list(*columns):
        if organisation in names:
            held[organisation][competence] = level
    tree = taxonomy(cluster)
    return OwnLevels(tree, {pk: LevelProfile(tree, levels) for pk, levels in held.items()}, names)


def partner_levels(keys: Iterable[int], on: date) -> dict[int, dict[int, int]]:
    """Return partner cluster → competence → level, as known by `on`. One query."""
    held: dict[int, dict[int, int]] = defaultdict(dict)
    rows = PartnerCompetence.objects.filter(partner__in=list(keys), as_of__lte=on).order_by("pk")
    for partner, competence, level in rows.values_list("partner_id", "competence_id", "level"):
        held[partner][competence] = level
    return held


def axes(first: LevelProfile, second: LevelProfile) -> list[int]:
    """Return the entries on which two profiles are compared, in the order of the tree.

    Those that `first` holds, and, of the fields in which it works, those of `second` that lie in none of
    their branches, above or below.
    """
    tree = first.tree
    covered = {each.pk for pk in first.held for each in tree.nodes[pk].branch()}
    covered |= {node.pk for pk in first.held for node in above(tree.nodes[pk])}
    wanted = set(first.held)
    wanted |= {pk for pk in second.held if pk not in covered and first.works_in_field_of(pk)}
    return [node.pk for root in tree.roots for node in root.branch() if node.pk in wanted]


def finest(profile: LevelProfile) -> list[int]:
    """Return the entries of the lowest level in the fields in which a profile holds anything."""
    roots = (root for root in profile.tree.roots if root.pk in profile.fields)
    return [node.pk for root in roots for node in root.branch() if not node.children]


def above(node: Node) -> list[Node]:
    """Return what stands above an entry, the nearest first."""
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found
