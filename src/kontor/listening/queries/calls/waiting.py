"""Who is to be called next, by whom somebody is held, and who can be reached at all."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from kontor.accounts.models import User
from kontor.actors.models import Person
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget

State = CallTarget.State


def has_number(organisation: str = "organisation") -> Exists:
    """Return the condition "a contact with a telephone number, who has not withdrawn the agreement"."""
    people = Person.objects.filter(organisation=OuterRef(organisation), consent_withdrawn_on__isnull=True)
    return Exists(people.exclude(phone=""))


def last_caller() -> Subquery:
    """Return who called last, for targets."""
    calls = CallAttempt.objects.filter(target=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(calls.values("caller_id")[:1])


def waiting(campaign: CallCampaign, caller: User, now: datetime) -> QuerySet[CallTarget]:
    """Return whom `caller` may call now, in the order in which they are handed out.

    Agreed call-backs that are due, the caller's own first; other due ones likewise; then the list in its
    order, without members that have no number.
    """
    due = Q(state=State.LATER, call_back_at__lte=now)
    agreed, own = Q(outcome=CallTarget.Outcome.CALL_BACK), Q(called_by=caller.pk)
    rank = Case(
        When(due & agreed & own, then=Value(0)),
        When(due & agreed, then=Value(1)),
        When(due & own, then=Value(2)),
        When(due, then=Value(3)),
        default=Value(4),
    )
    return (
        CallTarget.objects.filter(campaign=campaign)
        .annotate(called_by=last_caller())
        .filter(due | Q(has_number(), state=State.OPEN))
        .annotate(rank=rank)
        .order_by("rank", "call_back_at", "place", "pk")
    )


def held_by(campaign: CallCampaign, caller: User) -> CallTarget | None:
    """Return the member that `caller` has reserved in the campaign. One query."""
    held = CallTarget.objects.filter(campaign=campaign, reserved_by=caller, state=State.RESERVED)
    return held.select_related("organisation", "campaign").first()


def expired(campaign: CallCampaign, now: datetime) -> QuerySet[CallTarget]:
    """Return the reserved members whose time has run out."""
    return CallTarget.objects.filter(campaign=campaign, state=State.RESERVED, reserved_until__lte=now)
