"""The entrance: where a visitor belongs, and the first run."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.accounts.models.cluster import RESERVED_SLUGS
from kontor.accounts.services.setup import is_setup_code, setup_code
from tests.factories import ClusterFactory, RoleFactory, UserFactory

CLUSTER = {
    "cluster-name": "Bündnis Küste",
    "cluster-slug": "",
    "cluster-country": "DE",
    "cluster-regions": ["DEF", "DE6"],
    "cluster-languages": ["de", "en"],
    "cluster-funding_start": "2026-01-01",
    "cluster-requires_second_factor": "",
}
ACCOUNT = {
    "name": "Jo Meer",
    "email": "Jo@Example.org",
    "language": "de",
    "password": "ein langes Geheimwort",
}


def test_first_visitor_meets_the_assistant(client, db):
    assert client.get("/")["Location"] == "/start/"


def test_visitor_of_a_running_installation_is_asked_to_log_in(client, stranger):
    assert client.get("/")["Location"] == "/account/login/"


def test_who_has_one_key_goes_straight_to_today(client_of, manager, cluster):
    assert client_of(manager).get("/")["Location"] == f"/{cluster.slug}/"


def test_who_has_two_keys_may_choose(client_of, manager):
    RoleFactory(user=manager, cluster=ClusterFactory(name="Zweites Netz"))

    page = client_of(manager).get("/", follow=True)

    assert "Zweites Netz" in page.content.decode()


def test_who_has_no_key_is_told_why(client_of, stranger):
    page = client_of(stranger).get("/", follow=True)

    assert "no key to a cluster yet" in page.content.decode()


def test_setup_code_is_readable_by_its_owner_only(home, db):
    setup_code()

    assert (home / "setup_code").stat().st_mode & 0o777 == 0o600


def test_setup_code_stays_the_same_until_it_is_used(home, db):
    assert setup_code() == setup_code()


def test_setup_code_forgives_small_letters_and_missing_hyphens(home, db):
    code = setup_code()

    assert is_setup_code(code.lower().replace("-", " "))


def test_no_code_opens_an_installation_that_has_none(home, db):
    assert not is_setup_code("")


def test_first_run_makes_operator_account_and_cluster(client, home):
    response = client.post("/start/", {"code": setup_code(), **ACCOUNT, **CLUSTER})

    user, cluster = User.objects.get(), Cluster.objects.get()
    assert response["Location"] == reverse("accounts:first-steps", args=[cluster.pk])
    assert (user.email, user.is_operator, user.language) == ("jo@example.org", True, "de")
    assert (cluster.slug, cluster.regions) == ("buendnis-kueste", ["DEF", "DE6"])
    assert Role.objects.get().kind == RoleKind.MANAGER


def test_first_run_logs_the_person_in(client, home):
    client.post("/start/", {"code": setup_code(), **ACCOUNT, **CLUSTER})

    assert client.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setup_code_is_gone_after_use(client, home):
    client.post("/start/", {"code": setup_code(), **ACCOUNT, **CLUSTER})

    assert not (home / "setup_code").exists()


def test_wrong_setup_code_makes_nothing(client, home):
    setup_code()

    response = client.post("/start/", {"code": "AAAA-AAAA-AAAA", **ACCOUNT, **CLUSTER})

    assert (response.status_code, User.objects.count(), Cluster.objects.count()) == (422, 0, 0)


def test_guessing_the_setup_code_is_stopped(client, home):
    setup_code()
    answers = [client.post("/start/", {"code": "X", **ACCOUNT, **CLUSTER}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_first_run_is_over_once_somebody_has_an_account(client, home, stranger):
    assert client.get("/start/")["Location"] == "/"


def test_reserved_short_name_is_refused_with_a_sentence(client, home):
    response = client.post("/start/", {"code": setup_code(), **ACCOUNT, **CLUSTER, "cluster-slug": "account"})

    assert "This short name is reserved" in response.content.decode()


def test_regions_of_another_country_come_without_script_and_keep_what_was_typed(client, home):
    response = client.post(
        "/start/", {**ACCOUNT, **CLUSTER, "cluster-country": "AT", "show_regions": "1", "language": "en"}
    )

    page = response.content.decode()
    assert (response.status_code, "Burgenland" in page, "Bündnis Küste" in page) == (200, True, True)


def test_operator_founds_a_further_cluster_and_manages_it(client_of):
    operator = UserFactory(is_operator=True)
    data = {key.removeprefix("cluster-"): value for key, value in CLUSTER.items()}

    client_of(operator).post(reverse("accounts:cluster-new"), data)

    assert Role.objects.get(user=operator).kind == RoleKind.MANAGER


def test_short_name_that_is_taken_is_named_beside_its_field(client_of):
    ClusterFactory(slug="buendnis-kueste")
    operator = UserFactory(is_operator=True)
    data = {key.removeprefix("cluster-"): value for key, value in CLUSTER.items()}

    response = client_of(operator).post(reverse("accounts:cluster-new"), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["slug"])


def test_who_is_no_operator_founds_nothing(manager_client):
    assert manager_client.get(reverse("accounts:cluster-new")).status_code == 403


def test_operator_deletes_a_cluster_from_outside(client_of, cluster):
    operator = UserFactory(is_operator=True)
    url = reverse("accounts:cluster-remove", args=[cluster.pk])

    client_of(operator).post(url, {"confirm_name": cluster.name})

    assert not Cluster.objects.exists()


def test_operator_without_a_key_sees_nothing_inside(client_of, cluster):
    client = client_of(UserFactory(is_operator=True))

    assert client.get(reverse("accounts:settings", args=[cluster.slug])).status_code == 404


def test_manager_who_is_no_operator_deletes_nothing_from_outside(manager_client, cluster):
    url = reverse("accounts:cluster-remove", args=[cluster.pk])

    assert manager_client.post(url, {"confirm_name": cluster.name}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_choice_of_clusters_asks_the_same_queries_for_any_number(client_of, count, django_assert_num_queries):
    operator = UserFactory(is_operator=True)
    RoleFactory.create_batch(count, user=operator)
    ClusterFactory.create_batch(count)

    client = client_of(operator)
    with django_assert_num_queries(4):
        client.get(reverse("accounts:clusters"))


def test_every_first_part_of_an_address_is_reserved():
    firsts = {_first(pattern) for pattern in _leaves(get_resolver().url_patterns)}

    assert firsts - {"", None} - RESERVED_SLUGS == set()


def _leaves(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for each in patterns:
        route = before + (each.pattern._route if isinstance(each.pattern, RoutePattern) else "…")
        found += _leaves(each.url_patterns, route) if isinstance(each, URLResolver) else [route]
    return found


def _first(route: str) -> str | None:
    """Return the first part of an address, None where a cluster's short name stands there."""
    part = route.split("/")[0]
    return None if part.startswith("<") else part
