"""Series of interviews, their samples, and who held how many talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Organisation
from kontor.actors.queries.members import members
from kontor.actors.queries.segments import UNKNOWN
from kontor.listening.models import Interview, InterviewStudy, Passage
from kontor.listening.queries.audience import Addressee, audience
from kontor.listening.sample import units_of
from kontor.methods.sampling import Allocation, Draw, draw
from kontor.questionnaires.models import Questionnaire, QuestionnaireVersion

State = Interview.State
ASKED = Q(role=Interview.Role.DRAWN) | ~Q(state=State.UNUSED)


@dataclass(frozen=True)
class Sample:
    """A draw with the members behind its ids."""

    draw: Draw
    members: dict[str, Addressee]
    dimensions: tuple[str, ...]

    def organisations(self, ids: Sequence[str]) -> list[Organisation]:
        """Return the organisations of the ids, in their order."""
        return [self.members[each].organisation for each in ids]

    def unknown(self, dimension: str) -> int:
        """Return for how many members the group in a dimension is not known."""
        return sum(each.segment.group(dimension) == UNKNOWN for each in self.members.values())


@dataclass(frozen=True)
class Talks:
    """How many talks somebody held; None for talks without a name. last: day of the latest."""

    interviewer: User | None
    held: int
    last: date


def studies(cluster: Cluster) -> QuerySet[InterviewStudy]:
    """Return the series with `asked`, `held` and `appointed`, the newest first. One query."""
    return (
        InterviewStudy.objects.filter(cluster=cluster)
        .annotate(
            asked=Count("interviews", filter=~Q(interviews__state__in=(State.UNUSED, State.DECLINED))),
            held=Count("interviews", filter=Q(interviews__state=State.HELD)),
            appointed=Count("interviews", filter=Q(interviews__state=State.APPOINTED)),
        )
        .select_related("cluster", "guide__questionnaire")
        .order_by("-created_at", "-pk")
    )


def sample_of(study: InterviewStudy, on: date) -> Sample:
    """Return the sample that the series draws from the members of its day, or of `on`. Two queries."""
    addressees = audience(study.cluster, study.chosen, study.population_on or on)
    sample = draw(
        units_of(addressees, study.dimensions), study.size, study.seed, Allocation(study.allocation)
    )
    known = {str(each.organisation.pk): each for each in addressees}
    return Sample(sample, known, tuple(study.dimensions))


def interviews_of(study: InterviewStudy) -> QuerySet[Interview]:
    """Return everybody on the list of a series with `marked` and `told`, in the order of the draw."""
    return (
        study.interviews.select_related("organisation", "person", "interviewer", "replaces__organisation")
        .defer("transcript", "replaces__transcript")
        .annotate(
            marked=Count("passages"),
            told=Count("passages", filter=Q(passages__need__isnull=False)),
        )
        .order_by("stratum", Coalesce("replaces__rank", "rank"), "rank", "pk")
    )


def interviews(cluster: Cluster) -> QuerySet[Interview]:
    """Return the cluster's interviews with all that a page of one needs."""
    return Interview.objects.filter(cluster=cluster).select_related(
        "cluster", "study__guide", "organisation", "person", "interviewer", "replaces__organisation"
    )


def passages_of(interview: Interview) -> QuerySet[Passage]:
    """Return the marked passages with their needs, in the order of the text, lost ones last."""
    return interview.passages.select_related("need__topic").order_by("is_lost", "start", "pk")


def passages(cluster: Cluster) -> QuerySet[Passage]:
    """Return the cluster's passages with interview and need at hand."""
    return Passage.objects.filter(cluster=cluster).select_related(
        "interview__organisation", "interview__cluster", "interview__person", "need"
    )


def guides(cluster: Cluster) -> QuerySet[QuestionnaireVersion]:
    """Return the newest version of each interview guide that has been released."""
    released = QuestionnaireVersion.objects.filter(
        cluster=cluster,
        questionnaire__purpose=Questionnaire.Purpose.INTERVIEW,
        questionnaire__is_archived=False,
    )
    # Newest first for each questionnaire; the first of each stays, on every database alike.
    newest: dict[int, int] = {}
    for pk, questionnaire in released.order_by("-number").values_list("pk", "questionnaire"):
        newest.setdefault(questionnaire, pk)
    rows = QuestionnaireVersion.objects.filter(pk__in=newest.values())
    return rows.select_related("questionnaire").order_by("questionnaire__name", "pk")


def stand_ins(interview: Interview, on: date) -> QuerySet[Organisation]:
    """Return the members of the day who are not on the list of the series yet, or wait in reserve."""
    listed = interview.study.interviews.exclude(state=State.UNUSED).values("organisation")
    return members(interview.cluster, on).exclude(pk__in=listed).order_by("name", "pk")


def interviewers(cluster: Cluster) -> QuerySet[User]:
    """Return who may hold interviews: everybody with a key of the management."""
    return User.objects.filter(
        roles__cluster=cluster, roles__kind__in=("manager", "team"), is_active=True
    ).order_by("name", "pk")


def talks_held(cluster: Cluster, on: date) -> list[Talks]:
    """Return who held how many interviews by the day, the busiest first. Two queries."""
    rows = (
        Interview.objects.filter(cluster=cluster, state=State.HELD, held_on__lte=on)
        .order_by()
        .values_list("interviewer", "held_on")
    )
    days: dict[int | None, list[date]] = {}
    for interviewer, day in rows:
        assert day is not None  # the filter above asks for it
        days.setdefault(interviewer, []).append(day)
    known = User.objects.in_bulk([key for key in days if key is not None])
    found = [
        Talks(known.get(key) if key is not None else None, len(held), max(held)) for key, held in days.items()
    ]
    return sorted(found, key=lambda each: (-each.held, str(each.interviewer or "")))
