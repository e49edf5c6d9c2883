"""Requests that share a few threads, and with them open database connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import ThreadSensitiveContext
from django.db import connections

from kontor.config.guards import Application, Receive, Scope, Send

# More at once would only quarrel about the interpreter, and PostgreSQL takes a hundred connections in all.
MOST_AT_ONCE = 16
PATIENCE_SECONDS = 3.0
STATIC = "/static/"

P = ParamSpec("P")
R = TypeVar("R")


class KeptThreads:
    """Gives a request a thread that an earlier one has left, instead of a new one.

    Django makes a thread for each request. Connections belong to threads, so each request opens its own,
    which takes longer than most of our pages; and three hundred phones at once make three hundred of them,
    more than PostgreSQL lets in. Here at most `MOST_AT_ONCE` requests are worked on, the others wait in the
    event loop.

    Whoever sends a form drop by drop holds nothing up: a request waits for its turn once its body is there,
    and takes a thread, with the open connection in it, no sooner than that.
    After `PATIENCE_SECONDS` it no longer waits, so that slow downloads cannot stop the house. Files are
    given out as before; they need no database.
    """

    def __init__(self, application: Application, most: int = MOST_AT_ONCE) -> None:
        self.application = application
        self.most = most
        self.turns = asyncio.Semaphore(most)
        self.idle: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, within a kept thread."""
        if scope["type"] != "http" or scope["path"].startswith(STATIC):
            await self.application(scope, receive, send)
            return
        has_asked = has_turn = False

        async def received() -> Mapping[str, Any]:
            nonlocal has_asked, has_turn
            message = await receive()
            if not has_asked and not message.get("more_body"):
                has_asked = True
                has_turn = await self._turn()
            return message

        lent = _LentThread(self.idle)
        try:
            async with ThreadSensitiveContext(executor=lent):
                await self.application(scope, received, send)
        finally:
            if has_turn:
                self.turns.release()
            lent.give_back(self.most)

    async def _turn(self) -> bool:
        try:
            await asyncio.wait_for(self.turns.acquire(), PATIENCE_SECONDS)
        except TimeoutError:
            return False
        return True


class _LentThread(Executor):
    """A thread taken from those that are idle, or a new one, once there is work for it."""

    def __init__(self, idle: list[ThreadPoolExecutor]) -> None:
        self.idle = idle
        self.thread: ThreadPoolExecutor | None = None
        self.latest: Future[Any] | None = None

    def submit(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Let the thread do a piece of work after those before it."""
        if self.thread is None:
            self.thread = self.idle.pop() if self.idle else ThreadPoolExecutor(1, "request")
        work = self.thread.submit(call, *args, **kwargs)
        self.latest = work
        return work

    def give_back(self, most: int) -> None:
        """Lay the thread back; it ends where enough are idle, or where it still works for who has left."""
        if self.thread is None or self.latest is None:
            return
        if self.latest.done() and len(self.idle) < most:
            self.idle.append(self.thread)
            return
        self.thread.submit(connections.close_all)
        self.thread.shutdown(wait=False)
