"""Starting long work and finding what was interrupted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kontor.jobs.models import Job
from kontor.jobs.tasks import run_job

MOST_TRIES = 3
# A running job gives a sign of life every few seconds (see progress.Heartbeat).
SILENT_AFTER = timedelta(seconds=30)
KIND = re.compile(r"[a-z_]+\.[a-z_]+")


def start_job(
    *,
    kind: str,
    argument: dict[str, object],
    scope: str,
    requested_by: str = "",
    key: str = "",
) -> Job:
    """Queue long work and return its job; a second click returns the job of the first.

    kind: "<room>.<function>" of that room's tasks.py.   scope: whose it is, such as "cluster:7".
    key:  jobs of the same scope, kind and key never wait or run side by side; "" forbids nothing.
    """
    if not KIND.fullmatch(kind):
        raise ValueError(kind)
    job = Job(kind=kind, argument=argument, scope=scope, requested_by=requested_by, key=key)
    try:
        with transaction.atomic():
            job.save()
            _enqueue(job)
    except IntegrityError:
        first = Job.objects.filter(scope=scope, kind=kind, key=key).first()
        if first is None:
            raise
        return first
    return job


def _enqueue(job: Job, *, not_before: datetime | None = None) -> None:
    """Put a job into the queue; its heartbeat counts from now."""
    task = run_job.using(run_after=not_before) if not_before else run_job
    job.task_id = str(task.enqueue(job.pk).id)
    job.heartbeat_at = timezone.now()
    job.save(update_fields=["task_id", "heartbeat_at"])


@transaction.atomic
def try_again(job: Job, *, not_before: datetime | None = None) -> None:
    """Queue a job that stopped half-way once more; what it had done so far counts as not done."""
    is_mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries)
    if is_mine.update(state=Job.State.WAITING, done=0, total=0):
        job.refresh_from_db()
        _enqueue(job, not_before=not_before)


def fail_job(job: Job, code: str, params: dict[str, object]) -> None:
    """End a job that cannot succeed; nothing happens where it has been taken over meanwhile.

    The room hears of it where its tasks.py has a function called like the work with "_failed" behind it.
    """
    is_mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries)
    ended = is_mine.update(
        state=Job.State.FAILED, error_code=code, error_params=params, finished_at=timezone.now()
    )
    told = task_function(f"{job.kind}_failed") if ended else None
    if told is not None:
        told(job.argument, code, params)


def task_function(kind: str) -> Callable[..., Any] | None:
    """Return the function of a room's tasks.py, such as "actors.read_cordis", or None."""
    room, name = kind.split(".")
    return cast("Callable[..., Any] | None", getattr(import_module(f"kontor.{room}.tasks"), name, None))


def recover_jobs(*, now: datetime | None = None) -> int:
    """Restart jobs whose worker died, at most three tries each; return how many were found."""
    silent_since = (now or timezone.now()) - SILENT_AFTER
    found = 0
    for job in Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=silent_since):
        found += 1
        DBTaskResult.objects.filter(pk=job.task_id, status="RUNNING").update(
            status="FAILED", finished_at=timezone.now()
        )
        if job.tries < MOST_TRIES:
            try_again(job)
        else:
            fail_job(job, "job.interrupted", {"tries": job.tries})
    return found + _recover_waiting(silent_since)


def _recover_waiting(silent_since: datetime) -> int:
    """Queue again what waits although the queue no longer knows it: the worker died while taking it."""
    waiting = list(Job.objects.filter(state=Job.State.WAITING, heartbeat_at__lt=silent_since))
    known = DBTaskResult.objects.filter(Q(status="READY") | Q(started_at__gte=silent_since))
    in_queue = {
        str(pk) for pk in known.filter(pk__in=[j.task_id for j in waiting]).values_list("pk", flat=True)
    }
    lost = [job for job in waiting if job.task_id not in in_queue]
    for job in lost:
        with transaction.atomic():
            _enqueue(job)
    return len(lost)
