"""The links by which assessors come in: one for each issue, so that a reminder carries the same address.

The token is derived from the installation's secret; the database holds its hash alone. A link leads on until
the study is decided and shows afterwards that it is over; nothing that an assessor does uses it up.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kontor.accounts.models import TaskLink
from kontor.accounts.services.tokens import hash_of
from kontor.studies.models import Assessor, Study

PURPOSE = "studies.assess"
DAYS = 180


def token_of(assessor: Assessor) -> str:
    """Return the token of an assessor; the same at every call until a new link is made."""
    digest = salted_hmac(PURPOSE, f"{assessor.pk}:{assessor.issue}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def links_for(assessors: Iterable[Assessor]) -> dict[int, str]:
    """Return assessor → token of a link that works, making or prolonging the rows. Three queries."""
    rows = list(assessors)
    tokens = {each.pk: token_of(each) for each in rows}
    hashes = {each.pk: hash_of(tokens[each.pk]) for each in rows}
    until = _until()
    stored = TaskLink.objects.filter(token_hash__in=hashes.values())
    known = set(stored.values_list("token_hash", flat=True))
    stored.update(expires_at=until)
    TaskLink.objects.bulk_create(
        TaskLink(
            cluster_id=each.cluster_id,
            purpose=PURPOSE,
            target=each.pk,
            email=each.email,
            language=each.language,
            token_hash=hashes[each.pk],
            expires_at=until,
        )
        for each in rows
        if hashes[each.pk] not in known
    )
    return tokens


def links_of(study: Study) -> QuerySet[TaskLink]:
    """Return all links into a study."""
    people = Assessor.objects.filter(study=study).values("pk")
    return TaskLink.objects.filter(cluster=study.cluster_id, purpose=PURPOSE, target__in=people)


def withdraw_links(assessor: Assessor) -> None:
    """Delete the links of an assessor; whoever still holds one finds nothing behind it."""
    TaskLink.objects.filter(cluster=assessor.cluster_id, purpose=PURPOSE, target=assessor.pk).delete()


def _until() -> datetime:
    return timezone.now() + timedelta(days=DAYS)
