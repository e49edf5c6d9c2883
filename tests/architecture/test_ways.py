"""No page shows a way that ends in a refusal: every link of every page opens for the role that sees it."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from kontor.accounts.models import RoleKind
from kontor.strategy.models import ConceptVersion
from tests.architecture.furnished import Furnished, furnish
from tests.factories import ClusterFactory, PersonFactory, RoleFactory

HREF = re.compile(r'href="([^"#]+)"')


@pytest.fixture
def home(db: None) -> Furnished:
    """Return a cluster with one object of everything and a published version."""
    place = furnish(ClusterFactory(slug="home"))
    ConceptVersion.objects.update(is_published=True)
    return place


def route(path: str) -> str:
    """Return the name of a page's route, "" where there is none."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    fixed = {key: value for key, value in match.kwargs.items() if key in {"area", "language", "slug"}}
    return f"{match.view_name} {fixed}"


def dead_ends(client: Client, start: str) -> list[str]:
    """Follow one link to each route and return those that do not open."""
    waiting, seen, found = [(start, "")], {route(start)}, []
    while waiting:
        path, origin = waiting.pop()
        response = client.get(path)
        if response.status_code not in {200, 302}:
            found.append(f"{origin} → {path} {response.status_code}")
        if not response.headers.get("Content-Type", "").startswith("text/html") or response.streaming:
            continue
        for link in HREF.findall(response.content.decode()):
            target = urlsplit(html.unescape(link))
            is_page = (
                not target.netloc and target.path.startswith("/") and not target.path.startswith("/static/")
            )
            if is_page and route(target.path) not in seen:
                seen.add(route(target.path))
                waiting.append((f"{target.path}?{target.query}", path))
    return found


@pytest.mark.parametrize("kind", list(RoleKind))
def test_no_link_leads_to_a_refusal(client, home, kind):
    user = RoleFactory(cluster=home.cluster, kind=kind).user
    PersonFactory(organisation_id=home.keys["organisation"], cluster=home.cluster, user=user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert dead_ends(client, reverse("journey:today", args=[home.cluster.slug])) == []
