"""How many members name a kind, a topic, a country; each organisation counts once per row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import members
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.needs.queries.counted import lead
from kontor.ui.components import Text


@dataclass(frozen=True)
class Voices:
    """How many members speak for something, and in how many needs.

    key: value for the list's filter. label: as people read it ("" for countries: the page knows their names).
    """

    key: str
    label: Text
    organisations: int
    needs: int


def voices_by_kind(cluster: Cluster, on: date) -> tuple[Voices, ...]:
    """Return the kinds of need that members name, the most named first. One query."""
    rows = _counted(cluster, on, "kind")
    return _ranked(Voices(r["kind"], NeedKind(r["kind"]).label, r["organisations"], r["needs"]) for r in rows)


def voices_by_topic(cluster: Cluster, on: date) -> tuple[Voices, ...]:
    """Return the topics that members name, the most named first. Two queries."""
    names = NeedTopic.objects.filter(cluster=cluster).in_bulk()
    rows = _counted(cluster, on, "topic")
    return _ranked(
        Voices(str(r["topic"]), str(names[r["topic"]]), r["organisations"], r["needs"]) for r in rows
    )


def voices_by_country(cluster: Cluster, on: date) -> tuple[Voices, ...]:
    """Return the target countries that members name, the most named first. One query."""
    rows = _counted(cluster, on, "country").exclude(country="")
    return _ranked(Voices(r["country"], "", r["organisations"], r["needs"]) for r in rows)


def _counted(cluster: Cluster, on: date, field: str) -> Any:
    """Return one row per value of `field`, among needs of members of the day recorded by then."""
    return (
        Need.objects.filter(cluster=cluster, recorded_on__lte=on, organisation__in=members(cluster, on))
        .order_by()
        .values(field)
        .annotate(organisations=Count("organisation", distinct=True), needs=Count(lead(), distinct=True))
    )


def _ranked(voices: Iterable[Voices]) -> tuple[Voices, ...]:
    return tuple(sorted(voices, key=lambda each: (-each.organisations, -each.needs, each.key)))
