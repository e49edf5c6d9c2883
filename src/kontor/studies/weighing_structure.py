"""What is weighed against what: all criteria at once where they are few, else families first.

With many criteria nobody can compare each with each. Then the families are weighed against each other and the
criteria within each family; a criterion's weight is the product of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kontor.studies.queries.named import NamedCriterion

# So many criteria can still be held in mind beside each other.
FLAT_UP_TO = 10
TOP = "_"


@dataclass(frozen=True)
class Item:
    """One thing to weigh. key: a criterion's code, or a family's short name. note: what it means."""

    key: str
    name: str
    note: str = ""
    worst: str = ""
    best: str = ""


@dataclass(frozen=True)
class Group:
    """Things weighed against each other. key: TOP, or the family within which they stand."""

    key: str
    title: str
    items: tuple[Item, ...]

    @property
    def is_top(self) -> bool:
        """True for the families, or for all criteria where there is one level only."""
        return self.key == TOP


@dataclass(frozen=True)
class Structure:
    """All groups, the top one first. families: family → codes of its criteria, in order."""

    groups: tuple[Group, ...]
    families: Mapping[str, tuple[str, ...]]
    is_nested: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """Return all criteria in order."""
        return tuple(code for codes in self.families.values() for code in codes)

    def product(self, shares: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Return code → weight from the shares within each group; alone in a family, it takes all of it."""
        if not self.is_nested:
            return dict(shares[TOP])
        return {
            code: shares[TOP][family] * (shares[family][code] if len(codes) > 1 else 1.0)
            for family, codes in self.families.items()
            for code in codes
        }


def structure_of(criteria: Iterable[NamedCriterion]) -> Structure:
    """Return how the criteria of a study are weighed."""
    found: dict[str, list[NamedCriterion]] = {}
    for each in criteria:
        found.setdefault(each.family, []).append(each)
    families = {family: tuple(each.code for each in group) for family, group in found.items()}
    number = sum(len(group) for group in found.values())
    if number <= FLAT_UP_TO or len(found) < 2:
        everything = tuple(_item(each) for group in found.values() for each in group)
        return Structure((Group(TOP, "", everything),), families, is_nested=False)
    top = Group(TOP, "", tuple(_family(family, group) for family, group in found.items()))
    below = tuple(
        Group(family, group[0].family_name, tuple(_item(each) for each in group))
        for family, group in found.items()
        if len(group) > 1
    )
    return Structure((top, *below), families, is_nested=True)


def _family(family: str, group: list[NamedCriterion]) -> Item:
    return Item(family, group[0].family_name, ", ".join(each.name for each in group))


def _item(criterion: NamedCriterion) -> Item:
    anchors = dict(criterion.anchors)
    low, high = anchors.get("1", ""), anchors.get("5", "")
    is_benefit = criterion.row.is_benefit
    return Item(
        criterion.code,
        criterion.name,
        criterion.meaning,
        worst=low if is_benefit else high,
        best=high if is_benefit else low,
    )
