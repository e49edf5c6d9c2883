"""What a reader may see of goals and topics."""

from kontor.goals import queries
from kontor.goals.shown import shown_gaps, shown_topics
from tests.factories import NeedFactory, NeedTopicFactory


def needs(cluster, number):
    topic = NeedTopicFactory(cluster=cluster)
    NeedFactory.create_batch(number, cluster=cluster, organisation__cluster=cluster, topic=topic)


def test_topics_of_fewer_than_three_organisations_lose_their_counts(cluster):
    needs(cluster, 3)
    needs(cluster, 2)

    shown = shown_topics(queries.thread(cluster), sees_all=False)

    assert [(each.needs, each.organisations) for each in shown] == [(3, 3), (None, None)]


def test_the_management_sees_the_counts_of_every_gap(cluster):
    needs(cluster, 3)
    needs(cluster, 2)

    shown = shown_gaps(queries.thread(cluster), sees_all=True)

    assert [(each.needs, each.organisations) for each in shown] == [(3, 3), (2, 2)]
