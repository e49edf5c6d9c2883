"""Carrying out a job: claim, work, tell how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from django.db.models import F
from django.utils import timezone

from kontor.jobs.models import Job
from kontor.jobs.progress import Heartbeat, Progress
from kontor.jobs.services import MOST_TRIES, fail_job, task_function, try_again

logger = logging.getLogger(__name__)

# What a room's tasks.py offers: argument and progress in, what to tell at the end out.
Work: TypeAlias = Callable[[dict[str, object], Progress], dict[str, object]]


def carry_out(job_id: int) -> None:
    """Do the work of a waiting job and store how it ended.

    A refusal (an exception with a code) ends the job with its reason; anything else is tried again.
    """
    job = _claim(job_id)
    if job is None:
        return
    try:
        with Heartbeat(job):
            result = _work(job.kind)(job.argument, Progress(job))
    except Exception as error:
        _stop(job, error)
    else:
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries).update(
            state=Job.State.DONE, result=result, done=F("total"), finished_at=timezone.now()
        )


def _claim(job_id: int) -> Job | None:
    """Return the job, now running, or None where somebody else was first."""
    now = timezone.now()
    won = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, tries=F("tries") + 1, started_at=now, heartbeat_at=now
    )
    return Job.objects.get(pk=job_id) if won else None


def _work(kind: str) -> Work:
    work = task_function(kind)
    if work is None:
        raise LookupError(kind)
    return work


def _stop(job: Job, error: Exception) -> None:
    """Tell a refusal as it is; try again what may have been an accident."""
    code = str(getattr(error, "code", "") or "")
    if code:
        fail_job(job, code, getattr(error, "params", {}))
        return
    logger.exception("Job %s (%s) stopped at try %s", job.pk, job.kind, job.tries)
    if job.tries < MOST_TRIES:
        try_again(job, not_before=timezone.now() + timedelta(seconds=2**job.tries))
    else:
        fail_job(job, "job.failed", {"tries": job.tries})
