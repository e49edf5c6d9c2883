"""Criteria as a page shows them: families with counts, everything said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.criteria.checking import settled
from kontor.criteria.frozen import FrozenCriterion
from kontor.criteria.models import Criterion
from kontor.criteria.reference import Family, criteria_by_code, families
from kontor.criteria.services.loading import reference_values
from kontor.criteria.sources import source_name
from kontor.criteria.texts import LANGUAGES, said, texts_of
from kontor.criteria.wording import direction_text, ends_text, knock_out_text, scale_text
from kontor.ui.components import Text

J = TypeVar("J", Criterion, FrozenCriterion)
_MISSING: dict[str, Text] = {"de": _("German is missing"), "en": _("English is missing")}


@dataclass(frozen=True)
class Said(Generic[J]):
    """A criterion with what it says in words of the reader's language."""

    criterion: J

    @property
    def scale(self) -> str:
        """Say in what it is judged."""
        return scale_text(self.criterion)

    @property
    def ends(self) -> str:
        """Say from where to where the scale runs."""
        return ends_text(self.criterion)

    @property
    def direction(self) -> str:
        """Say which direction is the good one."""
        return direction_text(self.criterion)

    @property
    def source(self) -> str:
        """Say what the program fills it from, "" for nothing."""
        return source_name(self.criterion.source) if self.criterion.source else ""

    @property
    def knock_out(self) -> str:
        """Say when a candidate is out, "" where it never is."""
        return knock_out_text(self.criterion)

    @property
    def anchors(self) -> list[tuple[str, LazyI18nString]]:
        """Return points with what they mean, the fewest first."""
        return [(point, said(text)) for point, text in sorted(self.criterion.anchors.items())]

    @property
    def missing(self) -> tuple[Text, ...]:
        """Say which language is missing where the other one is there."""
        names = ("name", "meaning", "evidence", "unit")
        texts: list[Any] = [getattr(self.criterion, name) for name in names]
        spoken = [set(texts_of(text)) for text in (*texts, *self.criterion.anchors.values())]
        return tuple(
            _MISSING[code] for code in LANGUAGES if any(there and code not in there for there in spoken)
        )


@dataclass(frozen=True)
class ShownFamily(Generic[J]):
    """A family with those of its criteria that are shown."""

    code: str
    name: LazyI18nString
    description: LazyI18nString
    criteria: tuple[Said[J], ...]

    @property
    def filled(self) -> int:
        """Count those that the program fills."""
        return sum(bool(each.criterion.source) for each in self.criteria)

    @property
    def knock_outs(self) -> int:
        """Count those by which a candidate can be out."""
        return sum(bool(each.knock_out) for each in self.criteria)

    @property
    def off(self) -> int:
        """Count those that are switched off."""
        return sum(not getattr(each.criterion, "is_active", True) for each in self.criteria)


def by_family(criteria: Iterable[J], purpose: str) -> tuple[ShownFamily[J], ...]:
    """Return the families that have criteria, in the order of the criteria."""
    known = {family.code: family for family in families(purpose)}
    grouped: dict[str, list[J]] = {}
    for criterion in criteria:
        grouped.setdefault(criterion.family, []).append(criterion)
    return tuple(_family(code, members, known) for code, members in grouped.items())


def is_edited(criterion: Criterion, purpose: str) -> bool:
    """True where a criterion of the guide no longer says what the guide's does."""
    found = criteria_by_code(purpose).get(criterion.reference_code)
    if found is None:
        return False
    stored = settled(reference_values(found))
    return any(_plain(getattr(criterion, name)) != _plain(value) for name, value in stored.items())


def _family(code: str, members: Sequence[J], known: Mapping[str, Family]) -> ShownFamily[J]:
    family = known.get(code)
    name = getattr(members[0], "family_name", None) or (family.name if family else said({"en": code}))
    description = family.description if family else said({})
    return ShownFamily(code, name, description, tuple(Said(each) for each in members))


def _plain(value: object) -> object:
    return texts_of(value) if isinstance(value, LazyI18nString) else value
