"""Begin a catalogue, and bring in what the reference holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.criteria.checking import settled
from kontor.criteria.models import Catalogue, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import DEFAULT_PURPOSE, ReferenceCriterion, purposes, reference
from kontor.criteria.texts import said


@transaction.atomic
def ensure_catalogue(*, cluster: Cluster, purpose: str = DEFAULT_PURPOSE) -> Catalogue:
    """Return the cluster's catalogue for the purpose, empty where it is new.

    Raises CriteriaError "catalogue.purpose_unknown".
    """
    if purpose not in purposes():
        raise CriteriaError("catalogue.purpose_unknown", purpose=purpose)
    title = said(reference(purpose).title)
    made, _is_new = Catalogue.objects.get_or_create(
        cluster=cluster, purpose=purpose, defaults={"title": title}
    )
    return made


@transaction.atomic
def load_reference(*, cluster: Cluster, purpose: str = DEFAULT_PURPOSE) -> int:
    """Bring in the criteria of the reference that are not there yet and return how many they are.

    What is there stays as it is, edited or switched off. Raises CriteriaError "catalogue.purpose_unknown".
    """
    catalogue = ensure_catalogue(cluster=cluster, purpose=purpose)
    # Two people may press at the same moment; the second waits and finds everything there.
    Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    there = list(catalogue.criteria.values_list("reference_code", "code", "family", "position"))
    known, taken = {row[0] for row in there}, {row[1] for row in there}
    last: Counter[str] = Counter()
    for _reference, _code, family, position in there:
        last[family] = max(last[family], position)
    new = []
    for found in reference(purpose).criteria:
        if found.code not in known:
            last[found.family] += 1
            code = free_code(found.code, taken)
            taken.add(code)
            new.append(_criterion(catalogue, found, code, last[found.family]))
    Criterion.objects.bulk_create(new)
    return len(new)


def free_code(wanted: str, taken: set[str]) -> str:
    """Return the code, with a number behind it where another criterion has it.

    >>> free_code("price", {"price", "price_2"})
    'price_3'
    """
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted[:70]}_{number}"
    return code


def reference_values(found: ReferenceCriterion) -> Mapping[str, Any]:
    """Return the values of a criterion as the reference has them, as the services take them."""
    return {
        "family": found.family,
        "name": said(found.name),
        "meaning": said(found.meaning),
        "evidence": said(found.evidence),
        "scale": found.scale,
        "unit": said(found.unit or {}),
        "scale_low": found.scale_low,
        "scale_high": found.scale_high,
        "is_benefit": found.is_benefit,
        "anchors": {point: dict(texts) for point, texts in (found.anchors or {}).items()},
        "source": found.source,
        "knock_out_below": found.knock_out_below,
        "knock_out_above": found.knock_out_above,
    }


def _criterion(catalogue: Catalogue, found: ReferenceCriterion, code: str, position: int) -> Criterion:
    return Criterion(
        cluster_id=catalogue.cluster_id,
        catalogue=catalogue,
        code=code,
        reference_code=found.code,
        position=position,
        **settled(reference_values(found)),
    )
