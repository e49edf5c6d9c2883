"""The wall between clusters: every page, every role, every stranger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kontor.accounts.models import Cluster, RoleKind, User
from tests.architecture.furnished import Furnished, furnish
from tests.factories import ClusterFactory, RoleFactory, UserFactory

# Pages of a cluster that open without a login because a signed token stands in their address; what a wrong
# or foreign token does is tested with them.
SIGNED = {"token"}


def cluster_routes() -> list[tuple[str, list[str]]]:
    """Return (name, parameters after the cluster) of every route under /<cluster>/."""
    found = _walk(get_resolver(), "", [])
    return [(name, [p for p in parameters if p != "cluster"]) for name, parameters in found]


def _walk(resolver: URLResolver, namespace: str, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    for entry in resolver.url_patterns:
        parameters = [*above, *entry.pattern.converters]
        if isinstance(entry, URLResolver):
            yield from _walk(entry, entry.namespace or namespace, parameters)
        elif isinstance(entry, URLPattern) and "cluster" in parameters:
            yield f"{namespace}:{entry.name}", parameters


ROUTES = cluster_routes()
CLOSED = [(name, parameters) for name, parameters in ROUTES if not SIGNED & set(parameters)]


@pytest.fixture
def home(db: None) -> Furnished:
    """Return a cluster with one object of everything."""
    return furnish(ClusterFactory(slug="home"))


def enter(client: Client, user: User) -> None:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def key(kind: RoleKind, cluster: Cluster) -> User:
    return RoleFactory(kind=kind, cluster=cluster).user


def pages(place: Furnished, arguments_of: Furnished | None = None) -> Iterator[tuple[str, str]]:
    """Yield (route, address) of every closed page of `place`, naming the objects of `arguments_of`."""
    named = arguments_of or place
    for name, parameters in CLOSED:
        yield name, reverse(name, args=[place.cluster.slug, *named.arguments(name, parameters)])


def answers(client: Client, url: str) -> set[int]:
    """Return the status of every way to ask for a page."""
    return {client.get(url).status_code, client.post(url).status_code}


def opened(client: Client, asked: Iterator[tuple[str, str]]) -> list[str]:
    """Return the pages that answered with anything but "not here" or "not you"."""
    return [f"{name} {found}" for name, url in asked if (found := answers(client, url) - {403, 404, 405})]


def test_there_are_pages_to_walk():
    assert len(CLOSED) > 100


@pytest.mark.parametrize("kind", [*RoleKind, None], ids=str)
def test_every_page_is_closed_to_those_from_elsewhere(client, home, kind):
    enter(client, key(kind, ClusterFactory(slug="elsewhere")) if kind else UserFactory())
    before = home.fingerprint()

    assert (opened(client, pages(home)), home.fingerprint() == before) == ([], True)


def test_every_page_asks_a_stranger_to_log_in(client, home):
    before = home.fingerprint()
    login = reverse("account_login")
    responses = [(name, ask(url)) for name, url in pages(home) for ask in (client.get, client.post)]
    let_in = [
        name
        for name, response in responses
        if response.status_code != 405
        and (response.status_code, getattr(response, "url", "").split("?")[0]) != (302, login)
    ]

    assert (let_in, home.fingerprint() == before) == ([], True)


def test_no_page_shows_or_changes_an_object_of_another_cluster(client, home):
    own = furnish(ClusterFactory(slug="own"))
    enter(client, key(RoleKind.MANAGER, own.cluster))
    of_objects = {
        name
        for name, parameters in CLOSED
        if own.arguments(name, parameters) != home.arguments(name, parameters)
    }
    before = home.fingerprint()
    asked = ((name, url) for name, url in pages(own, home) if name in of_objects)

    assert (opened(client, asked), home.fingerprint() == before) == ([], True)


# What a manager does not see: pages for members about their own organisation, and steps of an import that
# the furnished one has behind it.
NOT_FOR_THE_MANAGER = {
    "needs:own 403",
    "needs:report 403",
    "needs:import-preview 404",
    "actors:import-cordis-members 404",
    "actors:import-progress 404",
}


def test_every_page_opens_for_the_manager(client, home):
    enter(client, key(RoleKind.MANAGER, home.cluster))
    broken = [
        f"{name} {status}"
        for name, url in pages(home)
        if (status := client.get(url).status_code) not in {200, 302, 405}
    ]

    assert set(broken) == NOT_FOR_THE_MANAGER


@pytest.mark.parametrize("kind", [RoleKind.PARTNER, RoleKind.FUNDER, RoleKind.BOARD, RoleKind.MEMBER])
def test_no_page_lets_those_change_anything_who_only_read(client, home, kind):
    enter(client, key(kind, home.cluster))
    before = home.fingerprint()
    changed = []
    for name, url in pages(home):
        client.post(url)
        if home.fingerprint() != before:
            changed.append(name)
            before = home.fingerprint()

    assert changed == []
