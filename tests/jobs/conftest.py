"""A room that exists in tests only, with work of every sort."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from kontor.jobs.progress import Progress


class RefusalError(ValueError):
    """A reason that a person can act on."""

    code = "import.empty"
    params = {"name": "leer.xlsx"}


class Rehearsal(ModuleType):
    """The tasks of the room; `calls` counts how often work began."""

    calls = 0
    told = ""

    def count_to_three(self, argument: dict[str, object], progress: Progress) -> dict[str, object]:
        for done in range(3):
            progress.step(done, 3)
        type(self).calls += 1
        return {"said": argument["say"]}

    def refuse(self, argument: dict[str, object], progress: Progress) -> dict[str, object]:
        raise RefusalError

    def refuse_failed(self, argument: dict[str, object], code: str, params: dict[str, object]) -> None:
        type(self).told = code

    def stumble(self, argument: dict[str, object], progress: Progress) -> dict[str, object]:
        type(self).calls += 1
        raise RuntimeError("the disk is full")


@pytest.fixture
def rehearsal(monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """Return the room `rehearsal`, reachable as kinds "rehearsal.…"."""
    room = Rehearsal("kontor.rehearsal.tasks")
    monkeypatch.setattr(Rehearsal, "calls", 0)
    monkeypatch.setitem(sys.modules, "kontor.rehearsal", ModuleType("kontor.rehearsal"))
    monkeypatch.setitem(sys.modules, "kontor.rehearsal.tasks", room)
    return room
