"""Criteria of a study as people read them: the frozen texts beside what the study has set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kontor.criteria.queries import FrozenCriterion
from kontor.studies.models import Study, StudyCriterion


@dataclass(frozen=True)
class NamedCriterion:
    """A criterion of a study with its texts in the reader's language."""

    row: StudyCriterion

    @cached_property
    def frozen(self) -> FrozenCriterion:
        """Return the criterion as it was copied from the catalogue."""
        return FrozenCriterion.from_dict(self.row.content)

    @property
    def pk(self) -> int:
        """Return the key of the study's criterion."""
        return self.row.pk

    @property
    def code(self) -> str:
        """Return the short name that stays the same in all studies."""
        return self.row.code

    @property
    def name(self) -> str:
        """Return what it is called."""
        return str(self.frozen.name)

    @property
    def meaning(self) -> str:
        """Return what is meant."""
        return str(self.frozen.meaning)

    @property
    def unit(self) -> str:
        """Return the unit of its scale, "" where it has none."""
        return str(self.frozen.unit)

    @property
    def family(self) -> str:
        """Return the short name of its family."""
        return self.frozen.family

    @property
    def family_name(self) -> str:
        """Return what its family is called."""
        return str(self.frozen.family_name) or self.frozen.family

    @property
    def scale(self) -> str:
        """Return the kind of its scale: points, percent, number or yes_no."""
        return self.frozen.scale

    @property
    def anchors(self) -> list[tuple[str, str]]:
        """Return what the points of its scale mean, in order."""
        return [(point, str(text)) for point, text in sorted(self.frozen.anchors.items())]


def criteria_named(study: Study) -> list[NamedCriterion]:
    """Return the criteria of a study in order. One query."""
    return [NamedCriterion(each) for each in study.criteria.all()]


def by_family(criteria: Iterable[NamedCriterion]) -> list[tuple[str, list[NamedCriterion]]]:
    """Return (name of a family, its criteria) in the order of the study."""
    found: dict[str, list[NamedCriterion]] = {}
    for each in criteria:
        found.setdefault(each.family, []).append(each)
    return [(group[0].family_name, group) for group in found.values()]


def names_by_code(criteria: Iterable[NamedCriterion]) -> Mapping[str, str]:
    """Return code → name."""
    return {each.code: each.name for each in criteria}
