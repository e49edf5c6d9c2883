"""Gather what an analysis is made of, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.segments import Dimension, segments
from kontor.needs.analysis import Expected, Material, Side, Voice
from kontor.needs.models import Expectation, Hearing, Need, NeedTopic
from kontor.needs.queries.counted import GIVEN_UP, lead

Who = tuple[Dimension, str]
# An organisation, how it was heard, and when.
Occasion = tuple[int, str, date]


@dataclass(frozen=True)
class Scope:
    """What an analysis looks at. who: a group of members, or None for all; source: "" for all.

    first, last: the period in which something was said, None for open; a year earlier both move along.
    """

    on: date
    who: Who | None = None
    source: str = ""
    first: date | None = None
    last: date | None = None

    def year_before(self) -> Scope:
        """Return the same one year earlier."""
        year = relativedelta(years=1)
        first, last = (day - year if day else None for day in (self.first, self.last))
        return Scope(self.on - year, self.who, self.source, first, last)

    def holds(self, source: str, on: date) -> bool:
        """True where something said by this source on this day is looked at."""
        end = min(self.last, self.on) if self.last else self.on
        return (not self.source or source == self.source) and (self.first or date.min) <= on <= end


def gather(cluster: Cluster, scope: Scope) -> Material:
    """Return the material of an analysis. Seven queries."""
    stand = segments(cluster, scope.on)
    voices, occasions = _voices(cluster), _occasions(cluster)
    earlier = scope.year_before()
    then = (
        segments(cluster, earlier.on) if scope.who else dict.fromkeys(member_ids(cluster, earlier.on), None)
    )
    now = _side(scope, stand, voices, occasions)
    expected, names = _expected(cluster, scope, now.members)
    return Material(
        now=now,
        before=_side(earlier, then, voices, occasions),
        segments=stand,
        topics={topic.pk: str(topic) for topic in NeedTopic.objects.filter(cluster=cluster)},
        answered=_answered(cluster),
        expected=expected,
        expectations=names,
    )


def _side(
    scope: Scope, stand: Mapping[int, Any], voices: Iterable[Voice], occasions: Iterable[Occasion]
) -> Side:
    who = scope.who
    members = frozenset(pk for pk, each in stand.items() if who is None or each.group(who[0]) == who[1])
    said = tuple(
        voice for voice in voices if voice.organisation in members and scope.holds(voice.source, voice.on)
    )
    heard = {pk for pk, source, on in occasions if pk in members and scope.holds(source, on)}
    return Side(scope.on, members, frozenset(heard) | {voice.organisation for voice in said}, said)


def _voices(cluster: Cluster) -> list[Voice]:
    rows = Need.objects.filter(cluster=cluster).order_by().annotate(counted_as=lead())
    names = (
        "organisation_id",
        "topic_id",
        "kind",
        "country",
        "urgency",
        "source",
        "recorded_on",
        "counted_as",
    )
    return [Voice(*row) for row in rows.values_list(*names)]


def _occasions(cluster: Cluster) -> list[Occasion]:
    rows = Hearing.objects.filter(cluster=cluster).order_by()
    return list(rows.values_list("organisation_id", "source", "on"))


def _answered(cluster: Cluster) -> frozenset[int]:
    links: Any = Need._meta.get_field("links").related_model
    rows = links.objects.filter(goal__cluster=cluster).exclude(goal__state=GIVEN_UP)
    return frozenset(rows.annotate(counted_as=lead("need__")).values_list("counted_as", flat=True))


def _expected(
    cluster: Cluster, scope: Scope, members: frozenset[int]
) -> tuple[tuple[Expected, ...], dict[str, str]]:
    """Return what members expect, and what each expectation is called; the latest wording counts."""
    found, names = [], {}
    for row in Expectation.objects.filter(cluster=cluster).order_by("on", "pk"):
        if row.organisation_id in members and scope.holds(row.source, row.on):
            found.append(Expected(row.organisation_id, row.of, row.code))
            names[row.code] = str(row.label)
    return tuple(found), names
