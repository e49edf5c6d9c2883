"""Count two profiles that mean the same cluster as one, and take that back.

The second profile stays as a row that points to the first, so that studies and agreements that name it still
find it; what was known of it moves over. Where both hold the same competence, the kept profile's counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.partners.models import (
    Fact,
    Partner,
    PartnerCompetence,
    PartnerContact,
    PartnerDistinct,
    PartnerNeed,
    SwotEntry,
)
from kontor.partners.problems import PartnerError
from kontor.partners.services.writing import empty_value, set_key

_MOVING: dict[str, type[models.Model]] = {
    "facts": Fact,
    "competences": PartnerCompetence,
    "needs": PartnerNeed,
    "contacts": PartnerContact,
    "swot": SwotEntry,
}
# What the kept profile takes over where it has nothing of its own.
_FILLED = ("short_name", "region", "city", "website", "languages", "organisation_id")


@transaction.atomic
def merge_partners(*, kept: Partner, other: Partner) -> Partner:
    """Return the kept profile with all that was known of the other; `part_again` undoes it.

    Raises PartnerError "profile.cannot_merge" for our own cluster, for one profile with itself, for profiles
    of two clusters and for one that was merged already.
    """
    first, second = _held(kept, other)
    moved: dict[str, Any] = {name: _move(model, second, first) for name, model in _MOVING.items()}
    moved["followers"] = list(Partner.objects.filter(merged_into=second).values_list("pk", flat=True))
    Partner.objects.filter(pk__in=moved["followers"]).update(merged_into=first)
    first = claim_edit(first, first.version)
    moved["filled"] = [name for name in _FILLED if not getattr(first, name) and getattr(second, name)]
    for name in moved["filled"]:
        setattr(first, name, getattr(second, name))
    set_key(first)
    first.save()
    second = claim_edit(second, second.version)
    second.merged_into, second.merge_moved = first, moved
    second.save()
    return first


@transaction.atomic
def part_again(*, partner: Partner) -> Partner:
    """Let a merged profile stand by itself again, with what it brought along, and return it.

    What has been deleted since stays gone. Raises PartnerError "profile.not_merged".
    """
    second = Partner.objects.select_for_update().get(pk=partner.pk)
    first = second.merged_into
    if first is None:
        raise PartnerError("profile.not_merged")
    moved = second.merge_moved
    for name, model in _MOVING.items():
        keys = moved.get(name, [])
        model._default_manager.filter(pk__in=keys, partner=first).update(partner=second)
    Partner.objects.filter(pk__in=moved.get("followers", []), merged_into=first).update(merged_into=second)
    _take_off(first, second, moved.get("filled", []))
    second = claim_edit(second, second.version)
    second.merged_into, second.merge_moved = None, {}
    second.save()
    return second


@transaction.atomic
def keep_apart(*, partners: Iterable[Partner]) -> list[int]:
    """Remember that no two of the profiles mean the same cluster; return the keys of the new pairs."""
    found = sorted(partners, key=lambda partner: partner.pk)
    if len({partner.cluster_id for partner in found}) > 1:
        raise PartnerError("profile.cannot_merge")
    made = []
    for place, first in enumerate(found):
        for second in found[place + 1 :]:
            pair, is_new = PartnerDistinct.objects.get_or_create(
                first=first, second=second, defaults={"cluster_id": first.cluster_id}
            )
            made += [pair.pk] if is_new else []
    return made


@transaction.atomic
def forget_apart(*, cluster: Cluster, pairs: Iterable[int]) -> None:
    """Propose the pairs again."""
    PartnerDistinct.objects.filter(cluster=cluster, pk__in=list(pairs)).delete()


def _held(kept: Partner, other: Partner) -> tuple[Partner, Partner]:
    """Return both profiles locked, or refuse."""
    rows = Partner.objects.select_for_update().filter(pk__in={kept.pk, other.pk}).order_by("pk")
    found = {row.pk: row for row in rows}
    can = (
        len(found) == 2
        and kept.cluster_id == other.cluster_id
        and not any(row.is_own or row.merged_into_id for row in found.values())
    )
    if not can:
        raise PartnerError("profile.cannot_merge")
    return found[kept.pk], found[other.pk]


def _move(model: type[models.Model], source: Partner, target: Partner) -> list[int]:
    """Move the rows that the target can take and return their keys."""
    rows = model._default_manager.filter(partner=source)
    if model is PartnerCompetence:
        there = PartnerCompetence.objects.filter(partner=target).values("competence_id")
        rows = rows.exclude(competence_id__in=there)
    keys = list(rows.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=keys).update(partner=target)
    return keys


def _take_off(first: Partner, second: Partner, filled: list[str]) -> None:
    """Empty what the kept profile had taken over and nobody has changed since."""
    current = claim_edit(first, Partner.objects.get(pk=first.pk).version)
    for name in filled:
        if name in _FILLED and getattr(current, name) == getattr(second, name):
            setattr(current, name, empty_value(name.removesuffix("_id")))
    set_key(current)
    current.save()
