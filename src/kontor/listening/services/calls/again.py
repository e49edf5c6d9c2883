"""When to try again after a call without a talk."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from kontor.listening.models import CallTarget

BUSY_MINUTES = 30
MORNING, AFTERNOON = time(9), time(14)
SATURDAY = 5
# So many calls without a talk, and the page offers to leave the member in peace.
MANY_CALLS = 5


def try_again_at(outcome: str, now: datetime) -> datetime:
    """Return when to call again: half an hour after an engaged line, else in the next half of a working day.

    Who did not answer in the morning may in the afternoon; a weekend is left out. Times are those of the
    office.
    """
    here = timezone.localtime(now)
    if outcome == CallTarget.Outcome.BUSY:
        return now + timedelta(minutes=BUSY_MINUTES)
    if here.time() < AFTERNOON and here.hour < 12 and here.weekday() < SATURDAY:
        return here.replace(hour=AFTERNOON.hour, minute=0, second=0, microsecond=0)
    day = here.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING))
