"""Reads of this room: goals with what they answer, and the red thread from needs to goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.goals.models import Goal, GoalNeed
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import counted, lead, without_goal


@dataclass(frozen=True)
class TopicThread:
    """What becomes of a topic.

    goals: the standing goals that answer at least one of its needs. orphans: its needs without such a goal.
    """

    topic: NeedTopic
    needs: int
    organisations: int
    orphans: int
    orphan_organisations: int
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Thread:
    """The red thread from needs to goals: topics with their goals, and what hangs loose on either side.

    needs, orphans: of all topics; a need that was said under two topics counts in both rows and once here.
    """

    topics: tuple[TopicThread, ...]
    goals: tuple[Goal, ...]
    goals_without_needs: tuple[Goal, ...]
    needs: int
    orphans: int

    @property
    def topics_without_goal(self) -> tuple[TopicThread, ...]:
        """Return the topics with needs that no goal answers, the largest gap first."""
        open_topics = (each for each in self.topics if each.orphans)
        return tuple(sorted(open_topics, key=lambda each: (-each.orphan_organisations, each.topic.pk)))


def goals_of(cluster: Cluster) -> QuerySet[Goal]:
    """Return the goals with `needs_number` and `organisations`, in the order of the catalogue's families."""
    return (
        Goal.objects.filter(cluster=cluster)
        .select_related("responsible")
        .annotate(
            needs_number=Count(lead("links__need__"), distinct=True),
            organisations=Count("links__need__organisation", distinct=True),
        )
        .order_by("family", "pk")
    )


def standing_goals(cluster: Cluster) -> QuerySet[Goal]:
    """Return the goals that have not been given up."""
    return goals_of(cluster).exclude(state=Goal.State.DROPPED)


def linked_needs(goal: Goal) -> QuerySet[Need]:
    """Return the needs that the goal answers, by topic and urgency; what repeats another is not listed."""
    answered = counted(Need.objects.filter(links__goal=goal))
    found = answered.select_related("organisation", "topic", "person")
    return found.order_by("topic__code", "-urgency", "pk")


def voices_of_kinds(cluster: Cluster) -> dict[str, int]:
    """Return kind of need → organisations that voice it. One query."""
    rows = Need.objects.filter(cluster=cluster).order_by().values("kind")
    counted = rows.annotate(organisations=Count("organisation", distinct=True))
    return {row["kind"]: row["organisations"] for row in counted}


def thread(cluster: Cluster) -> Thread:
    """Return the thread of the cluster. Five queries, however much there is."""
    goals = tuple(standing_goals(cluster))
    answered = _goals_by_topic(cluster, {goal.pk: goal for goal in goals})
    rows = _by_topic(cluster)
    topics = NeedTopic.objects.in_bulk([row[0] for row in rows])
    threads = tuple(
        TopicThread(topics[pk], needs, organisations, orphans, loose, answered.get(pk, ()))
        for pk, needs, organisations, orphans, loose in rows
    )
    idle = tuple(goal for goal in goals if not goal.needs_number)  # type: ignore[attr-defined]
    return Thread(threads, goals, idle, **_totals(cluster))


def _counts() -> dict[str, Any]:
    """Return how needs and organisations are counted, all of them and those without a goal."""
    loose = Q(is_loose=True)
    return {
        "number": Count(lead(), distinct=True),
        "organisations": Count("organisation", distinct=True),
        "orphans": Count(lead(), distinct=True, filter=loose),
        "loose": Count("organisation", distinct=True, filter=loose),
    }


def _by_topic(cluster: Cluster) -> list[tuple[int, int, int, int, int]]:
    """Return (topic, needs, organisations, and both without a goal) of the topics, the most voiced first."""
    counts = _counts()
    rows = Need.objects.filter(cluster=cluster).annotate(is_loose=without_goal()).order_by().values("topic")
    ranked: Any = rows.annotate(**counts)
    ranked = ranked.order_by("-organisations", "topic__code")
    return list(ranked.values_list("topic", *counts))


def _totals(cluster: Cluster) -> dict[str, int]:
    leads = Need.objects.filter(cluster=cluster, merged_into=None).annotate(is_loose=without_goal())
    return leads.aggregate(needs=Count("pk"), orphans=Count("pk", filter=Q(is_loose=True)))


def _goals_by_topic(cluster: Cluster, standing: Mapping[int, Goal]) -> dict[int, tuple[Goal, ...]]:
    pairs = (
        GoalNeed.objects.filter(goal__cluster=cluster)
        .order_by()
        .values_list("need__topic", "goal")
        .distinct()
    )
    found: dict[int, list[Goal]] = {}
    for topic, goal in sorted(pairs):
        if goal in standing:
            found.setdefault(topic, []).append(standing[goal])
    return {topic: tuple(goals) for topic, goals in found.items()}
