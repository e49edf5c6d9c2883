"""The step that every write ends with: check against the database, then store."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models

Row = TypeVar("Row", bound=models.Model)


def store(row: Row, **fields: Any) -> Row:
    """Return `row` saved with `fields`; raises ValidationError, or TypeError for a field that it lacks."""
    for name, value in fields.items():
        _require_field(row, name)
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _require_field(row: models.Model, name: str) -> None:
    try:
        row._meta.get_field(name)
    except FieldDoesNotExist as missing:
        raise TypeError(f"{type(row).__name__} has no field {name!r}") from missing
