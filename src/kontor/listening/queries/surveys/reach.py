"""Whom a survey would reach: members of the chosen groups and their contacts who may be written to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kontor.accounts.models import Cluster
from kontor.actors.models import Person
from kontor.actors.queries.people import may_be_written_to
from kontor.actors.queries.segments import Dimension, Segment
from kontor.listening.models import Survey
from kontor.listening.queries.audience import ONLY_SILENT, Addressee, audience
from kontor.ui.components import Text


@dataclass(frozen=True)
class Choice:
    """A group that can be ticked, with the number of members in it."""

    group: str
    label: Text
    members: int
    is_chosen: bool


@dataclass(frozen=True)
class Reach:
    """Who would be asked. members: organisations that are meant; reachable: those with a contact who agreed.

    mails: invitations that would go out. languages: language → mails in it.
    """

    members: int
    reachable: int
    mails: int
    languages: Mapping[str, int]

    @property
    def without(self) -> int:
        """Return the members who can be heard by telephone only."""
        return self.members - self.reachable


def reach(cluster: Cluster, chosen: Mapping[str, Any], on: date, *, one_per: str) -> Reach:
    """Return whom the choice reaches on the day. Three queries."""
    meant = audience(cluster, chosen, on)
    people = _people(meant, contacts(cluster), one_per)
    return Reach(
        members=len(meant),
        reachable=len({person.organisation_id for person, _segment in people}),
        mails=len(people),
        languages=dict(sorted(Counter(person.language for person, _segment in people).items())),
    )


def choices(cluster: Cluster, chosen: Mapping[str, Any], on: date) -> list[tuple[Dimension, list[Choice]]]:
    """Return the groups of every dimension that hold members, with how many. Two queries.

    The counts are those of all members, whatever else is ticked, so that a number keeps its meaning.
    """
    everybody = audience(cluster, {}, on)
    found = []
    for dimension in Dimension:
        counted = Counter(each.segment.group(dimension) for each in everybody)
        ticked = chosen.get(dimension, ())
        groups = [
            Choice(group, label, counted[group], group in ticked)
            for group, label in dimension.groups.items()
            if counted[group] or group in ticked
        ]
        found.append((dimension, groups))
    return found


def chosen_people(
    cluster: Cluster, chosen: Mapping[str, Any], on: date, *, one_per: str
) -> list[tuple[Person, Segment]]:
    """Return whom to invite, each address once: one contact of each member, or all. Three queries."""
    return _people(audience(cluster, chosen, on), contacts(cluster), one_per)


def contacts(cluster: Cluster) -> dict[int, list[Person]]:
    """Return organisation → contacts who may be written to, the first on record first. One query."""
    found: dict[int, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(may_be_written_to(), cluster=cluster).order_by("pk"):
        found[person.organisation_id].append(person)
    return found


def unreachable(survey: Survey, on: date, invited: Collection[int]) -> list[Addressee]:
    """Return the members meant by the survey who are not invited. Two queries."""
    chosen = {key: value for key, value in survey.chosen.items() if key != ONLY_SILENT}
    return [each for each in audience(survey.cluster, chosen, on) if each.organisation.pk not in invited]


def _people(
    meant: list[Addressee], known: Mapping[int, list[Person]], one_per: str
) -> list[tuple[Person, Segment]]:
    taken: set[str] = set()
    found: list[tuple[Person, Segment]] = []
    for each in meant:
        for person in known.get(each.organisation.pk, ()):
            address = person.email.strip().lower()
            if address in taken:  # one mailbox gets one invitation, whatever it stands for
                continue
            taken.add(address)
            found.append((person, each.segment))
            if one_per == Survey.OnePer.ORGANISATION:
                break
    return found
