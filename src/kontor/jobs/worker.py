"""The loop that carries out the queue: `kontor worker`, or a thread of `kontor serve`."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from kontor.jobs.periodic import tend_rooms
from kontor.jobs.services import recover_jobs

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_RECOVERIES = 15.0
SECONDS_BETWEEN_ROUNDS = 60.0
KEEP_FINISHED = timedelta(days=14)


class _Queue(Worker):  # type: ignore[misc]
    """django-tasks' own worker, for one task at a time, so that we can stop in between."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
        )

    def run_next(self) -> bool:
        """Carry out the next task that is due; return whether there was one."""
        due = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not due.exists():  # looking costs no lock, taking does
            return False
        with exclusive_transaction(due.db):
            task = due.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        if task is not None:
            self.run_task(task)
        return task is not None


def run_waiting() -> int:
    """Carry out everything that is due, here and now; return how many tasks that were."""
    queue = _Queue()
    count = 0
    while queue.run_next():
        count += 1
    return count


def run_worker(stop: threading.Event) -> None:
    """Carry out jobs until `stop` is set; a job that has begun is finished first.

    Interrupted jobs of earlier processes are looked for at the start and every 15 seconds, and once a minute
    the rooms do what is due by the clock. A database that is away for a while is waited for.
    """
    queue = _Queue()
    recovered_at = tended_at = 0.0
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                if time.monotonic() - recovered_at > SECONDS_BETWEEN_RECOVERIES or not recovered_at:
                    recover_jobs()
                    _forget_old_tasks()
                    recovered_at = time.monotonic()
                if time.monotonic() - tended_at > SECONDS_BETWEEN_ROUNDS or not tended_at:
                    tend_rooms()
                    tended_at = time.monotonic()
                has_worked = queue.run_next()
            except DatabaseError:
                logger.exception("The worker cannot reach the database; it tries again.")
                has_worked = False
            if not has_worked:
                stop.wait(SECONDS_BETWEEN_LOOKS)
    finally:
        connections.close_all()


def _forget_old_tasks() -> None:
    """Drop the queue's own rows of long finished tasks; the jobs themselves stay."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED).delete()
