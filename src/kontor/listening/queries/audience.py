"""Whom to ask: members of chosen segments, those who were not heard first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.actors.queries.members import members
from kontor.actors.queries.segments import Dimension, Segment, segments
from kontor.needs.queries import was_heard

ONLY_SILENT = "only_silent"


@dataclass(frozen=True)
class Addressee:
    """A member to ask."""

    organisation: Organisation
    segment: Segment
    was_heard: bool


def audience(cluster: Cluster, chosen: Mapping[str, Any], on: date) -> list[Addressee]:
    """Return the members of the chosen segments on the day, silent ones first, then by name. Two queries.

    chosen: dimension → groups that are meant ("kind": ["sme", "large"]); a dimension that is absent or empty
    leaves nobody out. "only_silent": true leaves those out who were heard.
    """
    held = segments(cluster, on)
    rows = members(cluster, on).annotate(has_spoken=was_heard(on)).order_by("has_spoken", "name", "pk")
    found = [Addressee(row, held[row.pk], bool(row.has_spoken)) for row in rows if row.pk in held]
    return [each for each in found if is_meant(each, chosen)]


def is_meant(addressee: Addressee, chosen: Mapping[str, Any]) -> bool:
    """True where the member stands in one of the chosen groups of every dimension."""
    if chosen.get(ONLY_SILENT) and addressee.was_heard:
        return False
    return all(
        not chosen.get(dimension) or addressee.segment.group(dimension) in chosen[dimension]
        for dimension in Dimension
    )


def chosen_in(query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the choice that a form makes: dimension → values that exist; what makes no sense is left out."""
    chosen: dict[str, Any] = {}
    for dimension in Dimension:
        values = [each for each in query.get(dimension, ()) if each in dimension.groups]
        if values:
            chosen[str(dimension)] = values
    if query.get(ONLY_SILENT):
        chosen[ONLY_SILENT] = True
    return chosen
