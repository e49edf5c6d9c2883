"""In which groups of members an organisation stands on a date, for surveys, samples and analyses alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import (
    Organisation,
    OrganisationKind,
    SizeClass,
    SizePeriod,
    StartUpPeriod,
    ValueChain,
)
from kontor.actors.models.period import valid_on
from kontor.actors.queries.abroad import has_tie_abroad
from kontor.actors.queries.members import members
from kontor.ui.components import Text

UNKNOWN = ""
YOUNG_YEARS, MIDDLE_YEARS = 10, 25


class Dimension(StrEnum):
    """By what members can be grouped."""

    KIND = "kind"
    SIZE = "size"
    START_UP = "start_up"
    AGE = "age"
    VALUE_CHAIN = "value_chain"
    DEGREE = "degree"

    @property
    def label(self) -> Text:
        """Say it in the reader's language."""
        return _LABELS[self.value]

    @property
    def groups(self) -> Mapping[str, Text]:
        """Return group → label in reading order, "not known" last."""
        return _GROUPS[self.value]


@dataclass(frozen=True)
class Segment:
    """The groups of one organisation on a date; "" where something is not known.

    age:    "young" up to 10 years · "middle" up to 25 · "old".
    degree: "none" no tie abroad yet · "past" had one · "active" has one today.
    """

    kind: str
    size: str
    start_up: str
    age: str
    value_chain: str
    degree: str

    def group(self, dimension: Dimension | str) -> str:
        """Return the group in one dimension."""
        return str(getattr(self, str(dimension)))


_LABELS: dict[str, Text] = {
    "kind": _("Kind of organisation"),
    "size": _("Size class"),
    "start_up": _("Start-up"),
    "age": _("Age"),
    "value_chain": _("Place in the value chain"),
    "degree": _("Degree of internationalisation"),
}
_NOT_KNOWN: dict[str, Text] = {UNKNOWN: _("not known")}
_GROUPS: dict[str, dict[str, Text]] = {
    "kind": dict(OrganisationKind.choices),
    "size": dict(SizeClass.choices) | _NOT_KNOWN,
    "start_up": {"yes": _("Start-up"), "no": _("No start-up")},
    "age": {
        "young": _("Up to 10 years"),
        "middle": _("11 to 25 years"),
        "old": _("More than 25 years"),
    }
    | _NOT_KNOWN,
    "value_chain": dict(ValueChain.choices) | _NOT_KNOWN,
    "degree": {
        "none": _("No ties abroad yet"),
        "past": _("Had ties abroad"),
        "active": _("Has ties abroad"),
    },
}


def segments(cluster: Cluster, on: date, *, only_members: bool = True) -> dict[int, Segment]:
    """Return organisation → its groups on the day, for the members of the day or for all. One query."""
    found = members(cluster, on) if only_members else Organisation.objects.filter(cluster=cluster)
    sizes = SizePeriod.objects.filter(valid_on(on), organisation=OuterRef("pk")).order_by(
        "-valid_from", "-pk"
    )
    start_ups = StartUpPeriod.objects.filter(valid_on(on), organisation=OuterRef("pk"))
    rows = (
        found.order_by()
        .annotate(
            size_now=Subquery(sizes.values("size")[:1]),
            is_start_up=Exists(start_ups),
            tied=has_tie_abroad(cluster, on),
            still=has_tie_abroad(cluster, on, only_current=True),
        )
        .values_list("pk", "kind", "size_now", "is_start_up", "founded", "value_chain", "tied", "still")
    )
    return {
        pk: Segment(
            kind=kind,
            size=size or UNKNOWN,
            start_up="yes" if is_start_up else "no",
            age=_age(founded, on),
            value_chain=value_chain,
            degree="active" if still else "past" if tied else "none",
        )
        for pk, kind, size, is_start_up, founded, value_chain, tied, still in rows
    }


def _age(founded: int | None, on: date) -> str:
    if founded is None:
        return UNKNOWN
    years = on.year - founded
    return "young" if years <= YOUNG_YEARS else "middle" if years <= MIDDLE_YEARS else "old"
