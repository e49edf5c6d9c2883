"""The demo's password is public, so it opens nothing but the demo, and only where the console said so."""

from __future__ import annotations

import pytest

from kontor.accounts.models import Cluster, RoleKind, User
from kontor.demo.people import PASSWORD, let_in, logins, open_accounts
from tests.factories import ClusterFactory, UserFactory


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def demo(db: None) -> Cluster:
    """Return a demo cluster with its accounts."""
    made: Cluster = ClusterFactory(slug="nordlicht", is_demo=True)
    open_accounts(made)
    return made


def opened_by_the_public_password() -> set[str]:
    return {user.email for user in User.objects.all() if user.check_password(PASSWORD)}


def test_a_demo_that_a_page_has_loaded_opens_to_nobody(demo):
    assert opened_by_the_public_password() == set()


def test_the_console_opens_the_demo_to_every_role(demo):
    let_in()

    assert opened_by_the_public_password() == {login.email for login in logins()}


def test_an_account_with_a_password_of_its_own_keeps_it(demo):
    manager = User.objects.get(email=logins()[0].email)
    manager.set_password("ein langes Geheimwort")
    manager.save()

    let_in()

    assert manager.email not in opened_by_the_public_password()


def test_the_public_password_never_operates_an_installation_in_use(demo):
    operator = UserFactory(is_operator=True)

    let_in()

    assert list(User.objects.filter(is_operator=True)) == [operator]


def test_an_installation_that_is_only_a_demo_has_an_operator(demo):
    let_in()

    assert User.objects.get(is_operator=True).roles.get().kind == RoleKind.MANAGER
