"""Settings of a cluster: its data, two people at once, its end."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kontor.accounts.models import Cluster, RoleKind, User
from kontor.accounts.services.audit import entries_of
from kontor.accounts.services.clusters import suggest_slug
from tests.factories import OrganisationFactory

DATA = {
    "name": "Nordlicht",
    "country": "DE",
    "regions": ["DEF"],
    "languages": ["de"],
    "funding_start": "",
    "requires_second_factor": "",
}


def save(client, cluster, **more: object):
    return client.post(reverse("accounts:settings-cluster", args=[cluster.slug]), {**DATA, **more})


def test_new_data_are_stored(manager_client, cluster):
    save(manager_client, cluster, version=1)

    cluster.refresh_from_db()
    assert (cluster.name, cluster.languages, cluster.version) == ("Nordlicht", ["de"], 2)


def test_second_of_two_people_is_told_and_keeps_what_was_typed(manager_client, cluster):
    save(manager_client, cluster, version=1)

    response = save(manager_client, cluster, version=1, name="Südlicht")

    page = response.content.decode()
    assert (response.status_code, "Südlicht" in page, "Nordlicht" in page) == (409, True, True)


def test_nothing_is_overwritten_by_the_second(manager_client, cluster):
    save(manager_client, cluster, version=1)
    save(manager_client, cluster, version=1, name="Südlicht")

    cluster.refresh_from_db()
    assert cluster.name == "Nordlicht"


def test_second_may_save_after_having_seen_the_other_version(manager_client, cluster):
    save(manager_client, cluster, version=1)
    shown = save(manager_client, cluster, version=1, name="Südlicht").context["version"]

    save(manager_client, cluster, version=shown, name="Südlicht")

    cluster.refresh_from_db()
    assert cluster.name == "Südlicht"


@pytest.mark.parametrize("version", ["", "-1", "abc", "9" * 30, "²"])
def test_nonsense_instead_of_a_version_is_a_conflict(manager_client, cluster, version):
    assert save(manager_client, cluster, version=version).status_code == 409


def test_region_of_another_country_is_refused(manager_client, cluster):
    response = save(manager_client, cluster, version=1, regions=["AT11"])

    assert (response.status_code, "regions" in response.context["form"].errors) == (422, True)


def test_region_finer_than_those_on_offer_survives_the_form(manager_client, cluster):
    cluster.regions = ["DEF02"]
    cluster.save()

    save(manager_client, cluster, version=1, regions=["DEF02"])

    cluster.refresh_from_db()
    assert cluster.regions == ["DEF02"]


def test_deleting_asks_for_the_name(manager_client, cluster):
    url = reverse("accounts:settings-delete", args=[cluster.slug])

    response = manager_client.post(url, {"confirm_name": "Nor"})

    assert (response.status_code, Cluster.objects.count()) == (422, 1)


def test_deleted_cluster_leaves_nothing_behind_but_the_people(manager_client, manager, cluster):
    OrganisationFactory(cluster=cluster)
    trail = entries_of(cluster)

    manager_client.post(reverse("accounts:settings-delete", args=[cluster.slug]), {"confirm_name": "Nord"})

    assert (Cluster.objects.count(), trail.count(), User.objects.get()) == (0, 0, manager)


def test_team_cannot_delete_the_cluster(client_of, key_to, cluster):
    url = reverse("accounts:settings-delete", args=[cluster.slug])

    assert client_of(key_to(RoleKind.TEAM)).post(url, {"confirm_name": "Nord"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Maritimes Cluster Nord", "maritimes-cluster-nord"), ("Straße & Öl", "strasse-oel"), ("東京", "")],
)
def test_short_name_is_made_from_the_name(name, slug):
    assert suggest_slug(name) == slug


def test_settings_page_asks_few_queries(manager_client, cluster, django_assert_num_queries):
    with django_assert_num_queries(5):
        manager_client.get(reverse("accounts:settings", args=[cluster.slug]))
