"""The pages of the needs."""

import csv
import io

import pytest
from django.urls import reverse

from kontor.needs import services
from kontor.needs.models import Need
from tests.factories import MembershipFactory, NeedFactory, NeedTopicFactory, PersonFactory

# Session, user, role, then what the page itself asks.
LISTS = {"overview": 13, "directory": 8, "silent": 7, "topics": 4}


def needs_of_members(cluster, number):
    topics = [NeedTopicFactory(cluster=cluster) for _ in range(3)]
    for index in range(number):
        speaking = MembershipFactory(organisation__cluster=cluster).organisation
        NeedFactory(organisation=speaking, topic=topics[index % 3], country="NL")
        silent = MembershipFactory(organisation__cluster=cluster).organisation
        PersonFactory(organisation=silent)


def form_of(need, **changes):
    return {
        "organisation": need.organisation_id,
        "topic": need.topic_id,
        "statement": need.statement,
        "kind": "",
        "country": need.country,
        "urgency": need.urgency,
        "source": need.source,
        "recorded_on": need.recorded_on.isoformat(),
        "version": need.version,
    } | changes


@pytest.fixture
def need(cluster):
    return NeedFactory(organisation=MembershipFactory(organisation__cluster=cluster).organisation)


@pytest.mark.parametrize("page", sorted(LISTS))
@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, page, number
):
    needs_of_members(cluster, number)

    with django_assert_num_queries(LISTS[page]):
        manager_client.get(reverse(f"needs:{page}", args=[cluster.slug]))


def test_a_thousand_needs_come_in_pages_of_fifty_with_the_same_queries(
    cluster, manager_client, django_assert_num_queries
):
    needs_of_members(cluster, 3)
    pattern = Need.objects.first()
    Need.objects.bulk_create(
        Need(
            cluster=cluster,
            organisation=pattern.organisation,
            topic=pattern.topic,
            kind=pattern.kind,
            statement=f"Need {index}",
            recorded_on=pattern.recorded_on,
        )
        for index in range(1000)
    )

    with django_assert_num_queries(LISTS["directory"]):
        response = manager_client.get(reverse("needs:directory", args=[cluster.slug]))

    assert (len(response.context["page"]), response.context["page"].paginator.count) == (50, 1003)


@pytest.mark.parametrize("page", ["overview", "directory", "silent", "topics", "create", "import"])
def test_every_page_opens_in_an_empty_cluster(cluster, manager_client, page):
    assert manager_client.get(reverse(f"needs:{page}", args=[cluster.slug])).status_code == 200


def test_a_need_is_recorded_by_form(cluster, manager_client, need):
    form = form_of(need, statement="A new one", country="DK")

    response = manager_client.post(reverse("needs:create", args=[cluster.slug]), form)

    recorded = Need.objects.get(statement="A new one")
    assert (response.url, recorded.country) == (
        reverse("needs:detail", args=[cluster.slug, recorded.pk]),
        "DK",
    )


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(cluster, manager_client, need):
    form = form_of(need, statement="Keep this", recorded_on="2999-01-01")

    response = manager_client.post(reverse("needs:create", args=[cluster.slug]), form)

    assert (response.status_code, response.context["form"]["statement"].value()) == (422, "Keep this")


def test_the_second_editor_is_shown_both_versions(cluster, manager_client, need):
    services.update_need(need=need, expected_version=1, statement="Theirs")

    response = manager_client.post(
        reverse("needs:edit", args=[cluster.slug, need.pk]), form_of(need, statement="Mine")
    )

    shown = [(row.current, row.yours) for row in response.context["conflict"]]
    assert (response.status_code, shown, response.context["version"]) == (409, [("Theirs", "Mine")], 2)


def test_a_deleted_need_is_one_press_from_coming_back(cluster, manager_client, need):
    manager_client.post(reverse("needs:delete", args=[cluster.slug, need.pk]))
    key = manager_client.session["deleted"][0]["key"]

    manager_client.post(reverse("needs:restore", args=[cluster.slug, key]))

    assert [each.pk for each in Need.objects.all()] == [need.pk]


def test_what_was_deleted_in_one_cluster_comes_back_in_no_other(cluster, manager_client):
    response = manager_client.post(reverse("needs:restore", args=[cluster.slug, "unknown"]))

    assert response.status_code == 404


@pytest.mark.parametrize("page", ["detail", "edit", "delete"])
def test_needs_of_other_clusters_do_not_exist(cluster, manager_client, page):
    foreign = NeedFactory()

    response = manager_client.post(reverse(f"needs:{page}", args=[cluster.slug, foreign.pk]))

    assert response.status_code == 404


def test_the_csv_holds_what_the_filter_shows(cluster, manager_client, need):
    NeedFactory(organisation=need.organisation, statement="=1+1", urgency=3)

    url = reverse("needs:export-csv", args=[cluster.slug])
    content = manager_client.get(f"{url}?urgency=3").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["In the member’s words"] for row in rows] == ["'=1+1"]


def test_the_start_topics_come_with_one_press(cluster, manager_client):
    manager_client.post(reverse("needs:topics-start", args=[cluster.slug]))

    assert {str(topic) for topic in services.topics.NeedTopic.objects.filter(code="skilled_staff")} == {
        "Skilled staff"
    }


def test_an_own_topic_is_added_by_form(cluster, manager_client):
    manager_client.post(
        reverse("needs:topics", args=[cluster.slug]),
        {"name_de": "Wasserstoff", "name_en": "", "kind": "market"},
    )

    assert [str(topic) for topic in services.topics.NeedTopic.objects.all()] == ["Wasserstoff"]
