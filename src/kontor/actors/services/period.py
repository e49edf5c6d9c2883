"""Facts of an organisation that change: membership, size class, start-up status."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import transaction

from kontor.actors.errors import ActorError
from kontor.actors.models import Membership, Organisation, SizePeriod, StartUpPeriod
from kontor.actors.services.timeline import ONE_DAY, make_room, overlaps, require_order
from kontor.actors.services.writing import store

Row = TypeVar("Row", SizePeriod, StartUpPeriod)


@transaction.atomic
def set_membership(
    *, organisation: Organisation, valid_from: date | None = None, valid_to: date | None = None
) -> Membership:
    """Return a new membership; raises ActorError "membership.overlaps" where one already covers a day."""
    require_order(valid_from, valid_to)
    if any(overlaps(row, valid_from, valid_to) for row in organisation.memberships.all()):
        raise ActorError("membership.overlaps", name=organisation.name)
    row = Membership(cluster_id=organisation.cluster_id, organisation=organisation)
    return store(row, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def end_membership(*, membership: Membership, valid_to: date) -> Membership:
    """Let the membership end with `valid_to`; what was counted before stays true."""
    require_order(membership.valid_from, valid_to)
    return store(membership, valid_to=valid_to)


@transaction.atomic
def correct_membership(
    *, membership: Membership, valid_from: date | None, valid_to: date | None
) -> Membership:
    """Replace both days of a membership that was entered wrongly."""
    require_order(valid_from, valid_to)
    others = membership.organisation.memberships.exclude(pk=membership.pk)
    if any(overlaps(row, valid_from, valid_to) for row in others):
        raise ActorError("membership.overlaps", name=membership.organisation.name)
    return store(membership, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def delete_membership(*, membership: Membership) -> None:
    """Delete a membership that never was."""
    membership.delete()


@transaction.atomic
def set_size(*, organisation: Organisation, size: str, valid_from: date | None = None) -> SizePeriod:
    """Return the period in which the organisation has `size`; the size before ends the day before."""
    rows = list(organisation.sizes.all())
    in_force = _in_force(rows, valid_from)
    if in_force is not None and in_force.size == size:
        return in_force
    same_day, valid_to = make_room(rows, valid_from)
    row = same_day or SizePeriod(organisation=organisation, valid_from=valid_from, valid_to=valid_to)
    return store(row, size=size)


@transaction.atomic
def set_start_up(
    *, organisation: Organisation, is_start_up: bool, valid_from: date | None = None
) -> StartUpPeriod | None:
    """Let the start-up status begin, or end the day before `valid_from`; return the status in force."""
    rows = list(organisation.start_up_periods.all())
    in_force = _in_force(rows, valid_from)
    if is_start_up:
        if in_force is not None:
            return in_force
        _same_day, valid_to = make_room(rows, valid_from)
        row = StartUpPeriod(organisation=organisation)
        return store(row, valid_from=valid_from, valid_to=valid_to)
    if in_force is not None:
        _end_status(in_force, valid_from)
    return None


def _end_status(row: StartUpPeriod, valid_from: date | None) -> None:
    """A status that would end before it began never was."""
    if valid_from is None or row.valid_from == valid_from:
        row.delete()
        return
    store(row, valid_to=valid_from - ONE_DAY)


def _in_force(rows: list[Row], day: date | None) -> Row | None:
    """Return the row that holds on `day`; for an unknown day, the row without a beginning."""
    for row in rows:
        if row.valid_from is None if day is None else row.is_valid_on(day):
            return row
    return None
