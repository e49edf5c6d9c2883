"""What the clock asks of votes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from kontor.accounts.models import TaskLink
from kontor.jobs.models import Job
from kontor.votes.models import Elector, Vote
from kontor.votes.services.closing import cancel_without_key, close_due
from kontor.votes.services.links import DAYS_AFTER_CLOSING, PURPOSE
from kontor.votes.services.sending import INVITATIONS, KIND, start_sending, to_invite

WAIT_BEFORE_TRYING_AGAIN = timedelta(minutes=15)


def tend_votes(*, now: datetime) -> None:
    """Do what is due in all clusters; several workers may call it at once, each act is done by one."""
    cancel_without_key(now=now)
    close_due(now=now)
    _send_what_is_left(now)
    _forget(now)


def _send_what_is_left(now: datetime) -> None:
    """Try again the invitations that a mail server did not take for a while."""
    open_ones = Vote.objects.filter(
        state=Vote.State.OPEN, closes_at__gt=now, opened_at__lte=now - WAIT_BEFORE_TRYING_AGAIN
    )
    for vote in open_ones:
        if to_invite(vote).exists() and not _has_tried_lately(vote, now):
            start_sending(vote=vote, what=INVITATIONS, since=now)


def _has_tried_lately(vote: Vote, now: datetime) -> bool:
    jobs = Job.objects.filter(scope=f"cluster:{vote.cluster_id}", kind=KIND, key=f"vote:{vote.pk}")
    # A server that refuses the mail itself must not be asked every quarter of an hour: a person decides.
    is_hopeless = Q(error_code="vote.mail_refused")
    return jobs.filter(Q(created_at__gt=now - WAIT_BEFORE_TRYING_AGAIN) | is_hopeless).exists()


def _forget(now: datetime) -> None:
    """Blot out names and addresses: of people taken out of the directory, and of all once links are over."""
    over = Vote.objects.exclude(state=Vote.State.DRAFT).filter(
        closes_at__lte=now - timedelta(days=DAYS_AFTER_CLOSING), closed_at__isnull=False
    )
    gone = Elector.objects.filter(Q(person=None, is_typed=False) | Q(vote__in=over))
    known = list(gone.exclude(email="", name="").values_list("pk", flat=True))
    if not known:
        return
    TaskLink.objects.filter(purpose=PURPOSE, target__in=known).delete()
    Elector.objects.filter(pk__in=known).update(email="", name="", mail_problem="")
