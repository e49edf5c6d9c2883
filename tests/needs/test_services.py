"""Needs are recorded, changed, deleted and brought back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kontor.accounts.services import EditConflict
from kontor.goals.models import GoalNeed
from kontor.needs import services
from kontor.needs.models import Need, NeedTopic
from kontor.needs.problems import NeedError
from tests.factories import (
    ClusterFactory,
    GoalFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def test_a_need_takes_the_kind_of_its_topic(cluster):
    topic = NeedTopicFactory(cluster=cluster, kind="staff")

    need = services.record_need(
        cluster=cluster,
        organisation=OrganisationFactory(cluster=cluster),
        topic=topic,
        statement=" Engineers ",
    )

    assert (need.kind, need.statement) == ("staff", "Engineers")


def test_a_need_of_an_organisation_elsewhere_is_refused(cluster):
    with pytest.raises(NeedError, match=r"^need\.of_another_cluster$"):
        services.record_need(
            cluster=cluster,
            organisation=OrganisationFactory(),
            topic=NeedTopicFactory(cluster=cluster),
            statement="x",
        )


def test_a_person_of_another_organisation_cannot_have_told_it(cluster):
    with pytest.raises(NeedError, match=r"^need\.person_of_another_organisation$"):
        services.record_need(
            cluster=cluster,
            organisation=OrganisationFactory(cluster=cluster),
            topic=NeedTopicFactory(cluster=cluster),
            statement="x",
            person=PersonFactory(organisation__cluster=cluster),
        )


def test_an_empty_need_is_refused(cluster):
    with pytest.raises(ValidationError):
        services.record_need(
            cluster=cluster,
            organisation=OrganisationFactory(cluster=cluster),
            topic=NeedTopicFactory(cluster=cluster),
            statement="   ",
        )


def test_who_edits_second_changes_nothing():
    need = NeedFactory(statement="First")
    services.update_need(need=need, expected_version=1, statement="Second")

    with pytest.raises(EditConflict):
        services.update_need(need=need, expected_version=1, statement="Third")

    need.refresh_from_db()
    assert (need.statement, need.version) == ("Second", 2)


def test_a_deleted_need_comes_back_with_its_goals():
    need = NeedFactory(recorded_on=date(2026, 3, 1))
    goal = GoalFactory(cluster=need.cluster)
    GoalNeed.objects.create(goal=goal, need=need)

    remains = services.delete_need(need=need)
    gone = Need.objects.count()
    services.restore(remains)

    back = Need.objects.get()
    assert (gone, back.statement, back.recorded_on, list(back.goals.all())) == (
        0,
        need.statement,
        date(2026, 3, 1),
        [goal],
    )


def test_a_link_to_a_goal_that_has_gone_since_does_not_come_back():
    need = NeedFactory()
    goal = GoalFactory(cluster=need.cluster)
    GoalNeed.objects.create(goal=goal, need=need)
    remains = services.delete_need(need=need)
    goal.delete()

    services.restore(remains)

    assert (Need.objects.count(), GoalNeed.objects.count()) == (1, 0)


def test_a_need_whose_organisation_has_gone_cannot_come_back():
    need = NeedFactory()
    remains = services.delete_need(need=need)
    need.organisation.delete()

    with pytest.raises(NeedError, match=r"^need\.cannot_come_back$"):
        services.restore(remains)


def test_the_start_topics_are_loaded_once(cluster):
    first, second = services.load_start_topics(cluster), services.load_start_topics(cluster)

    assert (first, second) == (NeedTopic.objects.filter(cluster=cluster).count(), 0)


def test_the_start_topics_speak_both_languages(cluster):
    services.load_start_topics(cluster)

    assert all(
        set(services.topics.names_of(topic)) == {"de", "en"}
        for topic in NeedTopic.objects.filter(cluster=cluster)
    )


def test_an_own_topic_gets_a_code_of_its_own(cluster):
    NeedTopicFactory(cluster=cluster, code="hydrogen", name="Something else")

    topic = services.add_topic(cluster=cluster, kind="market", name={"en": "Hydrogen", "de": ""})

    assert topic.code == "hydrogen-2"


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ({"de": " ", "en": ""}, "market", "need_topic.no_name"),
        ({"de": "WASSERSTOFF"}, "market", "need_topic.already_there"),
        ({"de": "Neu"}, "nonsense", "need_topic.kind_unknown"),
    ],
)
def test_topics_that_make_no_sense_are_refused(cluster, name, kind, code):
    NeedTopicFactory(cluster=cluster, name="Wasserstoff")

    with pytest.raises(NeedError) as refusal:
        services.add_topic(cluster=cluster, kind=kind, name=name)

    assert refusal.value.code == code


def test_a_topic_of_another_cluster_may_have_the_same_name(cluster):
    NeedTopicFactory(cluster=ClusterFactory(), name="Wasserstoff")

    services.add_topic(cluster=cluster, kind="market", name={"de": "Wasserstoff"})

    assert NeedTopic.objects.filter(cluster=cluster).count() == 1
