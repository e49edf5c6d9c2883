"""Close a survey, by hand or by its date, open it again, and do what is left once nobody types any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from kontor.accounts.services import claim_edit
from kontor.jobs.models import Job
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.services.surveys.anonymity import mix, note_hearings
from kontor.listening.services.surveys.links import prolong_links
from kontor.listening.services.surveys.sending import (
    INVITATIONS,
    KIND,
    REMINDERS,
    start_sending,
    to_invite,
    to_remind,
)

WAIT_BEFORE_TRYING_AGAIN = timedelta(minutes=15)


@transaction.atomic
def close_survey(*, survey: Survey, now: datetime) -> None:
    """Close a running survey now; who is typing may finish within the grace time.

    Raises ListeningError "survey.not_running".
    """
    running = Survey.objects.filter(pk=survey.pk, state=Survey.State.RUNNING)
    if not running.update(state=Survey.State.CLOSED, closed_at=now, version=F("version") + 1):
        raise ListeningError("survey.not_running")


@transaction.atomic
def reopen_survey(*, survey: Survey, closes_at: datetime, now: datetime) -> None:
    """Let a closed survey run again until a new day; links and drafts work as before.

    Raises ListeningError "survey.not_closed", "survey.closing_needed" or "survey.figures_are_out".
    """
    _require_future(closes_at, now)
    closed = Survey.objects.filter(pk=survey.pk, state=Survey.State.CLOSED)
    # Whoever has seen the figures could invite one person more and read the answers off the difference.
    if survey.is_anonymous and closed.filter(closed_at__lte=now - _grace(survey)).exists():
        raise ListeningError("survey.figures_are_out")
    reopened = closed.update(
        state=Survey.State.RUNNING,
        closes_at=closes_at,
        closed_at=None,
        settled_at=None,
        version=F("version") + 1,
    )
    if not reopened:
        raise ListeningError("survey.not_closed")
    survey.refresh_from_db()
    prolong_links(survey)


@transaction.atomic
def reschedule(*, survey: Survey, expected_version: int, closes_at: datetime, now: datetime) -> None:
    """Move the closing date of a running survey; raises EditConflict or ListeningError."""
    _require_future(closes_at, now)
    current = claim_edit(survey, expected_version)
    if current.state != Survey.State.RUNNING:
        raise ListeningError("survey.not_running")
    current.closes_at = closes_at
    current.save(update_fields=["closes_at", "updated_at"])
    prolong_links(current)


def tend_surveys(*, now: datetime) -> None:
    """Do what is due in all clusters; several workers may call it at once, each act is done by one."""
    close_due(now)
    for survey in _over(now):
        settle(survey, now)
    _remind_due(now)
    _send_what_is_left(now)
    _forget_the_gone()


def close_due(now: datetime) -> int:
    """Close the surveys whose date has passed, as of that date, and return how many.

    Pages call it too. Looking costs no lock, so it comes first; the closing is one statement, done by one.
    """
    due = Survey.objects.filter(state=Survey.State.RUNNING, closes_at__lte=now)
    if not due.exists():
        return 0
    return due.update(state=Survey.State.CLOSED, closed_at=F("closes_at"), version=F("version") + 1)


@transaction.atomic
def settle(survey: Survey, now: datetime) -> None:
    """After the grace time: count the members heard anonymously, and mix the rows. Done once."""
    mine = Survey.objects.filter(pk=survey.pk, state=Survey.State.CLOSED, settled_at=None)
    if mine.update(settled_at=now) and survey.is_anonymous:
        note_hearings(survey)
        mix(survey)


def _over(now: datetime) -> list[Survey]:
    closed = Survey.objects.filter(state=Survey.State.CLOSED, settled_at=None).select_related("cluster")
    return [each for each in closed if each.closed_at and now >= each.closed_at + _grace(each)]


def _grace(survey: Survey) -> timedelta:
    return timedelta(minutes=survey.grace_minutes)


def _remind_due(now: datetime) -> None:
    due = Survey.objects.filter(state=Survey.State.RUNNING, remind_at__lte=now)
    for survey in due:
        with transaction.atomic():
            claimed = Survey.objects.filter(pk=survey.pk, remind_at=survey.remind_at).update(remind_at=None)
            if claimed and to_remind(survey, now).exists():
                start_sending(survey=survey, what=REMINDERS)


def _send_what_is_left(now: datetime) -> None:
    """Try again the invitations that a mail server did not take for a while."""
    for survey in Survey.objects.filter(
        state=Survey.State.RUNNING, opened_at__lte=now - WAIT_BEFORE_TRYING_AGAIN
    ):
        if to_invite(survey).exists() and not _has_tried_lately(survey, now):
            start_sending(survey=survey, what=INVITATIONS)


def _has_tried_lately(survey: Survey, now: datetime) -> bool:
    jobs = Job.objects.filter(scope=f"cluster:{survey.cluster_id}", kind=KIND, key=f"survey:{survey.pk}")
    # A server that refuses the mail itself must not be asked every quarter of an hour: a person decides.
    is_hopeless = Q(error_code="survey.mail_refused")
    return jobs.filter(Q(created_at__gt=now - WAIT_BEFORE_TRYING_AGAIN) | is_hopeless).exists()


def _forget_the_gone() -> None:
    """Blot out the addresses of people who were taken out of the directory."""
    gone = Invitee.objects.filter(person=None).exclude(email__endswith=".invalid")
    blank = Concat(Value("gone-"), Cast("pk", CharField()), Value("@kontor.invalid"))
    gone.update(email=blank, bounce_reason="")


def _require_future(closes_at: datetime | None, now: datetime) -> None:
    if closes_at is None or closes_at <= now:
        raise ListeningError("survey.closing_needed")
