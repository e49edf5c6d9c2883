"""The wall: who gets in, who learns nothing."""

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from tests.factories import ClusterFactory, RoleFactory


def test_settings_of_a_cluster_are_open_to_its_manager(manager_client, cluster):
    assert manager_client.get(reverse("accounts:settings", args=[cluster.slug])).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.MANAGER])
def test_settings_are_forbidden_to_every_other_role(client_of, key_to, cluster, kind):
    client = client_of(key_to(kind))

    assert client.get(reverse("accounts:settings", args=[cluster.slug])).status_code == 403


def test_the_manager_of_another_cluster_does_not_learn_that_it_exists(client_of, cluster):
    outsider = RoleFactory(cluster=ClusterFactory(), kind=RoleKind.MANAGER).user

    assert client_of(outsider).get(reverse("accounts:settings", args=[cluster.slug])).status_code == 404


def test_an_unknown_cluster_and_a_closed_one_answer_alike(client_of, stranger, cluster):
    client = client_of(stranger)

    closed = client.get(reverse("accounts:settings", args=[cluster.slug])).status_code
    unknown = client.get(reverse("accounts:settings", args=["no-such-cluster"])).status_code

    assert (closed, unknown) == (404, 404)


def test_a_visitor_is_asked_to_log_in_and_comes_back(client, cluster):
    url = reverse("accounts:people", args=[cluster.slug])

    response = client.get(url)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={url}")


def test_roles_of_another_cluster_cannot_be_changed(manager_client, cluster):
    foreign = RoleFactory(cluster=ClusterFactory(), kind=RoleKind.TEAM)
    url = reverse("accounts:people-change", args=[cluster.slug, foreign.pk])

    assert manager_client.post(url, {"kind": "manager"}).status_code == 404


def test_a_manager_without_second_factor_sets_one_up_first(client_of):
    cluster = ClusterFactory(requires_second_factor=True)
    manager = RoleFactory(cluster=cluster, kind=RoleKind.MANAGER).user

    response = client_of(manager).get(reverse("accounts:settings", args=[cluster.slug]))

    assert (response.status_code, response["Location"]) == (302, "/account/2fa/")


def test_a_manager_with_a_second_factor_enters(client_of):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    cluster = ClusterFactory(requires_second_factor=True)
    manager = RoleFactory(cluster=cluster, kind=RoleKind.MANAGER).user
    TOTP.activate(manager, generate_totp_secret())

    response = client_of(manager).get(reverse("accounts:settings", args=[cluster.slug]))

    assert response.status_code == 200


def test_the_team_needs_no_second_factor(client_of):
    cluster = ClusterFactory(requires_second_factor=True)
    member = RoleFactory(cluster=cluster, kind=RoleKind.TEAM).user

    assert client_of(member).get(reverse("accounts:settings", args=[cluster.slug])).status_code == 403


def test_may_asks_the_key_of_the_reader(rf, manager, cluster):
    from django.template import Context, Template

    from kontor.accounts.rules import access_of

    request = rf.get("/")
    request.access = access_of(manager, cluster)
    template = Template('{% load accounts %}{% may "accounts.change_settings" as yes %}{{ yes }}')

    assert template.render(Context({"request": request})) == "True"
