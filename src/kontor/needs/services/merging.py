"""Count needs that say the same as one, and let them stand by themselves again.

Whoever merges holds the organisation's row, so two people who merge at once queue up. A lead is never counted
as another need itself: whatever was counted as it moves along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, TypeAlias

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.needs.models import Need, NeedDistinct
from kontor.needs.problems import NeedError
from kontor.needs.services.removal import Remains, remove, restore

# {"need": number, "was": number or None} each: what a need was counted as before.
Before: TypeAlias = list[dict[str, Any]]


@transaction.atomic
def merge_needs(*, lead: Need, needs: Iterable[Need]) -> Before:
    """Count the needs, and all that is counted as any of them, as `lead`; `set_back` undoes it.

    Raises NeedError "need.of_another_organisation" and changes nothing then.
    """
    wanted = {need.pk for need in needs} | {lead.pk}
    own = _held(lead.organisation_id)
    if not wanted <= own.keys():
        raise NeedError("need.of_another_organisation")
    roots = {own[key].merged_into_id or key for key in wanted}
    moved = {key: lead.pk for key, need in own.items() if (need.merged_into_id or key) in roots}
    return _count_as(own, moved | {lead.pk: None})


@transaction.atomic
def split_need(*, need: Need) -> Before:
    """Let the need stand by itself again, or, where it leads others, let all of these do so."""
    own = _held(need.organisation_id)
    freed = {key for key, each in own.items() if key == need.pk or each.merged_into_id == need.pk}
    return _count_as(own, dict.fromkeys(freed))


@transaction.atomic
def set_back(*, cluster: Cluster, before: Before) -> None:
    """Count each need as it was before; what has gone or changed hands since is left as it is."""
    was = {row["need"]: row["was"] for row in before}
    first = Need.objects.filter(cluster=cluster, pk__in=was).first()
    if first is None:
        return
    own = _held(first.organisation_id)
    wanted = {key: need.merged_into_id for key, need in own.items()}
    wanted |= {key: target for key, target in was.items() if key in own and (target is None or target in own)}
    _count_as(own, _flat(wanted))


@transaction.atomic
def tell_apart(*, needs: Iterable[Need]) -> int:
    """Remember that no two of the needs are the same and return how many pairs are new.

    Raises NeedError "need.of_another_organisation".
    """
    found = sorted(needs, key=lambda need: need.pk)
    if len({need.organisation_id for need in found}) > 1:
        raise NeedError("need.of_another_organisation")
    pairs = [
        NeedDistinct(cluster_id=first.cluster_id, first=first, second=second)
        for first, second in combinations(found, 2)
    ]
    before = NeedDistinct.objects.count()
    NeedDistinct.objects.bulk_create(pairs, ignore_conflicts=True)
    return NeedDistinct.objects.count() - before


@transaction.atomic
def forget_apart(*, cluster: Cluster, needs: Iterable[int]) -> None:
    """Propose the needs again: forget that they were told apart."""
    keys = list(needs)
    NeedDistinct.objects.filter(cluster=cluster, first__in=keys, second__in=keys).delete()


@transaction.atomic
def delete_need(*, need: Need) -> Remains:
    """Delete the need with its links to goals; what was counted as it stands by itself again.

    `bring_need_back` takes what is returned.
    """
    followers = list(Need.objects.filter(merged_into=need).values_list("pk", flat=True))
    remains = remove(need)
    remains[0]["counted_as_it"] = followers
    return remains


@transaction.atomic
def bring_need_back(*, remains: Remains) -> Need:
    """Bring back a need that was deleted; what was counted as it is so again, unless merged otherwise since.

    Raises NeedError "need.cannot_come_back".
    """
    row = remains[0]
    target = row["fields"].get("merged_into")
    row["fields"]["merged_into"] = None
    need = restore(remains)
    assert isinstance(need, Need)
    own = _held(need.organisation_id)
    leads = {each.merged_into_id for each in own.values()}
    free = [key for key in row.get("counted_as_it", ()) if key in own and key not in leads]
    wanted = {key: each.merged_into_id for key, each in own.items()}
    wanted |= {key: need.pk for key in free if own[key].merged_into_id is None}
    wanted |= {need.pk: target if target in own else None}
    _count_as(own, _flat(wanted))
    return Need.objects.get(pk=need.pk)


def part_from_others(need: Need) -> None:
    """Take the need, which goes to another organisation, out of what it is counted with."""
    own = _held(need.organisation_id)
    freed = {key for key, each in own.items() if key == need.pk or each.merged_into_id == need.pk}
    _count_as(own, dict.fromkeys(freed))


def _held(organisation: int) -> dict[int, Need]:
    """Return the organisation's needs by number; nobody else merges any of them until the end."""
    list(Organisation.objects.select_for_update().filter(pk=organisation).values_list("pk"))
    return {need.pk: need for need in Need.objects.select_for_update().filter(organisation=organisation)}


def _count_as(own: dict[int, Need], wanted: Mapping[int, int | None]) -> Before:
    """Write what changes and return how it was; each change goes to the audit trail."""
    before: Before = []
    for key, target in wanted.items():
        need = own[key]
        if need.merged_into_id != target:
            before.append({"need": key, "was": need.merged_into_id})
            need.merged_into_id = target
            need.save(update_fields=["merged_into", "updated_at"])
    return before


def _flat(wanted: dict[int, int | None]) -> dict[int, int | None]:
    """Return the same with every chain followed to its end; in a circle, everybody stands alone."""
    ends: dict[int, int | None] = {}
    for key in wanted:
        seen, end = {key}, wanted[key]
        while end is not None and end not in seen and wanted[end] is not None:
            seen.add(end)
            end = wanted[end]
        ends[key] = None if end in seen else end
    return ends
