"""What an import is going to write: gathered first, shown to the person, then written at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.actors.models import ImportBatch
from kontor.imports.refused import ImportRefused

Row = TypeVar("Row", bound=models.Model)
# Said by the clock or derived from the rest: no sign that a person has edited the row.
NOT_STAMPED = frozenset(("id", "created_at", "updated_at", "search_key"))
ROWS_A_STATEMENT = 500
# SQLite takes 32,766 parameters in a statement.
KEYS_A_STATEMENT = 10_000


@dataclass(frozen=True)
class Change:
    """One field of one stored row, before and after."""

    row: models.Model
    field: str
    before: object
    after: object


class Ledger:
    """New rows and changed fields, in the order in which they were noted; only `write` writes."""

    def __init__(self) -> None:
        self.created: dict[type[models.Model], list[models.Model]] = {}
        self.journal: list[Change | models.Model] = []
        self._altered: dict[tuple[type[models.Model], Any], models.Model] = {}
        self._before: dict[tuple[type[models.Model], Any], dict[str, object]] = {}

    def add(self, row: Row) -> Row:
        """Note a new row and return it."""
        self.created.setdefault(type(row), []).append(row)
        self.journal.append(row)
        return row

    def change(self, row: models.Model, **values: object) -> None:
        """Set fields of a row, and note the change where the row is stored already and the value is new."""
        for name, value in values.items():
            before = getattr(row, name)
            if encoded(before) == encoded(value):
                continue
            setattr(row, name, value)
            if row.pk is None:
                continue
            key = (type(row), row.pk)
            self._altered[key] = row
            self._before.setdefault(key, {}).setdefault(name, before)
            self.journal.append(Change(row, name, before, value))

    def accompany(self, row: models.Model, name: str, value: object) -> None:
        """Set a field that follows from others: written and undone with them, but no change of its own."""
        before = getattr(row, name)
        setattr(row, name, value)
        if row.pk is not None:
            key = (type(row), row.pk)
            self._altered[key] = row
            self._before.setdefault(key, {}).setdefault(name, before)

    def altered(self) -> Iterator[tuple[models.Model, dict[str, object]]]:
        """Yield each stored row that is to change, with its former values, without those changed back."""
        for key, row in self._altered.items():
            before = {
                name: value
                for name, value in self._before[key].items()
                if encoded(value) != encoded(getattr(row, name))
            }
            if before:
                yield row, before

    def write(self, batch: ImportBatch) -> dict[str, Any]:
        """Write everything and return what `undoing` needs; call it inside a transaction.

        Raises ImportRefused "import.changed_meanwhile" where a row is no longer as it was read.
        """
        altered = list(self.altered())
        _require_unchanged([row for row, _before in altered])
        changes: dict[str, Any] = {"created": {}, "altered": {}}
        for model in dependants_last(self.created):
            rows = self.created[model]
            _create(model, rows, batch)
            changes["created"][model._meta.label_lower] = {str(row.pk): stamp(row) for row in rows}
        for row, before in altered:
            noted = {name: [encoded(value), encoded(getattr(row, name))] for name, value in before.items()}
            if hasattr(row, "version"):
                noted["version"] = [row.version, row.version + 1]
                row.version += 1
            changes["altered"].setdefault(row._meta.label_lower, {})[str(row.pk)] = noted
        _store_altered(altered)
        return changes


def dependants_last(kinds: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Return the models in an order in which each comes after those that it points at."""
    waiting = list(kinds)
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if not (_targets(model) - {model}) & set(waiting)]
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def _targets(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.fields if field.is_relation}


def _create(model: type[models.Model], rows: list[models.Model], batch: ImportBatch) -> None:
    """Create rows in bulk, a parent before its children."""
    if any(field.name == "imported_in" for field in model._meta.fields):
        for row in rows:
            row.imported_in = batch  # type: ignore[attr-defined]
    for generation in _generations(rows):
        model._default_manager.bulk_create(generation, batch_size=ROWS_A_STATEMENT)


def _generations(rows: list[models.Model]) -> Iterator[list[models.Model]]:
    waiting = rows
    while waiting:
        ready = [row for row in waiting if getattr(getattr(row, "parent", None), "pk", True) is not None]
        yield ready
        done = set(map(id, ready))
        waiting = [row for row in waiting if id(row) not in done]


def _store_altered(altered: Iterable[tuple[models.Model, dict[str, object]]]) -> None:
    """Write changed fields; rows of which the same fields changed go together."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = {}
    for row, before in altered:
        fields = tuple(sorted(before))
        if hasattr(row, "version"):
            row.updated_at = timezone.now()  # type: ignore[attr-defined]
            fields += ("version", "updated_at")
        groups.setdefault((type(row), fields), []).append(row)
    for (model, fields), rows in groups.items():
        model._default_manager.bulk_update(rows, fields, batch_size=100)


def _require_unchanged(rows: list[models.Model]) -> None:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        if hasattr(row, "version"):
            by_model.setdefault(type(row), []).append(row)
    for model, expected in by_model.items():
        stored = versions(model, [row.pk for row in expected])
        for row in expected:
            if stored.get(row.pk) != row.version:  # type: ignore[attr-defined]
                raise ImportRefused("import.changed_meanwhile", name=str(row))


def versions(model: type[models.Model], keys: list[Any]) -> dict[Any, int]:
    """Return key → version of the rows that are still there, locked until the end of the transaction."""
    found: dict[Any, int] = {}
    for part in portions(keys):
        rows = model._default_manager.select_for_update().filter(pk__in=part)
        found.update(rows.values_list("pk", "version"))
    return found


def portions(keys: list[Any]) -> Iterator[list[Any]]:
    """Yield the keys in parts that every database takes in one statement."""
    for start in range(0, len(keys), KEYS_A_STATEMENT):
        yield keys[start : start + KEYS_A_STATEMENT]


def encoded(value: object) -> Any:
    """Return a value as JSON holds it; equal values look equal, however they were written."""
    if isinstance(value, LazyI18nString):
        value = value.data
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def stamp(row: models.Model) -> str:
    """Return a short mark of a row's content: another mark later means that somebody has edited it."""
    values = {
        field.name: encoded(getattr(row, field.attname)) or ""
        for field in row._meta.concrete_fields
        if field.name not in NOT_STAMPED
    }
    return hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=6).hexdigest()
