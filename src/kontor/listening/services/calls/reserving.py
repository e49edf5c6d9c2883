"""Hand members out to callers: each to one at most, and none is lost when somebody walks away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from kontor.accounts.models import User
from kontor.listening.models import CallCampaign, CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.queries.calls.waiting import expired, held_by, waiting

State = CallTarget.State


@transaction.atomic
def next_call(*, campaign: CallCampaign, caller: User) -> CallTarget | None:
    """Return the member to call next, reserved for `caller`; None where nobody is waiting just now.

    Who holds one already gets the same again. Otherwise agreed call-backs that are due come first, the
    caller's own before those of others, then other due ones, then the list in its order. Of several callers
    who ask at once, each gets another member. Raises ListeningError "call.closed".
    """
    now = timezone.now()
    held = held_by(campaign, caller)
    if held is not None and _prolong(held, caller, now):
        return held
    if CallCampaign.objects.get(pk=campaign.pk).state != CallCampaign.State.RUNNING:
        raise ListeningError("call.closed")
    release_expired(campaign, now)
    # A row that another caller is just taking is passed over, not waited for.
    while (target := waiting(campaign, caller, now).select_for_update(skip_locked=True).first()) is not None:
        if _reserve(target, caller, now):
            return CallTarget.objects.get(pk=target.pk)
        if (held := held_by(campaign, caller)) is not None:
            return held
    return None


@transaction.atomic
def take(*, target: CallTarget, caller: User) -> CallTarget:
    """Return this very member reserved for `caller`: because it rings back, or for whatever reason.

    Raises ListeningError "call.closed", "call.taken_by_other", "call.holds_another" or "call.finished".
    """
    now = timezone.now()
    held = held_by(target.campaign, caller)
    if held is not None and held.pk == target.pk and _prolong(held, caller, now):
        return held
    if target.campaign.state != CallCampaign.State.RUNNING:
        raise ListeningError("call.closed")
    if held is not None:
        raise ListeningError("call.holds_another", name=str(held.organisation))
    release_expired(target.campaign, now)
    if not _reserve(target, caller, now):
        raise why_not_mine(target, caller)
    return CallTarget.objects.get(pk=target.pk)


@transaction.atomic
def give_back(*, target: CallTarget, caller: User) -> None:
    """Put a member whom `caller` holds back in its place; what was typed stays with it."""
    mine = CallTarget.objects.filter(pk=target.pk, reserved_by=caller, state=State.RESERVED)
    _at_rest(mine)


def release_expired(campaign: CallCampaign, now: datetime) -> None:
    """Put back the members whose callers have done nothing for too long."""
    # Rows that their caller saves at this moment are no longer expired when he is through: pass them over.
    rows = list(expired(campaign, now).select_for_update(skip_locked=True).values_list("pk", flat=True))
    if rows:
        _at_rest(expired(campaign, now).filter(pk__in=rows))


def reserve_again(target: CallTarget, caller: User) -> bool:
    """Reserve a member once more that was put back under the hands of `caller`; False where it is gone."""
    return held_by(target.campaign, caller) is None and _reserve(target, caller, timezone.now())


def why_not_mine(target: CallTarget, caller: User) -> ListeningError:
    """Return the refusal that tells what has become of a member whom `caller` does not hold."""
    current = CallTarget.objects.select_related("reserved_by", "campaign").filter(pk=target.pk).first()
    if current is None:
        return ListeningError("call.gone")
    if current.state in (State.DONE, State.ENDED):
        return ListeningError("call.finished")
    if current.state == State.RESERVED and current.reserved_by_id != caller.pk:
        return ListeningError("call.taken_by_other", who=str(current.reserved_by or "–"))
    if current.state != State.RESERVED:
        return ListeningError("call.not_reserved")
    return ListeningError("call.other_tab")


def until(campaign: CallCampaign, now: datetime) -> datetime:
    """Return how long a reservation of now lasts."""
    return now + timedelta(minutes=campaign.reserve_minutes)


def _reserve(target: CallTarget, caller: User, now: datetime) -> bool:
    """Reserve in one statement that asks again whether the member is free; False where it is not."""
    free = CallTarget.objects.filter(pk=target.pk, state__in=(State.OPEN, State.LATER))
    try:
        with transaction.atomic():
            return bool(
                free.update(
                    state=State.RESERVED, reserved_by=caller, reserved_until=until(target.campaign, now)
                )
            )
    except IntegrityError:
        # A second press of the same caller was faster and holds another member.
        return False


def _prolong(held: CallTarget, caller: User, now: datetime) -> bool:
    """Let a reservation last anew; False where it ran out and has just gone to somebody else."""
    mine = CallTarget.objects.filter(pk=held.pk, reserved_by=caller, state=State.RESERVED)
    return bool(mine.update(reserved_until=until(held.campaign, now)))


def _at_rest(reserved: QuerySet[CallTarget]) -> None:
    """Put members back where they stood: those with a time to call back to that, the others on the list."""
    free = {"reserved_by": None, "reserved_until": None}
    reserved.filter(call_back_at__isnull=False).update(state=State.LATER, **free)
    reserved.filter(call_back_at__isnull=True).update(state=State.OPEN, **free)
