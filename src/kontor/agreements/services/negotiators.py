"""Who speaks for the two sides: invite, change, withdraw."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.accounts.rules import MANAGEMENT
from kontor.accounts.services import claim_edit
from kontor.agreements.models import Agreement, Negotiator, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.holding import hold
from kontor.agreements.services.links import lay_link, withdraw_links
from kontor.agreements.services.stages import open_negotiation
from kontor.agreements.speaker import Speaker

MOST_NEGOTIATORS = 30
_ALIVE = (Agreement.State.DRAFT, Agreement.State.NEGOTIATING, Agreement.State.AGREED)


@transaction.atomic
def invite_negotiator(
    *,
    agreement: Agreement,
    speaker: Speaker,
    name: str,
    email: str,
    language: str,
    function: str = "",
    organisation: str = "",
) -> Negotiator:
    """Return a guest who may speak for the other side; a draft becomes open with the first one.

    The mail is a matter of its own: `mails.send_invitation`, once this is stored.

    Raises AgreementError "negotiator.is_there", "negotiator.too_many", or as `open_negotiation` does.
    """
    held = hold(agreement, *_ALIVE)
    if held.state == Agreement.State.DRAFT:
        held = open_negotiation(agreement=held, speaker=speaker)
    guest = _store(
        held,
        Negotiator(
            side=Side.THEM,
            name=name.strip(),
            email=email.strip().lower(),
            language=language,
            function=function.strip(),
            organisation=organisation.strip() or held.counterpart,
        ),
    )
    lay_link(guest)
    return guest


@transaction.atomic
def add_colleague(*, agreement: Agreement, user: User) -> Negotiator:
    """Return somebody of the cluster management as negotiator of our side, told of news by mail.

    Raises AgreementError "negotiator.not_management", "negotiator.is_there" or "negotiator.too_many".
    """
    held = hold(agreement, *_ALIVE)
    if not user.roles.filter(cluster=held.cluster_id, kind__in=MANAGEMENT).exists():
        raise AgreementError("negotiator.not_management")
    ours = {"side": Side.US, "user": user, "name": str(user)[:120], "email": user.email}
    return _store(held, Negotiator(**ours, language=user.language, organisation=held.our_name))


@transaction.atomic
def update_negotiator(
    *,
    negotiator: Negotiator,
    expected_version: int,
    name: str,
    email: str,
    language: str,
    function: str = "",
    organisation: str = "",
) -> Negotiator:
    """Return the guest changed; another address gets another link, and the old one opens nothing any more.

    Raises EditConflict, and AgreementError "negotiator.is_there" or "negotiator.is_revoked".
    """
    current = claim_edit(negotiator, expected_version)
    if current.revoked_at or current.side != Side.THEM:
        raise AgreementError("negotiator.is_revoked")
    address = email.strip().lower()
    if address != current.email.lower():
        withdraw_links(current)
        current.issue += 1
        current.invited_at, current.bounce_reason = None, ""
    current.name, current.email, current.language = name.strip(), address, language
    current.function, current.organisation = function.strip(), organisation.strip()
    try:
        with transaction.atomic():
            current.save()
    except IntegrityError as error:
        raise AgreementError("negotiator.is_there") from error
    lay_link(current)
    return current


@transaction.atomic
def revoke_negotiator(*, negotiator: Negotiator) -> None:
    """Close somebody's way in at once; what was said and accepted stays."""
    Negotiator.objects.filter(pk=negotiator.pk, revoked_at=None).update(revoked_at=timezone.now())
    withdraw_links(negotiator)


@transaction.atomic
def renew_negotiator(*, negotiator: Negotiator) -> Negotiator:
    """Return the guest with a new link, the old one closed; raises AgreementError "negotiator.is_revoked"."""
    current = Negotiator.objects.select_for_update().get(pk=negotiator.pk)
    if current.revoked_at or current.side != Side.THEM:
        raise AgreementError("negotiator.is_revoked")
    withdraw_links(current)
    current.issue += 1
    current.save(update_fields=["issue", "updated_at"])
    lay_link(current)
    return current


def _store(agreement: Agreement, negotiator: Negotiator) -> Negotiator:
    if agreement.negotiators.filter(revoked_at=None).count() >= MOST_NEGOTIATORS:
        raise AgreementError("negotiator.too_many", most=MOST_NEGOTIATORS)
    negotiator.cluster_id, negotiator.agreement = agreement.cluster_id, agreement
    try:
        with transaction.atomic():
            negotiator.save()
    except IntegrityError as error:
        raise AgreementError("negotiator.is_there") from error
    return negotiator
