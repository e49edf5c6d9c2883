"""The links by which people answer: tokens, their rows, and the key under which a draft lies.

A named survey derives the token from the installation's secret, so that a reminder carries the same link
although only its hash is stored. An anonymous one draws it by chance: nobody who holds the secret and the
database can make it again, and it alone opens the draft.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from kontor.accounts.models import TaskLink
from kontor.accounts.services.tokens import hash_of, new_token
from kontor.listening.models import Invitee, Survey

PURPOSE = "listening.answer"
# A link tells for a while that the survey is closed before it opens nothing at all.
DAYS_AFTER_CLOSING = 30


def token_of(invitee: Invitee) -> str:
    """Return the token of an invitee of a named survey; the same at every call until the next issue."""
    digest = salted_hmac(PURPOSE, f"{invitee.pk}:{invitee.issue}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def draft_key(invitee: Invitee, token: str, *, is_anonymous: bool) -> str:
    """Return under which key the draft lies: in a named survey the same for every link of the invitee.

    In an anonymous survey it comes from the token by another way than the link's own hash, so that the two
    rows cannot be laid side by side.
    """
    if is_anonymous:
        return hash_of(f"listening.draft:{token}")
    return salted_hmac("listening.draft", f"{invitee.pk}:{invitee.issue}", algorithm="sha256").hexdigest()


def links_for(survey: Survey, invitees: Sequence[Invitee]) -> dict[int, str]:
    """Return invitee → token of a link that works, making the rows that are missing. Three queries."""
    make = new_token if survey.is_anonymous else None
    tokens = {each.pk: make() if make else token_of(each) for each in invitees}
    hashes = {pk: hash_of(token) for pk, token in tokens.items()}
    known = set() if make else _known(hashes.values())
    until = expiry(survey)
    TaskLink.objects.bulk_create(
        (
            TaskLink(
                cluster_id=survey.cluster_id,
                purpose=PURPOSE,
                target=each.pk,
                email=each.email,
                language=each.language,
                token_hash=hashes[each.pk],
                expires_at=until,
            )
            for each in invitees
            if hashes[each.pk] not in known
        ),
        batch_size=500,
    )
    return tokens


def _known(hashes: object) -> set[str]:
    wanted = list(hashes)  # type: ignore[call-overload]
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        rows = TaskLink.objects.filter(token_hash__in=wanted[start : start + 500])
        found.update(rows.values_list("token_hash", flat=True))
    return found


def expiry(survey: Survey) -> datetime:
    """Return until when links of a survey lead to it."""
    assert survey.closes_at is not None  # an open survey has a closing date
    return survey.closes_at + timedelta(days=DAYS_AFTER_CLOSING)


def prolong_links(survey: Survey) -> None:
    """Let all links of the survey live as long as its new closing date asks. One query."""
    of_survey = Invitee.objects.filter(survey=survey).values("pk")
    links = TaskLink.objects.filter(cluster=survey.cluster_id, purpose=PURPOSE, target__in=of_survey)
    links.update(expires_at=expiry(survey))


def withdraw_links(invitee: Invitee) -> None:
    """Delete all links of an invitee; whoever still holds one finds nothing behind it."""
    TaskLink.objects.filter(cluster=invitee.cluster_id, purpose=PURPOSE, target=invitee.pk).delete()
