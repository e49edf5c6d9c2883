"""Reads of this room: goals with what they answer, and the red thread from needs to goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Prefetch, QuerySet

from kontor.accounts.models import Cluster
from kontor.goals.models import Goal, GoalNeed
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import needs_of, without_goal


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
    """The red thread from needs to goals: topics with their goals, and what hangs loose on either side."""

    topics: tuple[TopicThread, ...]
    goals: tuple[Goal, ...]
    goals_without_needs: tuple[Goal, ...]

    @cached_property
    def needs(self) -> int:
        """Return how many needs there are."""
        return sum(each.needs for each in self.topics)

    @cached_property
    def orphans(self) -> int:
        """Return how many needs no goal answers."""
        return sum(each.orphans for each in self.topics)

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
            needs_number=Count("links", distinct=True),
            organisations=Count("links__need__organisation", distinct=True),
        )
        .order_by("family", "pk")
    )


def standing_goals(cluster: Cluster) -> QuerySet[Goal]:
    """Return the goals that have not been given up."""
    return goals_of(cluster).exclude(state=Goal.State.DROPPED)


def linked_needs(goal: Goal) -> QuerySet[Need]:
    """Return the needs that the goal answers, by topic and urgency."""
    return needs_of(goal.cluster).filter(links__goal=goal).order_by("topic__code", "-urgency", "pk")


def goals_with_needs(cluster: Cluster) -> QuerySet[Goal]:
    """Return the standing goals with their needs, topics and organisations at hand. Two queries."""
    links = GoalNeed.objects.select_related("need__topic", "need__organisation")
    return standing_goals(cluster).prefetch_related(Prefetch("links", links))


def voices_of_kinds(cluster: Cluster) -> dict[str, int]:
    """Return kind of need → organisations that voice it. One query."""
    rows = Need.objects.filter(cluster=cluster).order_by().values("kind")
    counted = rows.annotate(organisations=Count("organisation", distinct=True))
    return {row["kind"]: row["organisations"] for row in counted}


def thread(cluster: Cluster) -> Thread:
    """Return the thread of the cluster. Five queries, however much there is."""
    goals = tuple(standing_goals(cluster))
    answered = _goals_by_topic(cluster, {goal.pk: goal for goal in goals})
    orphans = _orphans_by_topic(cluster)
    counted = _by_topic(cluster)
    topics = NeedTopic.objects.in_bulk([pk for pk, _needs, _organisations in counted])
    threads = []
    for pk, needs, organisations in counted:
        loose, loose_organisations = orphans.get(pk, (0, 0))
        own = answered.get(pk, ())
        threads.append(TopicThread(topics[pk], needs, organisations, loose, loose_organisations, own))
    idle = tuple(goal for goal in goals if not goal.needs_number)  # type: ignore[attr-defined]
    return Thread(tuple(threads), goals, idle)


def _by_topic(cluster: Cluster) -> list[tuple[int, int, int]]:
    """Return (topic, needs, organisations) of the topics with needs, the most voiced first."""
    rows = Need.objects.filter(cluster=cluster).order_by().values("topic")
    counted = rows.annotate(number=Count("pk"), organisations=Count("organisation", distinct=True))
    return list(
        counted.order_by("-organisations", "topic__code").values_list("topic", "number", "organisations")
    )


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


def _orphans_by_topic(cluster: Cluster) -> dict[int, tuple[int, int]]:
    """Return topic → needs without a standing goal, and the organisations behind them."""
    rows = Need.objects.filter(without_goal(), cluster=cluster).order_by().values("topic")
    counted = rows.annotate(number=Count("pk"), organisations=Count("organisation", distinct=True))
    return {row["topic"]: (row["number"], row["organisations"]) for row in counted}
