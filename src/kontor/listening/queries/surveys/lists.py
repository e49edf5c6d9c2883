"""Lists of surveys and of those who were invited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Person
from kontor.actors.queries.people import may_be_written_to
from kontor.actors.queries.segments import Dimension
from kontor.jobs.models import Job
from kontor.listening.models import Invitee, Survey
from kontor.listening.services.surveys.sending import KIND
from kontor.ui.components import Text

ANSWERED, SILENT = "answered", "silent"
# What became of an invitation, as the list shows it, with its colour.
LABELS: Mapping[str, Text] = {
    "answered": _("has answered"),
    "silent": _("has not answered yet"),
    "invited": _("invited"),
    "waiting": _("not sent yet"),
    "declined": _("does not want to answer"),
    "bounced": _("mail came back"),
}
TAGS = {
    "answered": "ok",
    "silent": "info",
    "invited": "info",
    "waiting": "open",
    "declined": "warn",
    "bounced": "bad",
}


@dataclass(frozen=True)
class InviteeFilter:
    """What the address of the list narrows it to: a standing of LABELS, and words."""

    standing: str = ""
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], *, is_anonymous: bool) -> InviteeFilter:
        """Return what the address says; what it must not ask for is left out."""
        standing = query.get("standing", "")
        known = standing in standings(is_anonymous=is_anonymous)
        return cls(standing if known else "", query.get("q", "").strip()[:100])


def standings(*, is_anonymous: bool) -> list[str]:
    """Return by what the list can be narrowed. Whether somebody has answered anonymously it never tells."""
    if is_anonymous:
        return ["invited", "waiting", "declined", "bounced"]
    return ["answered", "silent", "waiting", "declined", "bounced"]


def surveys_of(cluster: Cluster) -> QuerySet[Survey]:
    """Return the surveys, newest first, with `invited` and `answered`. One query when read."""
    rows = Survey.objects.filter(cluster=cluster).select_related("questionnaire")
    # Counted beside, not joined: grouping would sort the questions' text once for each invitee.
    return rows.defer("questionnaire__draft").annotate(
        invited=_counted(Q()), answered=_counted(Q(is_answered=True))
    )


def _counted(condition: Q) -> Coalesce:
    rows = Invitee.objects.filter(condition, survey=OuterRef("pk")).order_by()
    count = rows.values("survey").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count), 0)


def invitees(survey: Survey, chosen: InviteeFilter) -> QuerySet[Invitee]:
    """Return the invitees by organisation, with organisation and person. One query when read."""
    rows = Invitee.objects.filter(survey=survey).select_related("organisation", "person")
    rows = rows.order_by("organisation__name", "email", "pk")
    if chosen.words:
        rows = rows.filter(Q(organisation__name__icontains=chosen.words) | Q(email__icontains=chosen.words))
    if chosen.standing:
        rows = rows.filter(_condition(chosen.standing, is_anonymous=survey.is_anonymous))
    return rows


def standing_of(invitee: Invitee, *, is_anonymous: bool) -> str:
    """Return what became of an invitation, as a key of LABELS."""
    if is_anonymous:
        return "invited" if invitee.state == Invitee.State.SENT else invitee.state
    if invitee.is_answered:
        return "answered"
    return "silent" if invitee.state == Invitee.State.SENT else invitee.state


def counts(survey: Survey) -> dict[str, int]:
    """Return standing → number of invitees. One query."""
    keys = standings(is_anonymous=survey.is_anonymous)
    numbers = {key: Count("pk", filter=_condition(key, is_anonymous=survey.is_anonymous)) for key in keys}
    return Invitee.objects.filter(survey=survey).aggregate(**numbers)


def groups_chosen(survey: Survey) -> list[tuple[Text, list[Text]]]:
    """Return the dimensions by which the survey chooses its members, with the groups that are meant."""
    return [
        (dimension.label, [dimension.groups[group] for group in survey.chosen[dimension]])
        for dimension in Dimension
        if survey.chosen.get(dimension)
    ]


def latest_job(survey: Survey) -> Job | None:
    """Return the newest job that sends mails of the survey. One query."""
    jobs = Job.objects.filter(scope=f"cluster:{survey.cluster_id}", kind=KIND, key=f"survey:{survey.pk}")
    return jobs.order_by("-pk").first()


def _condition(standing: str, *, is_anonymous: bool) -> Q:
    """Return the condition of a standing; in anonymous surveys it never looks at who has answered."""
    if standing == "answered":
        return Q(is_answered=True)
    state = Q(state=Invitee.State.SENT if standing in ("silent", "invited") else standing)
    return state if is_anonymous else state & Q(is_answered=False)


def candidates(survey: Survey, words: str) -> QuerySet[Person]:
    """Return the people who may be written to and are not invited, by organisation. One query when read."""
    taken = Invitee.objects.filter(survey=survey).values("email")
    rows = Person.objects.filter(may_be_written_to(), cluster=survey.cluster_id).select_related(
        "organisation"
    )
    rows = rows.alias(address=Lower("email")).exclude(address__in=taken)
    for word in words.split():
        named = Q(given_name__icontains=word) | Q(family_name__icontains=word)
        rows = rows.filter(named | Q(organisation__name__icontains=word) | Q(email__icontains=word))
    return rows.order_by("organisation__name", "pk")
