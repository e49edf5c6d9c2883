"""The pages of the goals."""

import csv
import io

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.goals import services
from kontor.goals.catalogue import goals_by_code
from kontor.goals.models import Goal, GoalNeed
from tests.factories import GoalFactory, NeedFactory, NeedTopicFactory

CODE = "knowledge.joint_research"
OUTSIDERS = [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.FUNDER]
# Session, user, role, then what the page itself asks.
LISTS = {"overview": 9, "catalogue": 5, "export-csv": 4}


def needs(cluster, number, **fields):
    return NeedFactory.create_batch(number, cluster=cluster, organisation__cluster=cluster, **fields)


def url(name, cluster, *args):
    return reverse(f"goals:{name}", args=[cluster.slug, *args])


def form_of(goal, **changes):
    return {
        "title_de": "",
        "title_en": str(goal.title),
        "family": goal.family,
        "description_de": "",
        "description_en": "",
        "horizon": goal.horizon,
        "target_year": "",
        "state": goal.state,
        "responsible": "",
        "version": goal.version,
    } | changes


@pytest.fixture
def goal(cluster):
    return GoalFactory(cluster=cluster)


@pytest.mark.parametrize("page", sorted(LISTS))
@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, page, number
):
    for _ in range(number):
        services.link_needs(goal=GoalFactory(cluster=cluster), needs=needs(cluster, 2))
        needs(cluster, 1)

    with django_assert_num_queries(LISTS[page]):
        manager_client.get(url(page, cluster))


