"""Signed links: each opens one task for somebody without an account, until it is done or has expired."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kontor.accounts.models import Cluster, TaskLink
from kontor.accounts.services.refused import LinkRefused
from kontor.accounts.services.tokens import hash_of, new_token


def issue_link(
    *, cluster: Cluster, purpose: str, target: int, email: str, language: str, days: int = 30
) -> tuple[TaskLink, str]:
    """Return a new link and its token, which is shown here once and stored nowhere.

    purpose: "<room>.<task>"; target: primary key of the object that the task is about.
    """
    token = new_token()
    link = TaskLink.objects.create(
        cluster=cluster,
        purpose=purpose,
        target=target,
        email=email.strip().lower(),
        language=language,
        token_hash=hash_of(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return link, token


def open_link(*, cluster_slug: str, token: str, purpose: str, leaves_trace: bool = True) -> TaskLink:
    """Return the link that a token opens, with its cluster, and remember the first opening if it may.

    Raises LinkRefused "link.unknown" (also for another cluster or purpose), "link.done" or "link.expired".
    """
    link = find_link(cluster_slug=cluster_slug, token=token, purpose=purpose)
    if link is None:
        raise LinkRefused("link.unknown")
    if link.done_at:
        raise LinkRefused("link.done", cluster=link.cluster.name)
    if link.is_expired:
        raise LinkRefused("link.expired", cluster=link.cluster.name)
    if leaves_trace and link.opened_at is None:
        link.opened_at = timezone.now()
        TaskLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=link.opened_at)
    return link


def find_link(*, cluster_slug: str, token: str, purpose: str) -> TaskLink | None:
    """Return the link of a token whatever its state, or None. One query."""
    rows = TaskLink.objects.select_related("cluster")
    return rows.filter(cluster__slug=cluster_slug, purpose=purpose, token_hash=hash_of(token)).first()


@transaction.atomic
def finish_link(*, link: TaskLink) -> None:
    """Mark the task as done; neither this link nor another one that is open for the same task opens it again.

    Raises LinkRefused "link.done" where it was done meanwhile.
    """
    now = timezone.now()
    if not TaskLink.objects.filter(pk=link.pk, done_at=None).update(done_at=now):
        raise LinkRefused("link.done", cluster=link.cluster.name)
    _same_task(link).filter(done_at=None).update(done_at=now)


@transaction.atomic
def renew_link(*, link: TaskLink) -> str:
    """Return the token of a fresh link, as long-lived as the old one was; "" if the task is done."""
    since = _same_task(link).filter(created_at__gte=link.created_at)
    if since.filter(done_at__isnull=False).exists():
        return ""
    days = max(1, round((link.expires_at - link.created_at) / timedelta(days=1)))
    _, token = issue_link(
        cluster=link.cluster,
        purpose=link.purpose,
        target=link.target,
        email=link.email,
        language=link.language,
        days=days,
    )
    return token


def _same_task(link: TaskLink) -> QuerySet[TaskLink]:
    return TaskLink.objects.filter(
        cluster_id=link.cluster_id, purpose=link.purpose, target=link.target, email=link.email
    )
