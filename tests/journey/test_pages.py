"""Today, the search and the handbook."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.journey.handbook import chapters
from kontor.journey.outlook import greeting
from tests.factories import MembershipFactory, NeedFactory, NeedTopicFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def furnish(cluster, count):
    for _ in range(count):
        organisation = OrganisationFactory(cluster=cluster)
        MembershipFactory(organisation=organisation)
        NeedFactory(organisation=organisation)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_everyone_with_a_role_has_a_today(client_of, key_to, cluster, kind):
    response = client_of(key_to(kind)).get(reverse("journey:today", args=[cluster.slug]))

    assert response.status_code == 200


def test_an_empty_cluster_begins_with_its_members(manager_client, cluster):
    response = manager_client.get(reverse("journey:today", args=[cluster.slug]))

    assert response.context["step"].url == reverse("actors:import-members", args=[cluster.slug])


@pytest.mark.parametrize("count", [1, 3])
def test_today_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    furnish(cluster, count)
    url = reverse("journey:today", args=[cluster.slug])
    manager_client.get(url)

    with django_assert_num_queries(TODAY_QUERIES):
        manager_client.get(url)


TODAY_QUERIES = 29


@pytest.mark.parametrize("words", ["Grossmann", "Größmann", "groessmann", "GRÖSSMANN kiel"])
def test_the_search_finds_a_name_however_it_is_spelled(manager_client, cluster, words):
    from kontor.actors.folding import search_key

    OrganisationFactory(cluster=cluster, name="Größmann AG", search_key=search_key("Größmann AG", "", "Kiel"))

    response = manager_client.get(reverse("journey:search", args=[cluster.slug]), {"q": words})

    assert [hit.label for group in response.context["groups"] for hit in group.hits] == ["Größmann AG"]


def test_the_search_shows_no_needs_to_those_who_may_not_read_them(client_of, key_to, cluster):
    NeedFactory(organisation=OrganisationFactory(cluster=cluster), statement="Quokka ranching abroad")

    response = client_of(key_to(RoleKind.BOARD)).get(
        reverse("journey:search", args=[cluster.slug]), {"q": "quokka"}
    )

    assert response.context["count"] == 0


def test_the_handbook_has_the_same_chapters_in_both_languages():
    assert [each.slug for each in chapters("de")] == [each.slug for each in chapters("en")]


def test_every_chapter_of_the_handbook_opens(manager_client, cluster):
    statuses = {
        manager_client.get(reverse("journey:help-chapter", args=[cluster.slug, each.slug])).status_code
        for each in chapters("en")
    }

    assert statuses == {200}


@pytest.mark.parametrize(
    ("kind", "is_told"), [(RoleKind.TEAM, True), (RoleKind.BOARD, False), (RoleKind.FUNDER, False)]
)
@pytest.mark.parametrize("page", ["journey:thread", "journey:today"])
def test_needs_of_one_organisation_are_counted_for_the_management_only(
    client_of, key_to, cluster, kind, is_told, page
):
    topic = NeedTopicFactory(cluster=cluster, name="Quokka farms")
    organisation = OrganisationFactory(cluster=cluster)
    NeedFactory.create_batch(2, organisation=organisation, topic=topic)

    response = client_of(key_to(kind)).get(reverse(page, args=[cluster.slug]))

    counts = {str(each.topic): each.needs for each in response.context["topics"]}
    assert counts == {"Quokka farms": 2 if is_told else None}


@pytest.mark.parametrize(
    ("hour", "expected"), [(0, "Good evening"), (5, "Good morning"), (11, "Good day"), (18, "Good evening")]
)
def test_the_greeting_fits_the_hour(hour, expected):
    assert greeting(hour) == expected
