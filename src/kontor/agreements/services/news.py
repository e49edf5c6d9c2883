"""Tell the negotiators what is new: at most one mail a day, and one for each batch of changes.

A batch is over when nothing has been written for half an hour. Whoever has looked meanwhile gets no mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from kontor.accounts.services.post import Letter, Post, post_office
from kontor.agreements.models import AgreementVersion, Negotiator
from kontor.agreements.queries.listing import progress
from kontor.agreements.queries.news import managing, news_for, to_be_told
from kontor.agreements.services.mails import digest_letter, version_letter
from kontor.jobs.progress import Progress
from kontor.jobs.services import start_job

DIGEST, VERSION = "agreements.send_digest", "agreements.send_version"
QUIET = timedelta(minutes=30)
BETWEEN = timedelta(days=1)
AGAIN_AFTER_FAILURE = timedelta(hours=1)


def tend_news(*, now: datetime) -> int:
    """Queue a mail for everybody who is to hear of news; return how many."""
    waiting = [each for each in to_be_told(now, now - QUIET) if news_for(each).is_any]
    for negotiator in waiting:
        start_job(
            kind=DIGEST,
            argument={"negotiator": negotiator.pk},
            scope=f"cluster:{negotiator.cluster_id}",
            key=f"negotiator:{negotiator.pk}",
        )
    return len(waiting)


def send_digest(*, negotiator_id: int, now: datetime) -> bool:
    """Send somebody the news, unless they have looked or were told meanwhile; tell whether a mail went out.

    Not to be called inside a transaction. Raises SMTPException or OSError where the server is away.
    """
    negotiator = to_be_told(now, now - QUIET).filter(pk=negotiator_id).first()
    news = news_for(negotiator) if negotiator else None
    if negotiator is None or news is None or not news.is_any:
        return False
    letter = digest_letter(negotiator, news, progress(negotiator.agreement))
    with post_office() as post:
        if _posted(post, letter, negotiator):
            Negotiator.objects.filter(pk=negotiator.pk).update(notified_at=now, quiet_until=now + BETWEEN)
            return True
    return False


def put_off(*, negotiator_id: int, now: datetime) -> None:
    """Try again later after the mail server was away three times."""
    Negotiator.objects.filter(pk=negotiator_id).update(quiet_until=now + AGAIN_AFTER_FAILURE)


def tell_of_version(version: AgreementVersion) -> None:
    """Queue the mails that tell all negotiators of a version."""
    start_job(
        kind=VERSION,
        argument={"version": version.pk},
        scope=f"cluster:{version.cluster_id}",
        key=f"version:{version.pk}",
    )


def send_version(*, version_id: int, steps: Progress) -> int:
    """Tell all negotiators of a version and return how many mails went out; nobody is told twice.

    Not to be called inside a transaction. Raises SMTPException or OSError where the server is away.
    """
    version = AgreementVersion.objects.select_related("agreement").filter(pk=version_id).first()
    if version is None:
        return 0
    waiting = list(_untold(version))
    sent = 0
    with post_office() as post:
        for done, negotiator in enumerate(waiting, start=1):
            if _posted(post, version_letter(negotiator, version), negotiator):
                Negotiator.objects.filter(pk=negotiator.pk).update(
                    told_version=version.number, notified_at=timezone.now()
                )
                sent += 1
            steps.step(done, len(waiting))
    return sent


def _untold(version: AgreementVersion) -> QuerySet[Negotiator]:
    rows = Negotiator.objects.filter(
        agreement=version.agreement_id,
        revoked_at=None,
        bounce_reason="",
        told_version__lt=version.number,
    )
    return managing(rows).select_related("agreement__cluster", "user").order_by(F("side").asc(), "pk")


def _posted(post: Post, letter: Letter, negotiator: Negotiator) -> bool:
    """Post a letter; note where the address is never taken."""
    reason = post(letter)
    if reason:
        Negotiator.objects.filter(pk=negotiator.pk).update(bounce_reason=reason[:300])
    return not reason
