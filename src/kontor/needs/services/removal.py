"""Delete a row with all that hangs on it, and bring both back."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.core import serializers
from django.db import IntegrityError, connection, models, router, transaction
from django.db.models.deletion import Collector

from kontor.needs.problems import NeedError

# One row each, as Django's serialiser writes it; plain enough for the session.
Remains: TypeAlias = list[dict[str, Any]]


class _Gatherer(Collector):
    """Collects every row that a deletion takes along; nothing is deleted unseen."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


@transaction.atomic
def remove(row: models.Model) -> Remains:
    """Delete the row with what hangs on it and return all of it, the row first."""
    gatherer = _Gatherer(using=router.db_for_write(type(row)), origin=row)
    gatherer.collect([row])
    hanging = [each for found in gatherer.data.values() for each in found if each != row]
    remains: Remains = serializers.serialize("python", [row, *hanging])
    for fields in (each["fields"] for each in remains):
        fields.update({name: _plain(value) for name, value in fields.items()})
    row.delete()
    return remains


@transaction.atomic
def restore(remains: Remains) -> models.Model:
    """Bring back what `remove` returned and return the row; ties to what has gone since are left out.

    Raises NeedError "need.cannot_come_back" where the row itself has lost its ground.
    """
    rows = [each.object for each in serializers.deserialize("python", remains)]
    try:
        for row in rows:
            if row is rows[0] or _has_ground(row):
                row.save_base(raw=True, force_insert=True)
        connection.check_constraints()
    except IntegrityError as problem:
        raise NeedError("need.cannot_come_back") from problem
    return rows[0]


def _has_ground(row: models.Model) -> bool:
    """True where everything that the row points to is still there."""
    for field in row._meta.concrete_fields:
        target: Any = field.related_model
        key = getattr(row, field.attname)
        if target and key is not None and not target._base_manager.filter(pk=key).exists():
            return False
    return True


def _plain(value: Any) -> Any:
    """Return a value that the session can hold."""
    return value.isoformat() if hasattr(value, "isoformat") else value
