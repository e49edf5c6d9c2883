"""Say which needs a goal answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from kontor.goals.models import Goal, GoalNeed
from kontor.goals.problems import GoalError
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import leads_of, without_goal


@transaction.atomic
def link_needs(*, goal: Goal, needs: Iterable[Need]) -> int:
    """Let the goal answer the needs and return how many are new.

    A need that is counted as another is linked there.
    Raises GoalError "goal.need_of_another_cluster" and links nothing then.
    """
    given = list(needs)
    if any(need.cluster_id != goal.cluster_id for need in given):
        raise GoalError("goal.need_of_another_cluster")
    wanted = _counted_as(given)
    answered = leads_of(Need.objects.filter(links__goal=goal))
    there = set(answered.values_list("counted_as", flat=True))
    new = [GoalNeed(goal=goal, need_id=key) for key in wanted if key not in there]
    # Two people may link the same need at the same moment; once is enough.
    GoalNeed.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


@transaction.atomic
def unlink_needs(*, goal: Goal, needs: Iterable[Need]) -> int:
    """Let the goal no longer answer the needs, nor what is counted as them; return how many it answered."""
    keys = _counted_as(needs)
    links = GoalNeed.objects.filter(Q(need__in=keys) | Q(need__merged_into__in=keys), goal=goal)
    taken_off = {link.need.merged_into_id or link.need_id for link in links.select_related("need")}
    links.delete()
    return len(taken_off)


def _counted_as(needs: Iterable[Need]) -> list[int]:
    """Return the numbers of the needs as they are counted now, each once."""
    found = leads_of(Need.objects.filter(pk__in=[need.pk for need in needs]))
    return sorted(set(found.values_list("counted_as", flat=True)))


@transaction.atomic
def link_topic(*, goal: Goal, topic: NeedTopic, only_orphans: bool = False) -> int:
    """Let the goal answer every need of the topic and return how many are new.

    only_orphans: only those that no goal answers. Raises GoalError "goal.need_of_another_cluster".
    """
    if topic.cluster_id != goal.cluster_id:
        raise GoalError("goal.need_of_another_cluster")
    needs = Need.objects.filter(cluster_id=goal.cluster_id, topic=topic)
    return link_needs(goal=goal, needs=needs.filter(without_goal()) if only_orphans else needs)
