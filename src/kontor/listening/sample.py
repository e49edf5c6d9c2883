"""The account of a draw as it is frozen with a series of interviews, and the draw made again from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kontor.actors.queries.segments import Dimension
from kontor.listening.queries.audience import Addressee
from kontor.methods.sampling import Allocation, Draw, Stratum, Unit, draw

SEPARATOR = "|"


def units_of(addressees: Iterable[Addressee], dimensions: Iterable[str]) -> list[Unit]:
    """Return the members as the method takes them: by their key, in the groups of the dimensions."""
    by = list(dimensions)
    return [
        Unit(str(each.organisation.pk), tuple(each.segment.group(dimension) for dimension in by))
        for each in addressees
    ]


def account_of(
    sample: Draw, *, size: int, allocation: str, dimensions: Iterable[str], on: date
) -> dict[str, Any]:
    """Return all that is needed to make the draw again, as plain data; keys of members, no names."""
    return {
        "seed": sample.seed,
        "size": size,
        "allocation": str(allocation),
        "dimensions": list(dimensions),
        "on": on.isoformat(),
        "strata": [
            {"groups": list(each.groups), "allotted": each.allotted, "order": list(each.order)}
            for each in sample.strata
        ],
    }


def sample_in(account: Mapping[str, Any]) -> Draw:
    """Return the sample that an account tells."""
    strata = (
        Stratum(tuple(each["groups"]), each["allotted"], tuple(each["order"])) for each in account["strata"]
    )
    return Draw(account["seed"], tuple(strata))


def drawn_again(account: Mapping[str, Any]) -> Draw:
    """Return the draw made anew from the members, the seed and the rules of the account."""
    told = sample_in(account)
    # In another order than they were drawn in: the result may not hang on it.
    units = sorted((Unit(each, stratum.groups) for stratum in told.strata for each in stratum.order), key=_id)
    return draw(units, account["size"], account["seed"], Allocation(account["allocation"]))


def code_of(groups: Iterable[str]) -> str:
    """Return the groups as an interview keeps them."""
    return SEPARATOR.join(groups)


def said(code: str, dimensions: Iterable[str]) -> str:
    """Return the groups of an interview in the reader's language: "SME · Research and education"."""
    by = [Dimension(each) for each in dimensions]
    groups = code.split(SEPARATOR) if by else []
    if len(groups) != len(by):
        return ""
    return " · ".join(_label(dimension, group) for dimension, group in zip(by, groups, strict=True))


def _label(dimension: Dimension, group: str) -> str:
    if not group:
        return f"{dimension.label}: {dimension.groups[group]}"
    return str(dimension.groups.get(group, group))


def _id(unit: Unit) -> str:
    return unit.id
