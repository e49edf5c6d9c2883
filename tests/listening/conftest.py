"""What the tests of this room share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

Work = Callable[[], Any]


def called(work: Work) -> Any:
    """Return what the work returns or raises, and leave no connection behind."""
    try:
        return work()
    except Exception as error:
        return error
    finally:
        connections.close_all()


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Return a function that runs works at once, each in a thread with its own connection.

    SQLite's test database lives in memory, where threads do not wait for each other as they do on a disk:
    what was made so far is copied to a file, and the works find it there. Look at what came of it in a work,
    too.
    """
    stored = connections.settings["default"]
    name = stored["NAME"]

    def run(*works: Work) -> list[Any]:
        if connection.vendor == "sqlite" and stored["NAME"] == name:
            path = tmp_path / "threads.sqlite3"
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            copy.close()
            stored["NAME"] = str(path)
        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(called, works))

    yield run
    stored["NAME"] = name
