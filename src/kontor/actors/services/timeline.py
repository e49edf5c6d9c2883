"""Facts that change: a new period begins, the one in force ends the day before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from kontor.actors.errors import ActorError
from kontor.actors.models.period import Period

Fact = TypeVar("Fact", bound=Period)
ONE_DAY = timedelta(days=1)


class _Spanned(Protocol):
    valid_from: date | None
    valid_to: date | None


def make_room(rows: Iterable[Fact], valid_from: date | None) -> tuple[Fact | None, date | None]:
    """End whatever is in force on `valid_from` and return (row that begins then, end of the new period).

    The row that begins on the very day is given back to be overwritten; a later row ends the new period the
    day before it begins. NULL stands for an unknown beginning, before every date.
    """
    same_day: Fact | None = None
    later: list[date] = []
    for row in rows:
        if row.valid_from == valid_from:
            same_day = row
        elif _is_after(row.valid_from, valid_from):
            later.append(row.valid_from)  # type: ignore[arg-type]
        elif valid_from is not None and row.is_valid_on(valid_from):
            row.valid_to = valid_from - ONE_DAY
            row.save(update_fields=["valid_to"])
    return same_day, min(later) - ONE_DAY if later else None


def _is_after(day: date | None, other: date | None) -> bool:
    return day is not None and (other is None or day > other)


def require_order(valid_from: date | None, valid_to: date | None) -> None:
    """Raise ActorError "period.ends_before_it_begins" where it does."""
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise ActorError("period.ends_before_it_begins")


def overlaps(row: _Spanned, valid_from: date | None, valid_to: date | None) -> bool:
    """True where `row` and the period share a day."""
    begins_in_time = row.valid_from is None or valid_to is None or row.valid_from <= valid_to
    ends_in_time = row.valid_to is None or valid_from is None or row.valid_to >= valid_from
    return begins_in_time and ends_in_time
