"""End a call with its outcome; a talk becomes answers, needs and a hearing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import User
from kontor.listening.models import CallAttempt, CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.services.calls.again import try_again_at
from kontor.listening.services.calls.campaigns import last_place
from kontor.listening.services.calls.keeping import Typed, claim, write
from kontor.needs.models import Need
from kontor.needs.services.hearing import Occasion, note_hearing, take_answers
from kontor.questionnaires.answers import read
from kontor.questionnaires.vocabulary import vocabulary_of

State, Outcome = CallTarget.State, CallTarget.Outcome

# Outcomes after which nobody calls again in this campaign.
ENDS = (Outcome.REFUSED, Outcome.NO_NUMBER)
UNREACHED = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX, Outcome.NOT_IN, Outcome.WRONG_NUMBER)


@transaction.atomic
def finish_call(
    *,
    target: CallTarget,
    caller: User,
    edition: int,
    typed: Typed,
    outcome: str,
    language: str = "de",
    call_back_at: datetime | None = None,
    gives_up: bool = False,
) -> CallTarget:
    """Note the call, store what was typed and put the member where it belongs now.

    A talk is stored as it is: what cannot be read stays among the fields and is no answer. After a call
    without a talk the member comes back later, with `gives_up` not any more. The same form sent twice counts
    once. Raises ListeningError "call.outcome_unknown", "call.call_back_when", "call.call_back_past", or as
    `keep` does.
    """
    now = timezone.now()
    _check(outcome, call_back_at, now)
    if not _claimed(target, caller, edition, outcome):
        return CallTarget.objects.get(pk=target.pk)
    row = _written(target, typed)
    _note(row, caller, outcome, now)
    _put(row, outcome, call_back_at, now, gives_up=gives_up)
    if outcome == Outcome.TALKED:
        _take(row, language)
    row.save()
    return row


@transaction.atomic
def correct_call(
    *, target: CallTarget, caller: User, edition: int, typed: Typed, language: str = "de"
) -> CallTarget:
    """Replace the answers of a talk that is done; its day stays, needs follow what the answers say now.

    Raises ListeningError "call.not_done" or "call.other_tab".
    """
    done = CallTarget.objects.filter(pk=target.pk, edition=edition, state=State.DONE)
    if not done.update(edition=F("edition") + 1):
        current = CallTarget.objects.filter(pk=target.pk).first()
        is_done = current is not None and current.state == State.DONE
        raise ListeningError("call.other_tab" if is_done else "call.not_done")
    row = _written(target, typed)
    _take(row, language)
    row.save(update_fields=["answers"])
    return row


@transaction.atomic
def put_back(*, target: CallTarget) -> None:
    """Put a member back on the list whose calls had ended without a talk. Raises "call.not_ended"."""
    ended = CallTarget.objects.filter(pk=target.pk, state=State.ENDED)
    if not ended.update(state=State.OPEN, outcome="", call_back_at=None, edition=F("edition") + 1):
        raise ListeningError("call.not_ended")


def _check(outcome: str, call_back_at: datetime | None, now: datetime) -> None:
    if outcome not in Outcome.values:
        raise ListeningError("call.outcome_unknown")
    if outcome == Outcome.CALL_BACK and call_back_at is None:
        raise ListeningError("call.call_back_when")
    if call_back_at is not None and call_back_at <= now:
        raise ListeningError("call.call_back_past")


def _claimed(target: CallTarget, caller: User, edition: int, outcome: str) -> bool:
    """Return True where this form counts, False where the same one was carried out already; else raise."""
    if _is_repeated(target, caller, edition, outcome):
        return False
    try:
        claim(target, caller, edition)
    except ListeningError:
        # The first press of a double click may have been carried out while this one waited.
        if _is_repeated(target, caller, edition, outcome):
            return False
        raise
    return True


def _written(target: CallTarget, typed: Typed) -> CallTarget:
    """Store what was typed and return the row as it is now, with all that ending the call needs."""
    write(target, typed)
    rows = CallTarget.objects.select_related("campaign__version_asked", "organisation", "person")
    return rows.get(pk=target.pk)


def _note(row: CallTarget, caller: User, outcome: str, now: datetime) -> None:
    """Write the call into the log, with the number where it was a wrong one."""
    CallAttempt.objects.create(
        cluster_id=row.cluster_id,
        target=row,
        caller=caller,
        at=now,
        outcome=outcome,
        note=_wrong_number(row) if outcome == Outcome.WRONG_NUMBER else "",
    )


def _is_repeated(target: CallTarget, caller: User, edition: int, outcome: str) -> bool:
    """True where this very form has been carried out already."""
    after = CallTarget.objects.filter(pk=target.pk, edition=edition + 1, outcome=outcome)
    last = CallAttempt.objects.filter(target=target).values_list("caller_id", "outcome").first()
    return after.exclude(state=State.RESERVED).exists() and last == (caller.pk, outcome)


def _put(
    row: CallTarget, outcome: str, call_back_at: datetime | None, now: datetime, *, gives_up: bool
) -> None:
    """Set where the member stands after the call."""
    row.outcome, row.attempts = outcome, row.attempts + 1
    row.reserved_by = row.reserved_until = row.call_back_at = None
    if outcome == Outcome.TALKED:
        row.state, row.talked_at = State.DONE, now
    elif outcome in ENDS or gives_up:
        row.state = State.ENDED
    else:
        row.state = State.LATER
        row.call_back_at = call_back_at or try_again_at(outcome, now)
    if outcome == Outcome.WRONG_NUMBER:
        row.place = last_place(row.campaign) + 1


def _take(row: CallTarget, language: str) -> None:
    """Read the answers and bring needs, expectations and hearing to what they say."""
    occasion = Occasion(
        organisation=row.organisation,
        source=Need.Source.CALL,
        on=timezone.localdate(row.talked_at),
        reference=f"call:{row.campaign_id}:{row.pk}",
        person=row.person,
        language=language,
    )
    version = row.campaign.version_asked
    if version is None:
        note_hearing(cluster=row.cluster, occasion=occasion)
        return
    vocabulary = vocabulary_of(row.cluster, language, version.asked)
    row.answers = read(version.asked, row.fields, vocabulary, is_final=False).answers
    take_answers(cluster=row.cluster, occasion=occasion, definition=version.asked, answers=row.answers)


def _wrong_number(row: CallTarget) -> str:
    """Say which number it was, as far as the form tells."""
    if row.person is None:
        return ""
    return _("%(who)s: %(phone)s") % {"who": row.person, "phone": row.person.phone or "–"}
