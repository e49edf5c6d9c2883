"""Mail the links: one person after another, each marked once the server has accepted the mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kontor.accounts.services.post import Letter, Post, post_office
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.services import start_job
from kontor.studies.models import Assessor, Study
from kontor.studies.problems import StudyError
from kontor.studies.services.inviting_links import links_for
from kontor.studies.services.inviting_mails import letter_for

KIND = "studies.send_assessor_mails"
INVITATIONS, REMINDERS = "invitations", "reminders"
BATCH = 100
RUNNING = (Study.State.JUDGING, Study.State.OPEN)


@dataclass
class _Tally:
    accepted: int = 0
    refused: int = 0
    later: int = 0


def invite(*, study: Study, now: datetime, requested_by: str = "") -> Job:
    """Queue the links to everybody who has not got one.

    Raises StudyError "study.not_judging", "study.nobody_to_invite" or "study.still_sending".
    """
    _require_running(study)
    if not to_invite(study).exists():
        raise StudyError("study.nobody_to_invite")
    return _start(study, INVITATIONS, now, requested_by)


def remind(*, study: Study, now: datetime, requested_by: str = "") -> Job:
    """Queue a reminder to those only who have not handed in.

    Raises StudyError "study.not_judging", "study.nobody_to_remind" or "study.still_sending".
    """
    _require_running(study)
    if not to_remind(study, now).exists():
        raise StudyError("study.nobody_to_remind")
    return _start(study, REMINDERS, now, requested_by)


def to_invite(study: Study) -> QuerySet[Assessor]:
    """Return who has not got the link yet and whose address has not been refused."""
    return study.assessors.filter(invited_at=None, mail_problem="").order_by("pk")


def to_remind(study: Study, since: datetime) -> QuerySet[Assessor]:
    """Return who gets a reminder asked for at `since`: invited before, not done, not reminded since."""
    found = missing(study).filter(invited_at__lt=since, mail_problem="")
    return found.filter(Q(reminded_at=None) | Q(reminded_at__lt=since)).order_by("pk")


def missing(study: Study) -> QuerySet[Assessor]:
    """Return whose weights or scores are not handed in."""
    no_weights = Q(weighs=True) & (Q(weight_statement=None) | Q(weight_statement__submitted_at=None))
    return study.assessors.filter(no_weights | Q(scores_candidates=True, submitted_scores_at=None))


def latest_job(study: Study) -> Job | None:
    """Return the newest job that sends mails of the study. One query."""
    jobs = Job.objects.filter(scope=f"cluster:{study.cluster_id}", kind=KIND, key=f"study:{study.pk}")
    return jobs.order_by("-pk").first()


def send_mails(*, study: Study, what: str, since: datetime, progress: Progress) -> dict[str, object]:
    """Send what is due and return how many were accepted and refused. Not to be called in a transaction.

    An interrupted run is simply called again: whom it has marked gets nothing twice. Raises SMTPException or
    OSError where the server is away (try again later), StudyError "study.mail_refused" where it refuses the
    mail itself.
    """
    due = to_remind(study, since) if what == REMINDERS else to_invite(study)
    total, done, tally = due.count(), 0, _Tally()
    with post_office() as post:
        for batch in _batches(due):
            if not Study.objects.filter(pk=study.pk, state__in=RUNNING).exists():
                break
            tokens = links_for(batch)
            for assessor in batch:
                letter = letter_for(study, assessor, tokens[assessor.pk], is_reminder=what == REMINDERS)
                _send(post, letter, assessor, what, tally)
                done += 1
                progress.step(done, total)
    if tally.later:
        raise ConnectionError(f"{tally.later} mails are to be tried again")
    return {"accepted": tally.accepted, "refused": tally.refused}


def _require_running(study: Study) -> None:
    if study.state not in RUNNING:
        raise StudyError("study.decided" if study.state == Study.State.DECIDED else "study.not_judging")


def _start(study: Study, what: str, now: datetime, requested_by: str) -> Job:
    job = start_job(
        kind=KIND,
        argument={"study": study.pk, "what": what, "since": now.isoformat()},
        scope=f"cluster:{study.cluster_id}",
        requested_by=requested_by,
        key=f"study:{study.pk}",
    )
    if job.argument.get("what") != what:
        raise StudyError("study.still_sending")
    return job


def _batches(due: QuerySet[Assessor]) -> Iterator[list[Assessor]]:
    """Yield those who are due in portions, each looked up afresh, so that nobody counts who has handed in."""
    last = 0
    while batch := list(due.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _send(post: Post, letter: Letter, assessor: Assessor, what: str, tally: _Tally) -> None:
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
        raise StudyError("study.mail_refused", reason=reason[:200]) from error
    # Only this address: it may have been changed while the mail was on its way.
    mine = Assessor.objects.filter(pk=assessor.pk, email=assessor.email)
    if reason:
        tally.refused += 1
        mine.update(mail_problem=reason[:300])
    else:
        tally.accepted += 1
        now = timezone.now()
        mine.update(**{"reminded_at" if what == REMINDERS else "invited_at": now}, version=F("version") + 1)
