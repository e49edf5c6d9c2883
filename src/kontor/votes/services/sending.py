"""Mail the links: one organisation after another, each marked once the server has accepted the mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db.models import Q, QuerySet
from django.utils import timezone

from kontor.accounts.services.post import Letter, Post, post_office
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.services import start_job
from kontor.votes.models import Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.services.links import links_for
from kontor.votes.services.mails import letter_for

KIND = "votes.send_vote_mails"
INVITATIONS, REMINDERS = "invitations", "reminders"
BATCH = 100


@dataclass
class _Tally:
    accepted: int = 0
    refused: int = 0
    later: int = 0


def start_sending(*, vote: Vote, what: str, since: datetime, requested_by: str = "") -> Job:
    """Queue the mails that are due; while mails of this vote are on their way, return that job instead."""
    argument: dict[str, object] = {"vote": vote.pk, "what": what, "since": since.isoformat()}
    scope = f"cluster:{vote.cluster_id}"
    return start_job(
        kind=KIND, argument=argument, scope=scope, requested_by=requested_by, key=f"vote:{vote.pk}"
    )


def remind(*, vote: Vote, now: datetime, requested_by: str = "") -> Job:
    """Queue a reminder to those only who have not voted.

    Raises VoteError "vote.not_open", "vote.nobody_to_remind" or "vote.still_sending".
    """
    if not is_running(vote, now):
        raise VoteError("vote.not_open")
    if not to_remind(vote, now).exists():
        raise VoteError("vote.nobody_to_remind")
    job = start_sending(vote=vote, what=REMINDERS, since=now, requested_by=requested_by)
    if job.argument.get("what") != REMINDERS:
        raise VoteError("vote.still_sending")
    return job


def is_running(vote: Vote, now: datetime) -> bool:
    """True while votes are taken."""
    return vote.state == Vote.State.OPEN and now < vote.closes_at


def to_invite(vote: Vote) -> QuerySet[Elector]:
    """Return whose invitation has not gone out."""
    return _silent(vote).filter(mail=Elector.Mail.WAITING)


def to_remind(vote: Vote, since: datetime) -> QuerySet[Elector]:
    """Return who gets a reminder asked for at `since`: invited before, silent, and not reminded after it."""
    found = _silent(vote).filter(mail=Elector.Mail.SENT, invited_at__lt=since)
    return found.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=since))


def _silent(vote: Vote) -> QuerySet[Elector]:
    return Elector.objects.filter(vote=vote, has_voted=False).exclude(email="").order_by("pk")


def send_mails(*, vote: Vote, what: str, since: datetime, progress: Progress) -> dict[str, object]:
    """Send what is due and return how many were accepted and refused. Not to be called in a transaction.

    An interrupted run is simply called again: whom it has marked gets nothing twice. Raises SMTPException or
    OSError where the server is away (try again later), VoteError "vote.mail_refused" where it refuses the
    mail itself.
    """
    due = to_remind(vote, since) if what == REMINDERS else to_invite(vote)
    total, done, tally = due.count(), 0, _Tally()
    with post_office() as post:
        for batch in _batches(due):
            if not Vote.objects.filter(pk=vote.pk, state=Vote.State.OPEN).exists():
                break
            tokens = links_for(vote, batch)
            for elector in batch:
                letter = letter_for(vote, elector, tokens[elector.pk], is_reminder=what == REMINDERS)
                _send(post, letter, elector, what, tally)
                done += 1
                progress.step(done, total)
    if tally.later:
        raise ConnectionError(f"{tally.later} mails are to be tried again")
    return {"accepted": tally.accepted, "refused": tally.refused}


def _batches(due: QuerySet[Elector]) -> Iterator[list[Elector]]:
    """Yield those who are due in portions, each looked up afresh, so that nobody counts who has voted."""
    last = 0
    while batch := list(due.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _send(post: Post, letter: Letter, elector: Elector, what: str, tally: _Tally) -> None:
    try:
        reason = post(letter)
    except SMTPRecipientsRefused:
        tally.later += 1  # the server asks to come back; the others go on
        return
    except (SMTPDataError, SMTPSenderRefused) as error:
        if error.smtp_code < 500:
            raise
        said = error.smtp_error
        reason = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        raise VoteError("vote.mail_refused", reason=reason[:200]) from error
    # Only this address: the contact may have been changed while the mail was on its way.
    mine = Elector.objects.filter(pk=elector.pk, email=elector.email)
    if reason:
        tally.refused += 1
        mine.update(mail=Elector.Mail.FAILED, mail_problem=reason[:300])
    else:
        tally.accepted += 1
        _mark(mine, what)


def _mark(mine: QuerySet[Elector], what: str) -> None:
    now = timezone.now()
    if what == REMINDERS:
        mine.update(reminded_at=now)
    else:
        mine.update(mail=Elector.Mail.SENT, mail_problem="", invited_at=now)
