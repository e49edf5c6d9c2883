"""Two people, one object: the second is told and loses nothing."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import F

Row = TypeVar("Row", bound=models.Model)


class EditConflict(Exception):  # noqa: N818 - it is an answer, not a fault
    """The object changed since the form was opened; `current` is what it is now."""

    code = "edit.changed_meanwhile"

    def __init__(self, current: models.Model) -> None:
        super().__init__(self.code)
        self.current = current
        self.params: dict[str, object] = {}


def claim_edit(row: Row, expected_version: int) -> Row:
    """Count one edit of `row` and return it locked and fresh, or raise EditConflict and write nothing.

    Call it first inside a transaction: the comparison and the count are one statement, so of two
    simultaneous edits exactly one wins.
    """
    manager = type(row)._default_manager
    won = manager.filter(pk=row.pk, version=expected_version).update(version=F("version") + 1)
    current = manager.get(pk=row.pk)
    if not won:
        raise EditConflict(current)
    return current
