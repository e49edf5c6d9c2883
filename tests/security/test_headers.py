"""What every answer tells the browser: run nothing foreign, guess no types, keep nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse

from kontor.accounts.models import RoleKind
from tests.architecture.furnished import furnish
from tests.architecture.test_wall import enter, key, pages
from tests.factories import ClusterFactory, UserFactory

POLICY = {"default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'self'"}


def is_guarded(response: HttpResponse) -> bool:
    """True where the answer carries all that keeps a page safe."""
    policy = {part.strip() for part in response.get("Content-Security-Policy", "").split(";")}
    no_inline = "'unsafe-inline'" not in str(policy) and "'unsafe-eval'" not in str(policy)
    sniffs_not = response.get("X-Content-Type-Options") == "nosniff"
    return policy >= POLICY and no_inline and sniffs_not and response.get("X-Frame-Options") == "DENY"


def test_no_page_of_a_cluster_is_kept_by_browser_or_proxy(client, db):
    home = furnish(ClusterFactory(slug="home"))
    enter(client, key(RoleKind.MANAGER, home.cluster))

    kept = [
        name
        for name, url in pages(home)
        if (r := client.get(url)).status_code == 200
        and not {"no-store", "private"} <= set(r["Cache-Control"].replace(" ", "").split(","))
    ]

    assert kept == []


def test_every_page_of_a_cluster_is_guarded(client, db):
    home = furnish(ClusterFactory(slug="home"))
    enter(client, key(RoleKind.MANAGER, home.cluster))

    assert [name for name, url in pages(home) if not is_guarded(client.get(url))] == []


def fail(_request: object) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("fail/", fail), *get_resolver("kontor.config.urls").url_patterns]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("/fail/", {}, 500),
        ("/nothing/here/", {}, 404),
        ("/account/login/?q=%00", {}, 400),
        ("/clusters/new/", {}, 403),
        ("/me/theme/", {}, 405),
        ("/account/login/", {"HTTP_HOST": "evil.example"}, 400),
        ("/me/", {}, 200),
        ("/", {}, 302),
    ],
)
def test_every_kind_of_answer_is_guarded(client, db, address, more, status):
    client.raise_request_exception = False
    enter(client, UserFactory())

    response = client.get(address, **more)

    assert (response.status_code, is_guarded(response)) == (status, True)


def test_a_form_without_its_token_is_refused_on_a_guarded_page(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/account/login/", {"login": "a@example.org"})

    assert (response.status_code, is_guarded(response)) == (403, True)


@pytest.mark.parametrize("name", ["account_logout", "set_language", "accounts:theme", "accounts:own-data"])
def test_no_other_site_can_press_a_button_of_ours(db, name):
    client = Client(enforce_csrf_checks=True)
    enter(client, UserFactory())

    assert client.post(reverse(name)).status_code == 403


def test_a_visit_alone_logs_nobody_out(client, db):
    enter(client, UserFactory())
    client.get(reverse("account_logout"))

    assert client.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
@pytest.mark.parametrize("name", ["set_language", "accounts:theme", "ui:theme", "account_logout"])
def test_no_button_leads_to_another_site(client, db, name, target):
    enter(client, UserFactory())

    response = client.post(reverse(name), {"next": target, "language": "de", "theme": "dark"})

    assert re.search("evil|javascript", response["Location"]) is None


def test_the_admin_is_not_there(client, db):
    enter(client, UserFactory())

    assert ("django.contrib.admin" in settings.INSTALLED_APPS, client.get("/admin/").status_code) == (
        False,
        404,
    )


def test_passwords_are_hashed_with_argon2():
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_behind_https_cookies_and_pages_stay_there(tmp_path):
    asked = (
        "from kontor.config import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG, s.ALLOWED_HOSTS[-1])"
    )
    environment = {"KONTOR_HOME": str(tmp_path), "KONTOR_PUBLIC_URL": "https://xkontor.example.org"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)

    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["True", "True", "True", "False", "xkontor.example.org"]
