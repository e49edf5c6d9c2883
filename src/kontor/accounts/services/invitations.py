"""Invitations: sent by mail, good for two weeks, accepted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import Cluster, Invitation, Role, RoleKind, User
from kontor.accounts.queries import invitation_for
from kontor.accounts.services.mail import public_address, send_mail
from kontor.accounts.services.refused import InvitationRefused, Refused
from kontor.accounts.services.tokens import hash_of, new_token

GOOD_FOR = timedelta(days=14)


@dataclass
class Sent:
    """What became of a batch of invitations; each list holds addresses."""

    sent: list[str] = field(default_factory=list)
    here_already: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def invite(
    *, cluster: Cluster, emails: Iterable[str], kind: RoleKind, language: str, note: str, invited_by: User
) -> Sent:
    """Invite each address; who has a key is left alone, and a mail that fails leaves nothing behind."""
    outcome = Sent()
    have_keys = {email.lower() for email in cluster.roles.values_list("user__email", flat=True)}
    for email in dict.fromkeys(each.strip().lower() for each in emails):
        if email in have_keys:
            outcome.here_already.append(email)
            continue
        try:
            _offer(
                cluster, email, {"kind": kind, "language": language, "note": note, "invited_by": invited_by}
            )
        except Refused:
            outcome.failed.append(email)
        else:
            outcome.sent.append(email)
    return outcome


@transaction.atomic
def _offer(cluster: Cluster, email: str, fields: dict[str, object]) -> None:
    invitation = cluster.invitations.filter(email__iexact=email, accepted_at=None).first()
    invitation = invitation or Invitation(cluster=cluster, email=email)
    for name, value in fields.items():
        setattr(invitation, name, value)
    _send_anew(invitation)


@transaction.atomic
def resend_invitation(*, invitation: Invitation) -> None:
    """Send a new link, good for two weeks again; the old one opens nothing any more.

    Raises InvitationRefused "invitation.accepted" or Refused "mail.not_sent".
    """
    current = (
        Invitation.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=invitation.pk)
    )
    if current.accepted_at:
        raise InvitationRefused("invitation.accepted")
    _send_anew(current)


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Delete an invitation; its link opens nothing any more."""
    invitation.delete()


def find_invitation(*, token: str) -> Invitation:
    """Return the invitation that a token opens.

    Raises InvitationRefused "invitation.unknown", "invitation.accepted" or "invitation.expired".
    """
    invitation = invitation_for(hash_of(token))
    if invitation is None:
        raise InvitationRefused("invitation.unknown")
    if invitation.accepted_at:
        raise InvitationRefused("invitation.accepted", cluster=invitation.cluster.name)
    if not invitation.is_open:
        raise InvitationRefused("invitation.expired", cluster=invitation.cluster.name)
    return invitation


def ask_for_new_invitation(*, token: str) -> None:
    """Mail a fresh link to the address of an expired invitation; any other token changes nothing."""
    invitation = invitation_for(hash_of(token))
    if invitation and not invitation.accepted_at and not invitation.is_open:
        resend_invitation(invitation=invitation)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Role:
    """Give `user` the offered key and return it; a key held already stays as it is.

    Raises InvitationRefused as `find_invitation` does where somebody was quicker.
    """
    won = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=timezone.now())
    if not won.update(accepted_at=timezone.now()):
        raise InvitationRefused("invitation.accepted", cluster=invitation.cluster.name)
    role, _ = Role.objects.get_or_create(
        cluster_id=invitation.cluster_id, user=user, defaults={"kind": invitation.kind}
    )
    return role


def _send_anew(invitation: Invitation) -> None:
    """Store a new token and mail it; the row is only kept if the mail goes out."""
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.expires_at = timezone.now() + GOOD_FOR
    invitation.save()
    send_mail(
        template="accounts/mail/invitation",
        to=invitation.email,
        language=invitation.language,
        context={
            "invitation": invitation,
            "address": public_address(reverse("accounts:invitation", args=[token])),
        },
    )
