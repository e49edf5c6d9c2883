"""Bring rows of a study into another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
STEPS = ("up", "down", "top", "bottom")


def moved(rows: Sequence[Row], row: Row, step: str) -> list[Row]:
    """Return the rows with one of them moved: up, down, top or bottom; nothing moves past the end."""
    order = list(rows)
    place = next(number for number, each in enumerate(order) if each.pk == row.pk)
    target = {"up": place - 1, "down": place + 1, "top": 0, "bottom": len(order) - 1}.get(step, place)
    order.insert(min(max(target, 0), len(order) - 1), order.pop(place))
    return order


def number(rows: Sequence[Row]) -> None:
    """Write the places of the rows as they stand, counted from 0. One statement."""
    for place, row in enumerate(rows):
        row.position = place  # type: ignore[attr-defined]
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["position"], batch_size=500)
