"""Signs of life from long work.

Progress is visible to others only once its own small write is committed. Inside a long transaction it is
not, and on SQLite nobody else can write meanwhile: work therefore computes first, with progress, and writes
at the end, at once.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType

from django.db import DatabaseError, connection
from django.utils import timezone

from kontor.jobs.models import Job

SECONDS_BETWEEN_WRITES = 0.5
SECONDS_BETWEEN_BEATS = 3.0


class Progress:
    """Tells how far a job is; hand `Progress.silent()` to work that nobody watches."""

    def __init__(self, job: Job | None) -> None:
        self._job = job
        self._written_at = 0.0
        self._last = (0, 0)

    @classmethod
    def silent(cls) -> Progress:
        """Return a progress that writes nothing."""
        return cls(None)

    def step(self, done: int, total: int) -> None:
        """Note that `done` of `total` steps are carried out; written twice a second at most."""
        now = time.monotonic()
        is_new_stage = total != self._last[1]
        if self._job is None or (now - self._written_at < SECONDS_BETWEEN_WRITES and not is_new_stage):
            return
        self._last, self._written_at = (done, total), now
        mine = Job.objects.filter(pk=self._job.pk, tries=self._job.tries, state=Job.State.RUNNING)
        mine.update(done=done, total=total, heartbeat_at=timezone.now())


class Heartbeat:
    """While it is open, says every few seconds that the job's process lives, from a thread of its own."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name=f"heartbeat-{job.pk}")

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_BEATS):
            try:
                mine = Job.objects.filter(pk=self._job.pk, tries=self._job.tries)
                mine.update(heartbeat_at=timezone.now())
            except DatabaseError:
                # SQLite: the job itself is writing just now, which is a sign of life too.
                continue
            finally:
                connection.close()
