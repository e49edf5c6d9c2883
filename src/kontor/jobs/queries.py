"""How a job stands, for pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.jobs.models import Job
from kontor.ui.errors import explain


class JobProblem(Exception):  # noqa: N818 - a stored answer, never raised
    """The stored reason why a job failed."""

    def __init__(self, code: str, params: dict[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Standing:
    """What the progress fragment shows. percent: 0 to 100, None while the total is not known."""

    percent: int | None
    sentence: str
    is_done: bool
    problem: str


def standing(job: Job) -> Standing:
    """Return how a job stands, in the reader's language."""
    has_failed = job.state == Job.State.FAILED
    return Standing(
        percent=round(100 * job.share) if job.total else None,
        sentence=_sentence(job),
        is_done=job.state == Job.State.DONE,
        problem=explain(JobProblem(job.error_code, job.error_params)) if has_failed else "",
    )


def _sentence(job: Job) -> str:
    if job.state == Job.State.WAITING:
        return _("Starts again in a moment.") if job.tries else _("Starts in a moment.")
    if job.state == Job.State.DONE:
        return _("Done.")
    if job.total:
        return _("%(done)s of %(total)s") % {"done": job.done, "total": job.total}
    return _("At work.")
