"""The one task in the queue: carry out a job."""

from __future__ import annotations

from django_tasks import task


@task()  # type: ignore[untyped-decorator]
def run_job(job_id: int) -> None:
    """Carry out a waiting job; one that is over, running or gone is left alone."""
    # Here, because carrying out needs the queue for a second try, and the queue needs this task.
    from kontor.jobs.running import carry_out

    carry_out(job_id)
