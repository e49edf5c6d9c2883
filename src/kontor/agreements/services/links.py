"""The signed links by which the other side negotiates: reusable, until they are withdrawn or expire.

The token is derived from the installation's secret, so that every mail carries the same link although only
its hash is stored.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from kontor.accounts.models import TaskLink
from kontor.accounts.services.tokens import hash_of
from kontor.agreements.models import Agreement, Negotiator, Side

PURPOSE = "agreements.negotiate"
# A round takes months; after it the link still shows and hands out what was agreed.
GOOD_FOR = timedelta(days=365)


def token_of(negotiator: Negotiator) -> str:
    """Return the token of a guest's link; the same at every call until the next issue."""
    said = f"{negotiator.pk}:{negotiator.issue}:{negotiator.email.lower()}"
    digest = salted_hmac(PURPOSE, said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def lay_link(negotiator: Negotiator) -> str:
    """Return the token of a link that works, good for a year from now."""
    token = token_of(negotiator)
    fields = {
        "cluster_id": negotiator.cluster_id,
        "purpose": PURPOSE,
        "target": negotiator.pk,
        "email": negotiator.email.lower(),
    }
    again = {"language": negotiator.language, "expires_at": _until()}
    TaskLink.objects.update_or_create(token_hash=hash_of(token), defaults={**fields, **again})
    return token


def prolong_links(agreement: Agreement) -> None:
    """Let the links of an agreement live for another year. One query."""
    guests = agreement.negotiators.filter(side=Side.THEM, revoked_at=None).values("pk")
    links = TaskLink.objects.filter(cluster_id=agreement.cluster_id, purpose=PURPOSE, target__in=guests)
    links.update(expires_at=_until())


def withdraw_links(negotiator: Negotiator) -> None:
    """Delete all links of a guest; whoever still holds one finds nothing behind it."""
    TaskLink.objects.filter(cluster_id=negotiator.cluster_id, purpose=PURPOSE, target=negotiator.pk).delete()


def _until() -> datetime:
    return timezone.now() + GOOD_FOR
