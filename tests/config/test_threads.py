"""Requests share threads, and none waits for ever."""

from __future__ import annotations

import asyncio
import threading

from asgiref.sync import sync_to_async

from kontor.config import threads
from kontor.config.threads import KeptThreads


async def body_at_once():
    return {"type": "http.request", "body": b"", "more_body": False}


async def sent(_message):
    return None


def scope(path: str = "/"):
    return {"type": "http", "path": path}


class Works:
    """An application that does its work in a thread, and remembers in which."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.running = self.most = 0

    async def __call__(self, _scope, receive, _send) -> None:
        await receive()
        self.running += 1
        self.most = max(self.most, self.running)
        self.names.append(await sync_to_async(lambda: threading.current_thread().name)())
        await asyncio.sleep(0.01)
        self.running -= 1


def test_one_after_the_other_all_use_one_thread():
    works = Works()
    kept = KeptThreads(works, most=2)

    async def meeting():
        for _ in range(5):
            await kept(scope(), body_at_once, sent)

    asyncio.run(meeting())
    assert len(set(works.names)) == 1


def test_no_more_are_worked_on_at_once_than_agreed():
    works = Works()
    kept = KeptThreads(works, most=3)

    async def meeting():
        await asyncio.gather(*(kept(scope(), body_at_once, sent) for _ in range(20)))

    asyncio.run(meeting())
    assert (works.most, len(works.names), len(kept.idle)) == (3, 20, 3)


def test_whoever_sends_its_body_drop_by_drop_keeps_nobody_waiting():
    works = Works()
    kept = KeptThreads(works, most=1)

    async def meeting():
        there = asyncio.Event()

        async def slow():
            await there.wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        dawdler = asyncio.create_task(kept(scope(), slow, sent))
        await asyncio.sleep(0)
        await kept(scope(), body_at_once, sent)
        finished = dawdler.done()
        there.set()
        await dawdler
        return finished

    assert (asyncio.run(meeting()), len(works.names)) == (False, 2)


def test_after_a_while_nobody_waits_any_longer(monkeypatch):
    monkeypatch.setattr(threads, "PATIENCE_SECONDS", 0.0)

    async def meeting():
        hold = asyncio.Event()
        done = []

        async def application(asked, receive, _send):
            await receive()
            if asked["path"] == "/slow/":
                await hold.wait()
            done.append(asked["path"])

        kept = KeptThreads(application, most=1)
        slow = asyncio.create_task(kept(scope("/slow/"), body_at_once, sent))
        await asyncio.sleep(0)
        await kept(scope("/quick/"), body_at_once, sent)
        hold.set()
        await slow
        return done

    assert asyncio.run(meeting()) == ["/quick/", "/slow/"]


def test_a_turn_is_given_back_after_a_fault():
    async def meeting():
        async def application(_scope, receive, _send):
            await receive()
            raise ValueError

        kept = KeptThreads(application, most=1)
        await asyncio.gather(*(kept(scope(), body_at_once, sent) for _ in range(3)), return_exceptions=True)
        return kept.turns.locked()

    assert asyncio.run(meeting()) is False


def test_whoever_sends_its_body_drop_by_drop_holds_no_kept_thread():
    works = Works()
    kept = KeptThreads(works, most=2)

    async def meeting():
        there = asyncio.Event()

        async def slow():
            await there.wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        await kept(scope(), body_at_once, sent)
        dawdler = asyncio.create_task(kept(scope(), slow, sent))
        await asyncio.sleep(0)
        idle = len(kept.idle)
        there.set()
        await dawdler
        return idle

    assert asyncio.run(meeting()) == 1


def test_a_thread_that_still_works_for_somebody_who_left_is_given_to_nobody():
    hold = threading.Event()

    async def application(_scope, receive, _send):
        await receive()
        await sync_to_async(hold.wait)()

    kept = KeptThreads(application, most=2)

    async def meeting():
        gone = asyncio.create_task(kept(scope(), body_at_once, sent))
        await asyncio.sleep(0.05)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        return len(kept.idle)

    try:
        assert asyncio.run(meeting()) == 0
    finally:
        hold.set()


def test_the_impatient_too_are_never_more_than_the_database_lets_in(monkeypatch):
    monkeypatch.setattr(threads, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(threads, "MOST_IMPATIENT", 4)
    works = Works()
    kept = KeptThreads(works, most=2)

    async def meeting():
        await asyncio.gather(*(kept(scope(), body_at_once, sent) for _ in range(40)))

    asyncio.run(meeting())
    assert (works.most, len(works.names), kept.turns.locked(), kept.over.locked()) == (4, 40, False, False)
