"""Move partner clusters from list to list, each step with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.partners.models import Partner, Stage, StageChange
from kontor.partners.problems import PartnerError

# Steps that nobody understands a year later without a reason.
NEEDS_REASON = frozenset((Stage.SHORT, Stage.PARTNER, Stage.SET_ASIDE))
LONGEST_REASON = 2000

# What each partner cluster was before, plain enough for the session; see `set_stages_back`.
Before: TypeAlias = list[dict[str, Any]]


@transaction.atomic
def set_stage(
    *, partner: Partner, stage: str, reason: str = "", by: User | None = None, at: date | None = None
) -> Partner:
    """Return the partner cluster on its new list, with the step in its history.

    Where it is there already, a new reason replaces the old one. Raises PartnerError
    "profile.stage_unknown", "profile.reason_missing", "profile.reason_too_long", "profile.is_own" or
    "fact.in_the_future".
    """
    set_stages(partners=[partner], stage=stage, reason=reason, by=by, at=at)
    return Partner.objects.get(pk=partner.pk)


@transaction.atomic
def set_stages(
    *,
    partners: Iterable[Partner],
    stage: str,
    reason: str = "",
    by: User | None = None,
    at: date | None = None,
) -> Before:
    """Move all of them or none, and return how it was; those that are there already for this reason stay."""
    day, said = _checked(stage, reason, at)
    before: Before = []
    for partner in partners:
        if partner.is_own:
            raise PartnerError("profile.is_own")
        locked = Partner.objects.select_for_update().get(pk=partner.pk)
        if (locked.stage, locked.stage_reason) == (stage, said):
            continue
        change = StageChange.objects.create(
            cluster_id=locked.cluster_id,
            partner=locked,
            was=locked.stage,
            stage=stage,
            reason=said,
            at=day,
            by=by,
        )
        before.append(_was(locked, change))
        _write(locked, {"stage": stage, "stage_reason": said, "stage_at": day, "stage_by": by})
    return before


@transaction.atomic
def set_stages_back(*, cluster: Cluster, before: Before) -> int:
    """Take the steps back and return how many; whoever has moved on since stays."""
    done = 0
    for row in before:
        change = (
            StageChange.objects.filter(cluster=cluster, pk=row["change"]).select_related("partner").first()
        )
        if change is None:
            continue
        newest = StageChange.objects.filter(partner=change.partner).order_by("-pk").first()
        if newest != change:
            continue
        change.delete()
        at = date.fromisoformat(row["at"])
        fields = {
            "stage": row["stage"],
            "stage_reason": row["reason"],
            "stage_at": at,
            "stage_by_id": row["by"],
        }
        _write(change.partner, fields)
        done += 1
    return done


def _checked(stage: str, reason: str, at: date | None) -> tuple[date, str]:
    """Return the day and the reason of a step that can be made."""
    said = reason.strip()
    if stage not in Stage.values:
        raise PartnerError("profile.stage_unknown", stage=stage)
    if stage in NEEDS_REASON and not said:
        raise PartnerError("profile.reason_missing", stage=str(Stage(stage).label))
    if len(said) > LONGEST_REASON:
        raise PartnerError("profile.reason_too_long", longest=LONGEST_REASON)
    if at is not None and at > timezone.localdate():
        raise PartnerError("fact.in_the_future")
    return at or timezone.localdate(), said


def _was(partner: Partner, change: StageChange) -> dict[str, Any]:
    return {
        "change": change.pk,
        "stage": partner.stage,
        "reason": partner.stage_reason,
        "at": partner.stage_at.isoformat(),
        "by": partner.stage_by_id,
    }


def _write(partner: Partner, fields: dict[str, Any]) -> None:
    """Count the edit and write the fields."""
    current = claim_edit(partner, Partner.objects.get(pk=partner.pk).version)
    for name, value in fields.items():
        setattr(current, name, value)
    current.save()
