"""Writes of the front room."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import EditConflict, claim_edit
from kontor.journey.models import PointAnswer


@transaction.atomic
def answer_point(
    *,
    cluster: Cluster,
    point: int,
    state: str,
    note: LazyI18nString,
    user: User | None,
    expected_version: int,
) -> PointAnswer:
    """Store the answer to a point; `expected_version` 0 says that there was none.

    Raises EditConflict where somebody else answered meanwhile.
    """
    fields = {"state": state, "note": note, "answered_by": user, "answered_on": timezone.localdate()}
    answer = PointAnswer.objects.filter(cluster=cluster, point=point).first()
    if answer is None:
        try:
            with transaction.atomic():
                return PointAnswer.objects.create(cluster=cluster, point=point, **fields)
        except IntegrityError as error:
            raise EditConflict(PointAnswer.objects.get(cluster=cluster, point=point)) from error
    current = claim_edit(answer, expected_version)
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=[*fields, "updated_at"])
    return current
