"""The red thread from needs to goals, and what it tells the strategy."""

from datetime import date

import pytest

from kontor.goals import queries
from kontor.goals.evidence import EVIDENCE
from kontor.goals.models import GoalNeed
from kontor.reports.model import Missing
from tests.factories import GoalFactory, NeedFactory, NeedTopicFactory

TODAY = date(2026, 11, 21)


def needs(cluster, number, topic):
    return NeedFactory.create_batch(number, cluster=cluster, organisation__cluster=cluster, topic=topic)


def answer(goal, *answered):
    GoalNeed.objects.bulk_create(GoalNeed(goal=goal, need=need) for need in answered)


@pytest.fixture
def topic(cluster):
    return NeedTopicFactory(cluster=cluster, name="Test sites")


def test_the_thread_tells_topic_goals_and_orphans(cluster, topic):
    first, second, third = needs(cluster, 3, topic)
    goal, other = GoalFactory(cluster=cluster), GoalFactory(cluster=cluster)
    answer(goal, first, second)
    answer(other, second)

    thread = queries.thread(cluster)

    told = thread.topics[0]
    assert (told.topic, told.needs, told.organisations, told.orphans) == (topic, 3, 3, 1)
    assert (told.goals, thread.orphans, thread.goals_without_needs) == ((goal, other), 1, ())
    assert third.links.count() == 0


def test_a_goal_without_needs_hangs_loose(cluster):
    goal = GoalFactory(cluster=cluster)

    assert queries.thread(cluster).goals_without_needs == (goal,)


def test_a_goal_that_was_given_up_is_no_part_of_the_thread(cluster, topic):
    answer(GoalFactory(cluster=cluster, state="dropped"), *needs(cluster, 1, topic))

    thread = queries.thread(cluster)

    assert (thread.goals, thread.topics[0].goals, thread.orphans) == ((), (), 1)


def test_the_largest_gap_comes_first(cluster, topic):
    small = NeedTopicFactory(cluster=cluster)
    needs(cluster, 1, small)
    needs(cluster, 2, topic)

    assert [each.topic for each in queries.thread(cluster).topics_without_goal] == [topic, small]


@pytest.mark.parametrize("number", [1, 3])
def test_the_thread_takes_five_queries(cluster, django_assert_num_queries, number):
    for _ in range(number):
        answer(GoalFactory(cluster=cluster), *needs(cluster, 2, NeedTopicFactory(cluster=cluster)))

    with django_assert_num_queries(5):
        queries.thread(cluster)


def test_the_thread_knows_no_other_cluster(cluster):
    NeedFactory()
    GoalFactory()

    thread = queries.thread(cluster)

    assert (thread.topics, thread.goals) == ((), ())


@pytest.mark.parametrize("code", sorted(EVIDENCE))
def test_evidence_without_goals_and_needs_says_what_is_missing(cluster, code):
    assert isinstance(EVIDENCE[code](cluster, TODAY), Missing)


def test_the_overview_for_the_strategy_hides_small_groups(cluster, topic):
    small = GoalFactory(cluster=cluster, title="Small", target_year=2028)
    large = GoalFactory(cluster=cluster, title="Large", horizon="long")
    answer(small, *needs(cluster, 2, topic))
    answer(large, *needs(cluster, 3, topic))
    GoalFactory(cluster=cluster, title="Idle")

    table = EVIDENCE["goals.overview"](cluster, TODAY)

    told = [(str(row[0]), str(row[2]), *row[3:]) for row in table.rows]
    assert told == [
        ("Small", "Short-term", 2028, None, None),
        ("Large", "Long-term", None, 3, 3),
        ("Idle", "Short-term", None, 0, 0),
    ]


def test_the_thread_for_the_strategy_names_the_goals_of_each_topic(cluster, topic):
    answer(GoalFactory(cluster=cluster, title="Sites for all"), *needs(cluster, 3, topic))
    needs(cluster, 3, NeedTopicFactory(cluster=cluster, name="Staff"))
    needs(cluster, 2, NeedTopicFactory(cluster=cluster, name="Rare"))

    table = EVIDENCE["goals.thread"](cluster, TODAY)

    assert [(str(row[0]), row[1], row[2], str(row[3])) for row in table.rows] == [
        ("Test sites", 3, 3, "Sites for all"),
        ("Staff", 3, 3, "no goal yet"),
    ]
    assert str(table.explanation) == "5 needs have no goal yet; 0 goals answer no need."
