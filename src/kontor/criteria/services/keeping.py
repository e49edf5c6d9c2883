"""Write, change, order and switch criteria; own ones can go and come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils.text import slugify

from kontor.accounts.services import claim_edit
from kontor.criteria.checking import check, settled
from kontor.criteria.models import Catalogue, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import criteria_by_code
from kontor.criteria.services.loading import free_code, reference_values
from kontor.criteria.texts import texts_of

STEPS = ("up", "down", "top", "bottom")


@transaction.atomic
def create_own_criterion(*, catalogue: Catalogue, **fields: Any) -> Criterion:
    """Return a new criterion of the cluster's own, the last of its family.

    fields: family, name, meaning, evidence, scale, unit, scale_low, scale_high, is_benefit, anchors, source,
    knock_out_below, knock_out_above, is_active, imported_in; name and family at least. Raises CriteriaError
    `criterion.*`, and Django's ValidationError where a field is refused.
    """
    locked = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    criterion = Criterion(cluster_id=locked.cluster_id, catalogue=locked, **settled(fields))
    taken = set(locked.criteria.values_list("code", flat=True))
    criterion.code = free_code(code_for(criterion.name), taken)
    criterion.position = last_position(locked, criterion.family) + 1
    check(criterion)
    criterion.save()
    return criterion


@transaction.atomic
def update_criterion(*, criterion: Criterion, expected_version: int, **fields: Any) -> Criterion:
    """Return the criterion with `fields` changed, or raise EditConflict and change nothing.

    Its code stays; in another family it comes last. Raises as `create_own_criterion` does.
    """
    current = claim_edit(criterion, expected_version)
    family = current.family
    for name, value in settled(fields, current).items():
        setattr(current, name, value)
    if current.family != family:
        current.position = last_position(current.catalogue, current.family) + 1
    check(current)
    current.save()
    return current


@transaction.atomic
def reset_to_reference(*, criterion: Criterion, expected_version: int) -> Criterion:
    """Return the criterion with the words and the scale of the reference again.

    Raises CriteriaError "criterion.not_in_the_reference", or EditConflict.
    """
    found = criteria_by_code(criterion.catalogue.purpose).get(criterion.reference_code)
    if found is None:
        raise CriteriaError("criterion.not_in_the_reference")
    return update_criterion(criterion=criterion, expected_version=expected_version, **reference_values(found))


@transaction.atomic
def set_active(*, catalogue: Catalogue, criteria: Iterable[int], is_active: bool) -> int:
    """Switch criteria of the catalogue on or off and return how many have changed."""
    changing = catalogue.criteria.select_for_update().filter(pk__in=list(criteria), is_active=not is_active)
    found = list(changing)
    for criterion in found:
        criterion.is_active = is_active
        criterion.version += 1
        criterion.save(update_fields=["is_active", "version", "updated_at"])
    return len(found)


@transaction.atomic
def move_criterion(*, criterion: Criterion, step: str) -> bool:
    """Move the criterion within its family: "up", "down", "top" or "bottom"; tell whether it has moved.

    Raises CriteriaError "criterion.step_unknown".
    """
    if step not in STEPS:
        raise CriteriaError("criterion.step_unknown")
    Catalogue.objects.select_for_update().get(pk=criterion.catalogue_id)
    family = list(criterion.catalogue.criteria.filter(family=criterion.family).order_by("position", "pk"))
    at = next((place for place, each in enumerate(family) if each.pk == criterion.pk), None)
    if at is None:
        return False
    wanted = {"up": max(at - 1, 0), "down": at + 1, "top": 0, "bottom": len(family)}[step]
    family.insert(wanted, family.pop(at))
    for place, each in enumerate(family, 1):
        each.position = place
    Criterion.objects.bulk_update(family, ["position"])
    return family[at].pk != criterion.pk


@transaction.atomic
def delete_own_criterion(*, criterion: Criterion) -> str:
    """Delete an own criterion and return what `restore_criterion` brings back.

    Versions keep their copy. Raises CriteriaError "criterion.of_the_reference".
    """
    if not criterion.is_own:
        raise CriteriaError("criterion.of_the_reference")
    kept = str(serializers.serialize("json", [criterion]))
    criterion.delete()
    return kept


def restore_criterion(*, catalogue: Catalogue, kept: str) -> Criterion:
    """Return the criterion that was deleted, as it was.

    Raises CriteriaError "criterion.cannot_come_back" where something has taken its place meanwhile.
    """
    try:
        with transaction.atomic():
            found = next(iter(serializers.deserialize("json", kept))).object
            if not isinstance(found, Criterion) or found.catalogue_id != catalogue.pk:
                raise CriteriaError("criterion.cannot_come_back")
            if found.imported_in_id and not catalogue.imports.filter(pk=found.imported_in_id).exists():
                found.imported_in = None
            found.full_clean()
            found.save(force_insert=True)
            return found
    except (DeserializationError, StopIteration, DatabaseError, ValueError, ValidationError) as error:
        raise CriteriaError("criterion.cannot_come_back") from error


def code_for(name: Any) -> str:
    """Return a short name made of the English name, or of the first one that there is.

    >>> code_for({"de": "Nähe", "en": "How near is it?"})
    'how_near_is_it'
    """
    texts = texts_of(name)
    text = texts.get("en") or next(iter(texts.values()), "")
    return slugify(text)[:60].strip("-").replace("-", "_") or "criterion"


def last_position(catalogue: Catalogue, family: str) -> int:
    """Return the place of the last criterion of a family, 0 where it has none."""
    found: Mapping[str, int | None] = catalogue.criteria.filter(family=family).aggregate(last=Max("position"))
    return found["last"] or 0
