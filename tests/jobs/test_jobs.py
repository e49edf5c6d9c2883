"""Long work: started once, carried out, tried again, found when interrupted."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.queries import standing
from kontor.jobs.services import recover_jobs, start_job
from kontor.jobs.worker import run_waiting, run_worker

pytestmark = pytest.mark.django_db


def begin(function: str, key: str = "") -> Job:
    return start_job(kind=f"rehearsal.{function}", argument={"say": "Moin"}, scope="cluster:1", key=key)


def test_a_job_is_carried_out_and_tells_its_result(rehearsal):
    job = begin("count_to_three")

    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total, job.tries) == ("done", {"said": "Moin"}, 3, 3, 1)


def test_a_double_click_starts_one_job(rehearsal):
    first, second = begin("count_to_three", key="batch:1"), begin("count_to_three", key="batch:1")

    run_waiting()

    assert (first.pk, rehearsal.calls) == (second.pk, 1)


def test_the_same_work_may_run_again_once_it_is_over(rehearsal):
    first = begin("count_to_three", key="batch:1")
    run_waiting()

    second = begin("count_to_three", key="batch:1")

    assert first.pk != second.pk


def test_a_refusal_ends_the_job_with_its_reason(rehearsal):
    job = begin("refuse")

    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.error_code, job.error_params, job.tries) == (
        "failed",
        "import.empty",
        {"name": "leer.xlsx"},
        1,
    )


def test_the_room_hears_that_its_work_has_failed(rehearsal):
    begin("refuse")

    run_waiting()

    assert rehearsal.told == "import.empty"


def test_an_accident_is_tried_three_times_and_then_told(rehearsal):
    job = begin("stumble")

    for minutes in range(5):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            run_waiting()

    job.refresh_from_db()
    assert (job.state, job.error_code, job.tries, rehearsal.calls) == ("failed", "job.failed", 3, 3)


def interrupt(job: Job, *, tries: int) -> None:
    """Leave the traces of a worker that was killed a minute ago."""
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    DBTaskResult.objects.filter(pk=job.task_id).update(status="RUNNING", started_at=a_minute_ago)
    Job.objects.filter(pk=job.pk).update(state="running", tries=tries, heartbeat_at=a_minute_ago)


def test_an_interrupted_job_is_found_and_carried_out(rehearsal):
    job = begin("count_to_three")
    interrupt(job, tries=1)

    assert recover_jobs() == 1
    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 2)


def test_a_job_interrupted_three_times_fails_with_a_clear_reason(rehearsal):
    job = begin("count_to_three")
    interrupt(job, tries=3)

    recover_jobs()

    job.refresh_from_db()
    with translation.override("en"):
        problem = standing(job).problem
    assert (job.error_code, problem[:30]) == ("job.interrupted", "The server was stopped 3 times")


def test_a_job_that_gives_signs_of_life_is_left_alone(rehearsal):
    job = begin("count_to_three")
    interrupt(job, tries=1)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())

    assert recover_jobs() == 0


def test_a_job_lost_between_queue_and_start_is_queued_again(rehearsal):
    job = begin("count_to_three")
    interrupt(job, tries=0)
    Job.objects.filter(pk=job.pk).update(state="waiting")

    recover_jobs()
    run_waiting()

    job.refresh_from_db()
    assert job.state == "done"


def test_a_job_that_only_waits_is_not_queued_twice(rehearsal):
    job = begin("count_to_three")
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))

    assert recover_jobs() == 0


def test_a_worker_that_was_taken_for_dead_overwrites_nothing(rehearsal):
    job = begin("count_to_three")
    Job.objects.filter(pk=job.pk).update(state="running", tries=2, done=5, total=9)
    job.tries = 1

    Progress(job).step(1, 9)

    job.refresh_from_db()
    assert job.done == 5


def test_progress_is_written_twice_a_second_at_most(rehearsal, django_assert_num_queries):
    job = begin("count_to_three")
    Job.objects.filter(pk=job.pk).update(state="running")
    progress = Progress(job)

    with django_assert_num_queries(1):
        for done in range(1000):
            progress.step(done, 1000)


def test_standing_tells_percent_and_sentence(rehearsal):
    job = Job(state="running", done=30, total=120)

    with translation.override("de"):
        shown = standing(job)

    assert (shown.percent, shown.sentence, shown.problem) == (25, "30 von 120", "")


@pytest.mark.django_db(transaction=True)
def test_the_worker_loop_carries_out_jobs_until_it_is_stopped(rehearsal):
    job = begin("count_to_three")

    class StopAfterOneLook(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    run_worker(StopAfterOneLook())

    job.refresh_from_db()
    assert job.state == "done"


def test_a_kind_that_could_import_anything_is_refused(db):
    with pytest.raises(ValueError, match=r"os\.path"):
        start_job(kind="os.path.join", argument={}, scope="cluster:1")
