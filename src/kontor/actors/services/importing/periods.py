"""Facts with a period: what a list says today against what is known.

A new organisation's facts have an unknown beginning unless the list tells it. Of a known organisation the
list tells what holds today: a fact that differs ends yesterday, and the new one begins today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from kontor.actors.models import (
    Competence,
    Membership,
    OrganisationCompetence,
    Period,
    SizePeriod,
    StartUpPeriod,
)
from kontor.actors.services.importing.known import Known
from kontor.actors.services.importing.ledger import Ledger
from kontor.actors.services.timeline import overlaps

Fact = TypeVar("Fact", bound=Period)
ONE_DAY = timedelta(days=1)
# "Develops it": what is taken where a list names a competence without a level; the template says so.
USUAL_LEVEL = 3


def plan_membership(
    ledger: Ledger, known: Known, since: date | None, until: date | None, today: date
) -> None:
    """Let the organisation be a member in the period that the list tells; where it tells none, from today."""
    touching = [row for row in known.memberships if overlaps(row, since, until)]
    if since is None and until is None:
        if not any(row.is_valid_on(today) for row in known.memberships):
            _add_membership(ledger, known, None if known.is_new else today, None)
        return
    if not touching:
        _add_membership(ledger, known, since, until)
        return
    row = touching[-1]
    others = [other for other in known.memberships if other is not row]
    begin, end = since or row.valid_from, until or row.valid_to
    is_in_order = begin is None or end is None or begin <= end
    if is_in_order and not any(overlaps(other, begin, end) for other in others):
        ledger.change(row, valid_from=begin, valid_to=end)


def _add_membership(ledger: Ledger, known: Known, since: date | None, until: date | None) -> None:
    organisation = known.organisation
    row = Membership(
        cluster=organisation.cluster, organisation=organisation, valid_from=since, valid_to=until
    )
    known.memberships.append(ledger.add(row))


def plan_size(ledger: Ledger, known: Known, size: str | None, today: date) -> None:
    """Let the organisation have the size class."""
    if not size:
        return
    current = _in_force(known.sizes, today)
    if current is not None and current.size == size:
        return
    if current is not None and (known.is_new or current.valid_from == today):
        ledger.change(current, size=size)
        return
    begin = None if known.is_new else today
    end = _make_room(ledger, known.sizes, current, today)
    row = SizePeriod(organisation=known.organisation, size=size, valid_from=begin, valid_to=end)
    known.sizes.append(ledger.add(row))


def plan_start_up(ledger: Ledger, known: Known, begin: date | None, end: date | None) -> None:
    """Let the organisation be a start-up in the period; nothing told, nothing done."""
    if begin is None and end is None:
        return
    touching = [row for row in known.start_ups if overlaps(row, begin, end)]
    if touching:
        row = touching[-1]
        first, last = begin or row.valid_from, end or row.valid_to
        if first is None or last is None or first <= last:
            ledger.change(row, valid_from=first, valid_to=last)
        return
    row = StartUpPeriod(organisation=known.organisation, valid_from=begin, valid_to=end)
    known.start_ups.append(ledger.add(row))


def plan_competences(
    ledger: Ledger, known: Known, claimed: Iterable[tuple[Competence, int | None]], today: date
) -> None:
    """Let the organisation have the competences at the levels told; others that it has stay."""
    for competence, level in claimed:
        held = [row for row in known.competences if _is_for(row, competence)]
        current = _in_force(held, today)
        if current is not None and level in (None, current.level):
            continue
        level = level or USUAL_LEVEL
        if current is not None and (known.is_new or current.valid_from == today):
            ledger.change(current, level=level)
            continue
        end = _make_room(ledger, held, current, today)
        row = OrganisationCompetence(
            organisation=known.organisation,
            competence=competence,
            level=level,
            valid_from=None if known.is_new else today,
            valid_to=end,
        )
        known.competences.append(ledger.add(row))


def _is_for(row: OrganisationCompetence, competence: Competence) -> bool:
    return row.competence_id == competence.pk if competence.pk else row.competence is competence


def _in_force(rows: Sequence[Fact], today: date) -> Fact | None:
    return next((row for row in rows if row.is_valid_on(today)), None)


def _make_room(ledger: Ledger, rows: Sequence[Fact], current: Fact | None, today: date) -> date | None:
    """End what holds today with yesterday, and return the day on which a later fact ends the new one."""
    if current is not None:
        ledger.change(current, valid_to=today - ONE_DAY)
    later = [row.valid_from for row in rows if row.valid_from is not None and row.valid_from > today]
    return min(later) - ONE_DAY if later else None
