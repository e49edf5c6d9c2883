"""Who may vote, and which members cannot be asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.members import members
from kontor.actors.queries.people import may_be_written_to
from kontor.ui.components import Text
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


# What a roll can be filtered by, and how it is called.
STANDINGS: dict[str, Q] = {
    "silent": Q(has_voted=False, mail=Elector.Mail.SENT),
    "failed": Q(has_voted=False, mail=Elector.Mail.FAILED),
    "waiting": Q(has_voted=False, mail=Elector.Mail.WAITING),
    "voted": Q(has_voted=True),
}
LABELS: dict[str, Text] = {
    "silent": _("Not voted yet"),
    "failed": _("Mail not accepted"),
    "waiting": _("Mail not sent yet"),
    "voted": _("Has voted"),
}


def standing_of(elector: Elector) -> str:
    """Return the key of `STANDINGS` under which an elector stands."""
    if elector.has_voted:
        return "voted"
    return "silent" if elector.mail == Elector.Mail.SENT else str(elector.mail)


def roll_counts(vote: Vote) -> dict[str, int]:
    """Return key of `STANDINGS` → how many electors. One query."""
    counts = {key: Count("pk", filter=condition) for key, condition in STANDINGS.items()}
    return Elector.objects.filter(vote=vote).order_by().aggregate(**counts)
