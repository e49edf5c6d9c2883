"""Accounts: opening one, changing what a person has chosen, closing it for good."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.db import transaction

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.accounts.queries import managers_left_without
from kontor.accounts.services.audit import forget
from kontor.accounts.services.refused import Refused


@transaction.atomic
def open_account(*, email: str, name: str, language: str = "de", password: str | None = None) -> User:
    """Return a new account with a proven address; raises Refused "account.email_taken".

    Without a password only login codes and passkeys open the door.
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise Refused("account.email_taken", email=address)
    return User.objects.create_user(address, password, name=name.strip(), language=language)


def change_profile(*, user: User, name: str, language: str, theme: str) -> User:
    """Store how a person is called and how the pages look to them."""
    user.name, user.language, user.theme = name.strip(), language, theme
    user.save(update_fields=["name", "language", "theme"])
    return user


@transaction.atomic
def erase_account(*, user: User) -> None:
    """Delete an account with roles, sessions, keys and addresses; what was written loses its name.

    Raises Refused "account.is_last_manager" while a cluster would be left without a manager.
    """
    _refuse_last_manager(user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    words = [user.name, user.email, *_addresses(user)]
    roles = list(Role.objects.filter(user=user))
    forget(rows=roles, words=words)
    LogEntry.objects.filter(actor=user).update(actor=None, actor_email=None, remote_addr=None)
    LogEntry.objects.filter(actor_email__iexact=user.email).update(actor_email=None)
    with disable_auditlog():
        user.delete()


def _addresses(user: User) -> list[str]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


def _refuse_last_manager(user: User) -> None:
    roles = list(Role.objects.filter(user=user, kind=RoleKind.MANAGER).select_related("cluster"))
    # As for withdrawing a key: two last managers who go at once must queue up.
    list(
        Cluster.objects.select_for_update().filter(pk__in=[role.cluster_id for role in roles]).order_by("pk")
    )
    for role in roles:
        if not managers_left_without(role):
            raise Refused("account.is_last_manager", cluster=role.cluster.name)


def has_second_factor(user: User) -> bool:
    """True where the account asks for more than a password. One query."""
    return bool(is_mfa_enabled(user))
