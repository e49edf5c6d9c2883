"""Say which needs a goal answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kontor.goals.models import Goal, GoalNeed
from kontor.goals.problems import GoalError
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import without_goal


@transaction.atomic
def link_needs(*, goal: Goal, needs: Iterable[Need]) -> int:
    """Let the goal answer the needs and return how many are new.

    Raises GoalError "goal.need_of_another_cluster" and links nothing then.
    """
    wanted = {need.pk: need for need in needs}
    if any(need.cluster_id != goal.cluster_id for need in wanted.values()):
        raise GoalError("goal.need_of_another_cluster")
    there = set(GoalNeed.objects.filter(goal=goal).values_list("need_id", flat=True))
    new = [GoalNeed(goal=goal, need=need) for key, need in wanted.items() if key not in there]
    # Two people may link the same need at the same moment; once is enough.
    GoalNeed.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


@transaction.atomic
def unlink_needs(*, goal: Goal, needs: Iterable[Need]) -> int:
    """Let the goal no longer answer the needs and return how many it answered."""
    links = GoalNeed.objects.filter(goal=goal, need__in=[need.pk for need in needs])
    number = links.count()
    links.delete()
    return number


@transaction.atomic
def link_topic(*, goal: Goal, topic: NeedTopic, only_orphans: bool = False) -> int:
    """Let the goal answer every need of the topic and return how many are new.

    only_orphans: only those that no goal answers. Raises GoalError "goal.need_of_another_cluster".
    """
    if topic.cluster_id != goal.cluster_id:
        raise GoalError("goal.need_of_another_cluster")
    needs = Need.objects.filter(cluster_id=goal.cluster_id, topic=topic)
    return link_needs(goal=goal, needs=needs.filter(without_goal()) if only_orphans else needs)
