"""Answers from memory: fresh, renewed by one, and only to keys that we signed."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.config.shortcut import Shortcut
from kontor.listening.live import FRESH_SECONDS, MEMORY, Memory, board_in, live_key


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(min_value=1, max_value=2**62))
def test_a_key_names_its_board(number):
    assert board_in(live_key(number)) == number


@given(st.text(max_size=60))
def test_no_other_text_names_one(text):
    assert board_in(text) == 0


def test_an_old_answer_is_renewed_by_one_and_given_to_those_who_come_meanwhile():
    clock = Clock()
    memory = Memory(clock)
    memory.keep("key", 1, "collecting")
    fresh = memory.recall("key")
    clock.now += FRESH_SECONDS
    renewing, meanwhile = memory.recall("key"), memory.recall("key")

    assert (fresh.stage, renewing, meanwhile.stage) == (1, None, 1)


def test_a_forgotten_answer_is_asked_for_anew():
    memory = Memory()
    memory.keep("key", 1, "collecting")
    memory.forget("key")

    assert memory.recall("key") is None


def test_memory_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr("kontor.listening.live.MOST_BOARDS", 3)
    memory = Memory()
    for number in range(10):
        memory.keep(str(number), 1, "collecting")

    assert len(memory.answers) <= 3


async def nothing():
    return {"type": "http.request", "body": b""}


def answered(path: str, query: str = "", method: str = "GET") -> list[tuple[int, bytes]]:
    """Return what the shortcut, before an application that answers 599, sends for a request."""
    sent: list[dict] = []

    async def application(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 599, "headers": []})
        await send({"type": "http.response.body", "body": b"application"})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    asyncio.run(Shortcut(application)(scope, nothing, send))
    return [(sent[0]["status"], sent[1]["body"])]


@pytest.fixture
def remembered():
    MEMORY.keep("known", 7, "weighing")
    yield
    MEMORY.forget("known")


@pytest.mark.parametrize(
    ("path", "query", "method", "answer"),
    [
        ("/b/live/known/", "since=7", "GET", (204, b"")),
        ("/b/live/known/", "since=6", "GET", (200, b'{"stage": 7, "phase": "weighing"}')),
        ("/b/live/known/", "", "GET", (200, b'{"stage": 7, "phase": "weighing"}')),
        ("/b/live/known/", "since=7", "POST", (599, b"application")),
        ("/b/live/other/", "since=7", "GET", (599, b"application")),
        ("/b/known/", "since=7", "GET", (599, b"application")),
    ],
)
def test_the_shortcut_answers_what_it_knows_and_passes_on_the_rest(remembered, path, query, method, answer):
    assert answered(path, query, method) == [answer]
