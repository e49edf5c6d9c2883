"""The tree of competences, and who holds what on a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded, search_words
from kontor.actors.models import Competence


@dataclass(eq=False)
class Node:
    """One entry of the tree. holders: organisations with it or anything below it."""

    pk: int
    code: str
    name: LazyI18nString
    source: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)

    @property
    def holder_count(self) -> int:
        """Return how many organisations hold it or anything below it."""
        return len(self.holders)

    @property
    def is_own(self) -> bool:
        """True for an entry that this cluster added."""
        return self.source == Competence.Source.OWN

    def branch(self) -> Iterator[Node]:
        """Yield the entry and everything below it."""
        yield self
        for child in self.children:
            yield from child.branch()

    def root(self) -> Node:
        """Return the entry of the first level that this one stands below."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node


class Taxonomy:
    """All competences of a cluster as a tree; built by `taxonomy` in one query."""

    def __init__(self, nodes: dict[int, Node], parents: Mapping[int, int | None]) -> None:
        self.nodes = nodes
        for pk, parent in parents.items():
            if parent is not None:
                nodes[pk].parent = nodes[parent]
                nodes[parent].children.append(nodes[pk])
        for node in nodes.values():
            node.children.sort(key=_by_name)
        self.roots = sorted((node for node in nodes.values() if node.parent is None), key=_by_name)

    def branch_ids(self, pk: int) -> frozenset[int]:
        """Return the ids of an entry and all below it; empty where the entry does not exist."""
        node = self.nodes.get(pk)
        return frozenset(each.pk for each in node.branch()) if node else frozenset()

    def count_holders(self, held: Mapping[int, list[int]], organisations: set[int] | None = None) -> None:
        """Enter who holds what; with `organisations`, only those."""
        for organisation, competences in held.items():
            if organisations is None or organisation in organisations:
                for pk in competences:
                    self._enter(self.nodes[pk], organisation)

    @staticmethod
    def _enter(node: Node | None, organisation: int) -> None:
        while node is not None:
            node.holders.add(organisation)
            node = node.parent

    def found(self, query: str) -> list[Node]:
        """Return the entries whose name in either language holds all words of `query`."""
        words = search_words(query)
        return [node for node in self.nodes.values() if words and _holds(node, words)]

    def choices(self) -> list[tuple[int, str]]:
        """Return (id, name) in the order of the tree, indented by level."""
        return [pair for root in self.roots for pair in _indented(root, 0)]


def taxonomy(cluster: Cluster) -> Taxonomy:
    """Return the cluster's competences as a tree. One query."""
    values = Competence.objects.filter(cluster=cluster).values_list(
        "pk", "code", "name", "source", "parent_id"
    )
    nodes: dict[int, Node] = {}
    parents: dict[int, int | None] = {}
    for pk, code, name, source, parent in values:
        nodes[pk] = Node(pk, code, name, source)
        parents[pk] = parent
    return Taxonomy(nodes, parents)


def _by_name(node: Node) -> str:
    return folded(str(node.name))


def _holds(node: Node, words: list[str]) -> bool:
    key = f"{folded(node.name.localize('de'))} {folded(node.name.localize('en'))}"
    return all(word in key for word in words)


def _indented(node: Node, depth: int) -> Iterator[tuple[int, str]]:
    yield node.pk, "\u2003" * depth + str(node.name)
    for child in node.children:
        yield from _indented(child, depth + 1)
