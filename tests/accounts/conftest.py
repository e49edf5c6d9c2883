"""What the tests of the keys share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from kontor.accounts.models import User
from tests.factories import PASSWORD, UserFactory
from tests.smtp import Mailbox, running


@pytest.fixture(autouse=True)
def _fresh_limits(db: None, settings) -> Iterator[None]:
    """Begin each test with nothing counted against anybody, and hash passwords quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """Return a mailbox behind a real SMTP server that all mails go to."""
    with running() as (box, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield box


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    """Return an empty KONTOR_HOME."""
    settings.KONTOR_HOME = tmp_path
    return tmp_path


@pytest.fixture
def account():
    """Return a function that makes an account with a proven address and a password."""

    def make(email: str = "jo@example.org", password: str | None = PASSWORD, **fields: object) -> User:
        return User.objects.create_user(email, password, **{"name": "Jo Meer", "language": "en", **fields})

    return make


@pytest.fixture
def log_in(client: Client):
    """Return a function that logs in by the login page and gives the answer."""

    def post(email: str, password: str = PASSWORD, **more: str):
        return client.post("/account/login/", {"login": email, "password": password, **more})

    return post


@pytest.fixture
def stranger(db: None) -> User:
    """Return somebody with an account and no role."""
    made: User = UserFactory()
    return made
