"""How every change of a board begins: in its turn, and with the one statement that asks, counts and locks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction
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


_TURN = threading.RLock()


@contextmanager
def tiny_write() -> Iterator[None]:
    """A transaction that many phones begin at once.

    SQLite lets one write; whoever finds it busy sleeps and asks again, for longer each time, and the unlucky
    are overtaken. Within a process a lock wakes the next one at once: on a busy machine the slowest of a
    hundred ideas sent together then waits a third as long. It guards nothing but patience; other processes,
    and PostgreSQL, keep order by themselves.
    """
    with _TURN if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield
