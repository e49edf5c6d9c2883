"""Send invitations and reminders: many, one after another, each marked once the server has accepted it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kontor.accounts.services.post import Letter, Post, post_office
from kontor.actors.models import Person
from kontor.actors.queries.people import may_be_written_to
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.services import start_job
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.services.surveys.links import links_for
from kontor.listening.services.surveys.mails import letter_for

logger = logging.getLogger(__name__)

KIND = "listening.send_survey_mails"
INVITATIONS, REMINDERS = "invitations", "reminders"
BATCH = 100
# So many refusals before the first accepted mail say more about the server than about the addresses.
SUSPICIOUS = 10


@dataclass
class _Tally:
    accepted: int = 0
    later: int = 0
    refused: list[int] = field(default_factory=list)


def start_sending(*, survey: Survey, what: str, requested_by: str = "") -> Job:
    """Queue the mails that are due; while mails of this survey are on their way, return that job instead."""
    argument: dict[str, object] = {"survey": survey.pk, "what": what, "since": timezone.now().isoformat()}
    scope = f"cluster:{survey.cluster_id}"
    return start_job(
        kind=KIND, argument=argument, scope=scope, requested_by=requested_by, key=f"survey:{survey.pk}"
    )


def remind(*, survey: Survey, now: datetime, requested_by: str = "") -> Job:
    """Queue reminders to those who have not answered.

    Raises ListeningError "survey.not_running", "survey.nobody_to_remind" or "survey.still_sending".
    """
    if survey.state != Survey.State.RUNNING or (survey.closes_at and survey.closes_at <= now):
        raise ListeningError("survey.not_running")
    if not to_remind(survey, now).exists():
        raise ListeningError("survey.nobody_to_remind")
    job = start_sending(survey=survey, what=REMINDERS, requested_by=requested_by)
    if job.argument.get("what") != REMINDERS:
        raise ListeningError("survey.still_sending")
    return job


def to_invite(survey: Survey) -> QuerySet[Invitee]:
    """Return those whose invitation has not gone out and who may still be written to."""
    return _writable(survey).filter(state=Invitee.State.WAITING)


def to_remind(survey: Survey, since: datetime) -> QuerySet[Invitee]:
    """Return who gets a reminder asked for at `since`: invited before, silent, and not reminded after it.

    In a survey that takes one answer per organisation, nobody is reminded whose colleague has answered.
    """
    found = _writable(survey).filter(state=Invitee.State.SENT, sent_at__lt=since)
    found = found.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=since))
    if survey.one_per == Survey.OnePer.ORGANISATION:
        spoke = Invitee.objects.filter(survey=survey, is_answered=True).values("organisation")
        found = found.exclude(organisation__in=spoke)
    return found


def _writable(survey: Survey) -> QuerySet[Invitee]:
    # Asked again at every mail: somebody may have withdrawn the consent since the survey was opened.
    agreed = Person.objects.filter(may_be_written_to(), cluster=survey.cluster_id).values("pk")
    return Invitee.objects.filter(survey=survey, is_answered=False, person__in=agreed).order_by("pk")


def send_mails(*, survey: Survey, what: str, since: datetime, progress: Progress) -> dict[str, object]:
    """Send what is due and return how many were accepted and refused. Not to be called in a transaction.

    An interrupted run is simply called again: whom it has marked gets nothing twice. Raises SMTPException or
    OSError where the server is away (try again later), ListeningError "survey.mail_refused" where it refuses
    the mail itself.
    """
    waiting = to_remind(survey, since) if what == REMINDERS else to_invite(survey)
    total = waiting.count()
    tally = _Tally()
    done = 0
    with post_office() as post:
        for batch in _batches(waiting):
            tokens = links_for(survey, batch)
            for invitee in batch:
                letter = letter_for(survey, invitee, tokens[invitee.pk], is_reminder=what == REMINDERS)
                _send(post, letter, invitee, what, tally)
                done += 1
                progress.step(done, total)
            if not _is_running(survey):
                break
    if tally.later:
        raise ConnectionError(f"{tally.later} mails are to be tried again")
    return {"accepted": tally.accepted, "refused": len(tally.refused)}


def _batches(waiting: QuerySet[Invitee]) -> Iterator[list[Invitee]]:
    """Yield those who are due in portions, each looked up afresh, so that nobody counts who has answered."""
    last = 0
    while True:
        rows = waiting.filter(pk__gt=last).select_related("person", "organisation")
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def _is_running(survey: Survey) -> bool:
    now = timezone.now()
    return Survey.objects.filter(pk=survey.pk, state=Survey.State.RUNNING, closes_at__gt=now).exists()


def _send(post: Post, letter: Letter, invitee: Invitee, what: str, tally: _Tally) -> None:
    try:
        reason = post(letter)
    except SMTPRecipientsRefused:
        tally.later += 1  # the server asks to come back; the others go on
        return
    except (SMTPDataError, SMTPSenderRefused) as error:
        if error.smtp_code < 500:
            raise
        raise ListeningError("survey.mail_refused", reason=_words(error.smtp_error)) from error
    if reason:
        _note_refusal(invitee, reason, tally)
    else:
        tally.accepted += 1
        _mark(invitee, what)


def _mark(invitee: Invitee, what: str) -> None:
    """Note in one statement of its own that the mail is out."""
    now = timezone.now()
    mine = Invitee.objects.filter(pk=invitee.pk)
    if what == REMINDERS:
        mine.update(reminded_at=now, reminders=F("reminders") + 1)
    else:
        mine.filter(state=Invitee.State.WAITING).update(state=Invitee.State.SENT, sent_at=now)


def _note_refusal(invitee: Invitee, reason: str, tally: _Tally) -> None:
    tally.refused.append(invitee.pk)
    before = invitee.state
    Invitee.objects.filter(pk=invitee.pk).update(state=Invitee.State.BOUNCED, bounce_reason=reason[:300])
    if not tally.accepted and len(tally.refused) >= SUSPICIOUS:
        Invitee.objects.filter(pk__in=tally.refused).update(state=before, bounce_reason="")
        raise ListeningError("survey.mail_refused", reason=reason[:200])


def _words(error: bytes | str) -> str:
    return (error.decode(errors="replace") if isinstance(error, bytes) else str(error))[:200]