@pytest.mark.parametrize("page", ["detail", "link"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_goal_asks_the_same_queries_for_any_number_of_needs(
    cluster, manager_client, goal, django_assert_max_num_queries, page, number
):
    services.link_needs(goal=goal, needs=needs(cluster, number))
    needs(cluster, number)

    with django_assert_max_num_queries({"detail": 9, "link": 9}[page]):
        manager_client.get(url(page, cluster, goal.pk))


@pytest.mark.parametrize("page", ["overview", "catalogue", "create"])
def test_every_page_opens_in_an_empty_cluster(cluster, manager_client, page):
    assert manager_client.get(url(page, cluster)).status_code == 200


def test_a_goal_of_the_catalogue_is_adopted_with_one_press(cluster, manager_client):
    manager_client.post(url("adopt", cluster), {"code": CODE})

    assert [goal.catalogue_code for goal in Goal.objects.filter(cluster=cluster)] == [CODE]


def test_an_unknown_goal_of_the_catalogue_is_refused_in_a_sentence(cluster, manager_client):
    response = manager_client.post(url("adopt", cluster), {"code": "nonsense"})

    assert (response.status_code, response.context["problem"]) == (
        422,
        "The catalogue holds no goal “nonsense”.",
    )


def test_the_catalogue_counts_the_needs_that_speak_for_a_goal(cluster, manager_client):
    needs(cluster, 2, topic=NeedTopicFactory(cluster=cluster, kind="technology"))

    response = manager_client.get(url("catalogue", cluster))

    rows = {
        goal.code: speaking for _family, rows in response.context["shelves"] for goal, _key, speaking in rows
    }
    assert [(str(label), number) for label, number in rows[CODE]] == [("Technology", 2)]


def test_a_goal_is_set_in_one_language_and_the_other_is_flagged(cluster, manager_client, goal):
    manager_client.post(url("create", cluster), form_of(goal, title_de="Messnormen", title_en=""))

    response = manager_client.get(url("overview", cluster))

    flags = [
        [str(text) for text in each.missing]
        for family in response.context["families"]
        for each in family.goals
        if str(each.goal.title) == "Messnormen"
    ]
    assert flags == [["English is missing"]]


def test_a_goal_without_any_title_is_refused(cluster, manager_client, goal):
    response = manager_client.post(url("create", cluster), form_of(goal, title_en=" "))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["title_de"])


def test_the_second_editor_is_shown_both_versions(cluster, manager_client, goal):
    services.update_goal(goal=goal, expected_version=1, title={"en": "Theirs"})

    response = manager_client.post(url("edit", cluster, goal.pk), form_of(goal, title_en="Mine"))

    shown = [(row.current, row.yours) for row in response.context["conflict"]]
    assert (response.status_code, shown, response.context["version"]) == (409, [("Theirs", "Mine")], 2)


def test_a_topic_becomes_a_goal_with_one_press(cluster, manager_client):
    topic = NeedTopicFactory(cluster=cluster, kind="staff", name="Skilled staff")
    needs(cluster, 2, topic=topic)

    response = manager_client.post(url("from-topic", cluster, topic.pk))

    made = Goal.objects.get()
    assert (str(made.title), made.needs.count(), response.url) == (
        "Skilled staff",
        2,
        url("edit", cluster, made.pk),
    )


@pytest.mark.parametrize("choice", ["there", "catalogue", "new"])
def test_ticked_needs_are_answered_in_one_step(cluster, manager_client, goal, choice):
    ticked = needs(cluster, 2)
    chosen = {"there": f"goal:{goal.pk}", "catalogue": f"catalogue:{CODE}", "new": "new"}[choice]
    form = {"needs": [need.pk for need in ticked], "goal": chosen, "title_en": "New", "family": "market"}

    manager_client.post(url("answer", cluster), form)

    title = {"there": str(goal.title), "catalogue": goals_by_code()[CODE].names["en"], "new": "New"}[choice]
    assert {str(link.goal.title) for link in GoalNeed.objects.filter(need__in=ticked)} == {title}


def test_the_needs_of_another_cluster_are_not_answered(cluster, manager_client, goal):
    foreign = NeedFactory()

    manager_client.post(url("answer", cluster), {"needs": [foreign.pk], "goal": f"goal:{goal.pk}"})

    assert GoalNeed.objects.count() == 0


def test_a_goal_of_another_cluster_answers_nothing(cluster, manager_client):
    foreign = GoalFactory()

    response = manager_client.post(
        url("answer", cluster),
        {"needs": [need.pk for need in needs(cluster, 1)], "goal": f"goal:{foreign.pk}"},
    )

    assert (response.status_code, GoalNeed.objects.count()) == (422, 0)


def test_ticked_needs_are_linked_and_taken_off(cluster, manager_client, goal):
    ticked = {"needs": [need.pk for need in needs(cluster, 2)]}

    manager_client.post(url("link", cluster, goal.pk), ticked)
    linked = goal.needs.count()
    manager_client.post(url("unlink", cluster, goal.pk), ticked)

    assert (linked, goal.needs.count()) == (2, 0)


def test_a_whole_topic_is_linked_with_one_press(cluster, manager_client, goal):
    topic = NeedTopicFactory(cluster=cluster)
    needs(cluster, 3, topic=topic)

    manager_client.post(url("link", cluster, goal.pk), {"whole_topic": topic.pk})

    assert goal.needs.count() == 3


def test_a_deleted_goal_is_one_press_from_coming_back(cluster, manager_client, goal):
    services.link_needs(goal=goal, needs=needs(cluster, 2))
    manager_client.post(url("delete", cluster, goal.pk))
    key = manager_client.session["deleted"][0]["key"]

    manager_client.post(url("restore", cluster, key))

    assert Goal.objects.get(pk=goal.pk).needs.count() == 2


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_others_see_a_goal_without_single_needs_and_small_counts(cluster, client_of, key_to, goal, kind):
    services.link_needs(goal=goal, needs=needs(cluster, 2, statement="Confidential"))

    response = client_of(key_to(kind)).get(url("detail", cluster, goal.pk))

    shown = response.context["shown"]
    assert (shown.needs, shown.organisations, "Confidential" in response.content.decode()) == (
        None,
        None,
        False,
    )


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_others_see_counts_from_three_organisations_on(cluster, client_of, key_to, goal, kind):
    services.link_needs(goal=goal, needs=needs(cluster, 3))

    response = client_of(key_to(kind)).get(url("overview", cluster))

    counts = [each.organisations for family in response.context["families"] for each in family.goals]
    assert counts == [3]


@pytest.mark.parametrize("kind", OUTSIDERS)
@pytest.mark.parametrize("page", ["edit", "link", "unlink", "delete", "state"])
def test_only_the_management_changes_goals(cluster, client_of, key_to, goal, kind, page):
    assert client_of(key_to(kind)).post(url(page, cluster, goal.pk)).status_code == 403


@pytest.mark.parametrize("page", ["detail", "edit", "link", "unlink", "delete", "state"])
def test_goals_of_other_clusters_do_not_exist(cluster, manager_client, page):
    assert manager_client.post(url(page, cluster, GoalFactory().pk)).status_code == 404


def test_the_csv_hides_small_counts_from_the_board(cluster, client_of, key_to, goal):
    services.link_needs(goal=goal, needs=needs(cluster, 2))

    content = client_of(key_to(RoleKind.BOARD)).get(url("export-csv", cluster)).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["Needs"], row["Organisations"]) for row in rows] == [("fewer than 3", "fewer than 3")]
