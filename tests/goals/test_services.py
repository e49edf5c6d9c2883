"""Goals are adopted, set, changed, deleted, and linked to needs."""

import pytest
from django.core.exceptions import ValidationError
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import RoleKind
from kontor.accounts.services import EditConflict
from kontor.goals import services
from kontor.goals.catalogue import goals_by_code
from kontor.goals.models import Goal, GoalNeed
from kontor.goals.problems import GoalError
from kontor.needs.services import restore
from tests.factories import GoalFactory, NeedFactory, NeedTopicFactory, UserFactory

pytestmark = pytest.mark.django_db
CODE = "knowledge.joint_research"


def test_an_adopted_goal_keeps_both_languages(cluster):
    goal = services.adopt_goal(cluster=cluster, code=CODE)

    goal.refresh_from_db()
    assert goal.title.data == dict(goals_by_code()[CODE].names)


def test_adopting_twice_gives_one_goal(cluster):
    first, second = (
        services.adopt_goal(cluster=cluster, code=CODE),
        services.adopt_goal(cluster=cluster, code=CODE),
    )

    assert (first, Goal.objects.count()) == (second, 1)


def test_what_the_catalogue_does_not_hold_cannot_be_adopted(cluster):
    with pytest.raises(GoalError, match=r"^goal\.not_in_the_catalogue$"):
        services.adopt_goal(cluster=cluster, code="nonsense")


def test_an_own_goal_needs_one_language_only(cluster):
    goal = services.create_own_goal(cluster=cluster, family="market", title={"de": " Messnormen ", "en": ""})

    assert goal.title.data == {"de": "Messnormen"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"family": "market", "title": {"de": " "}}, "goal.no_title"),
        ({"family": "nonsense", "title": {"de": "x"}}, "goal.family_unknown"),
    ],
)
def test_goals_that_make_no_sense_are_refused(cluster, fields, code):
    with pytest.raises(GoalError) as refusal:
        services.create_own_goal(cluster=cluster, **fields)

    assert refusal.value.code == code


def test_a_year_beyond_reason_is_refused(cluster):
    with pytest.raises(ValidationError):
        services.create_own_goal(cluster=cluster, family="market", title={"de": "x"}, target_year=20290)


def test_only_somebody_with_a_role_here_can_be_responsible(cluster):
    with pytest.raises(GoalError, match="responsible_without_role"):
        services.create_own_goal(
            cluster=cluster, family="market", title={"de": "x"}, responsible=UserFactory()
        )


def test_a_colleague_can_be_responsible(cluster, key_to):
    colleague = key_to(RoleKind.TEAM)

    goal = services.create_own_goal(
        cluster=cluster, family="market", title={"de": "x"}, responsible=colleague
    )

    assert goal.responsible == colleague


def test_who_edits_second_changes_nothing():
    goal = GoalFactory()
    services.update_goal(goal=goal, expected_version=1, title={"en": "First"})

    with pytest.raises(EditConflict):
        services.update_goal(goal=goal, expected_version=1, title={"en": "Second"})

    goal.refresh_from_db()
    assert goal.title == LazyI18nString({"en": "First"})


def test_the_state_is_set_and_counted_as_an_edit():
    goal = services.set_state(goal=GoalFactory(), state="reached")

    assert (goal.state, goal.version) == ("reached", 2)


def test_an_unknown_state_is_refused():
    with pytest.raises(GoalError, match="state_unknown"):
        services.set_state(goal=GoalFactory(), state="nonsense")


def test_linking_twice_links_once():
    need = NeedFactory()
    goal = GoalFactory(cluster=need.cluster)

    numbers = [services.link_needs(goal=goal, needs=[need]) for _ in range(2)]

    assert (numbers, GoalNeed.objects.count()) == ([1, 0], 1)


def test_a_need_of_another_cluster_links_nothing():
    own, foreign = NeedFactory(), NeedFactory()
    goal = GoalFactory(cluster=own.cluster)

    with pytest.raises(GoalError, match="need_of_another_cluster"):
        services.link_needs(goal=goal, needs=[own, foreign])

    assert GoalNeed.objects.count() == 0


def test_a_whole_topic_is_linked(cluster):
    topic = NeedTopicFactory(cluster=cluster)
    NeedFactory.create_batch(3, cluster=cluster, organisation__cluster=cluster, topic=topic)
    goal = GoalFactory(cluster=cluster)

    assert services.link_topic(goal=goal, topic=topic) == 3


def test_only_the_needs_without_a_goal_are_linked_on_request(cluster):
    topic = NeedTopicFactory(cluster=cluster)
    answered, _open = NeedFactory.create_batch(2, cluster=cluster, organisation__cluster=cluster, topic=topic)
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster), need=answered)

    assert services.link_topic(goal=GoalFactory(cluster=cluster), topic=topic, only_orphans=True) == 1


def test_a_topic_of_another_cluster_is_refused(cluster):
    with pytest.raises(GoalError, match="need_of_another_cluster"):
        services.link_topic(goal=GoalFactory(cluster=cluster), topic=NeedTopicFactory())


def test_needs_are_taken_off():
    need = NeedFactory()
    goal = GoalFactory(cluster=need.cluster)
    services.link_needs(goal=goal, needs=[need])

    assert (services.unlink_needs(goal=goal, needs=[need]), GoalNeed.objects.count()) == (1, 0)


def test_a_deleted_goal_comes_back_with_both_languages_and_its_needs():
    need = NeedFactory()
    title = LazyI18nString({"de": "Ziel", "en": "Goal"})
    goal = GoalFactory(cluster=need.cluster, title=title)
    services.link_needs(goal=goal, needs=[need])

    restore(services.delete_goal(goal=goal))

    back = Goal.objects.get()
    assert (back.title, list(back.needs.all())) == (title, [need])
