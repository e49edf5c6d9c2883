"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.config.messages import compile_messages
from tests.factories import ClusterFactory, RoleFactory

compile_messages()

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _begins_in_english() -> None:
    """Speak English at the start of each test: a page asked for in German leaves German behind."""
    translation.activate("en")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public data beside the project, or skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"The public data is not there: {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture
def cluster(db: None) -> Cluster:
    """Return a cluster in Schleswig-Holstein."""
    made: Cluster = ClusterFactory(slug="nord", name="Nord")
    return made


@pytest.fixture
def manager(cluster: Cluster) -> User:
    """Return a manager of `cluster`."""
    role: Role = RoleFactory(cluster=cluster, kind=RoleKind.MANAGER)
    return role.user


@pytest.fixture
def client_of(client: Client):
    """Return a function that logs a user in and gives the client back."""

    def log_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


@pytest.fixture
def manager_client(client_of, manager: User) -> Client:
    """Return a client that is logged in as the manager of `cluster`."""
    return client_of(manager)


@pytest.fixture
def key_to(cluster: Cluster):
    """Return a function that makes a user with a role of the given kind in `cluster`."""

    def make(kind: RoleKind) -> User:
        role: Role = RoleFactory(cluster=cluster, kind=kind)
        return role.user

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return headless Chromium of the system, or skip with a clear line where there is none.

    One for each module, not for the whole run: Playwright keeps an event loop in the thread as long as it
    lives, and tests of asynchronous code need the thread for theirs.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("No Chromium found: install it to run the browser tests (Debian: apt install chromium).")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    # Django refuses the database in a thread with an event loop; here the loop is Playwright's, not Django's.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
