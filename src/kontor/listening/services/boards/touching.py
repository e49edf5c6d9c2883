"""The one statement that every change of a board begins with."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from kontor.listening.models import Board


def touch(board_id: int, *, on_phones: bool = False, only_if: Q | None = None) -> bool:
    """Count a change of the board and hold its row until the transaction ends; False where `only_if` fails.

    One UPDATE asks, counts and locks: what is accepted under a condition (collecting, not yet closed) is
    stored under it, and changes of one board come one after the other on every database.
    """
    counted: dict[str, Any] = {"revision": F("revision") + 1}
    if on_phones:
        counted["stage"] = F("stage") + 1
    rows = Board.objects.filter(pk=board_id)
    return bool((rows if only_if is None else rows.filter(only_if)).update(**counted))
