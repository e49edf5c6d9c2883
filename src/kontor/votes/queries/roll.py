"""Who may vote, and which members cannot be asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.members import members
from kontor.actors.queries.people import may_be_written_to
from kontor.votes.models import Elector, Vote


def contacts(cluster: Cluster) -> dict[int, list[Person]]:
    """Return organisation → people who may be written to, the first on record first. One query."""
    found: dict[int, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(may_be_written_to(), cluster=cluster).order_by("pk"):
        found[person.organisation_id].append(person)
    return found


def members_without(vote: Vote, on: date) -> QuerySet[Organisation]:
    """Return the members of the day who are not on the roll, by name."""
    on_roll = Elector.objects.filter(vote=vote, organisation__isnull=False).values("organisation")
    return members(vote.cluster, on).exclude(pk__in=on_roll).order_by("name", "pk")


def unreachable(vote: Vote, on: date) -> list[Organisation]:
    """Return the members who are not on the roll because nobody of them may be written to. Two queries."""
    known = contacts(vote.cluster)
    return [each for each in members_without(vote, on) if each.pk not in known]


def roll(vote: Vote, words: str = "", standing: str = "") -> QuerySet[Elector]:
    """Return the electors by name.

    words: part of the organisation's or the person's name.   standing: a key of `STANDINGS`, "" for all.
    """
    found = Elector.objects.filter(vote=vote)
    if words:
        found = found.filter(
            Q(organisation_name__icontains=words) | Q(name__icontains=words) | Q(email__icontains=words)
        )
    return found.filter(STANDINGS[standing]) if standing in STANDINGS else found


# What a roll can be filtered by.
STANDINGS: dict[str, Q] = {
    "voted": Q(has_voted=True),
    "silent": Q(has_voted=False, mail=Elector.Mail.SENT),
    "waiting": Q(has_voted=False, mail=Elector.Mail.WAITING),
    "failed": Q(has_voted=False, mail=Elector.Mail.FAILED),
}


def standing_of(elector: Elector) -> str:
    """Return the key of `STANDINGS` under which an elector stands."""
    if elector.has_voted:
        return "voted"
    return {"sent": "silent"}.get(elector.mail, elector.mail)
