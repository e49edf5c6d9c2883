"""What came out: the sentence, the picture, the table, the method; and what is worth finding out next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.jobs.models import Job
from kontor.jobs.queries import standing as job_standing
from kontor.studies.models import Study
from kontor.studies.reading import Reading, reading_of
from kontor.studies.shown_facts import facts_of
from kontor.studies.shown_method import basis_told, method_steps
from kontor.studies.shown_places import places_of
from kontor.studies.shown_result import (
    MOST_SHOWN,
    agreement_told,
    families_of,
    outs_of,
    standings_of,
    threatened,
)
from kontor.studies.views.found import JUDGEMENTS, study_or_404
from kontor.ui.forms import number_in

RESULT = "studies.view_result"
FACTS_IN_SIGHT = 3


@require_safe
@cluster_view(may=RESULT)
def result(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show who comes first, how sure that is and what could change it."""
    reading = reading_of(study_or_404(request, study_id))
    return render(request, "studies/result.html", _shown(request, reading))


@require_safe
@cluster_view(may=RESULT)
def progress(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Return how far the simulation is; once it is done, the whole result in place of what was shown."""
    study = study_or_404(request, study_id)
    if not request.htmx:
        return redirect("studies:result", request.cluster.slug, study.pk)
    asked = Job.objects.filter(
        pk=number_in(request.GET.get("job", "")), scope=f"cluster:{study.cluster_id}", kind="studies.simulate"
    ).first()
    if asked is not None and asked.state == Job.State.FAILED:
        # Asking for the outcome would begin anew, each second; opening the page does so once.
        return render(request, "studies/result/computing.html", {"work": _work(study, asked)})
    reading = reading_of(study)
    context = _shown(request, reading)
    if reading.is_computing:
        return render(request, "studies/result/computing.html", context)
    answer = render(request, "studies/result/whole.html", context)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#result", "outerHTML"
    return answer


@require_safe
@cluster_view(may=RESULT)
def facts(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show what is worth finding out, the most useful first."""
    reading = reading_of(study_or_404(request, study_id))
    may_fill = request.access.may(JUDGEMENTS) and not reading.study.is_decided
    context = {
        "study": reading.study,
        "reading": reading,
        "facts": facts_of(reading, may_fill=may_fill),
        "uncertain": len(reading.plain.next_facts),
    }
    return render(request, "studies/result_facts.html", context)


def _shown(request: ClusterRequest, reading: Reading) -> dict[str, Any]:
    may_fill = request.access.may(JUDGEMENTS) and not reading.study.is_decided
    return {
        "study": reading.study,
        "reading": reading,
        "told": reading.told,
        "families": families_of(reading),
        "standings": standings_of(reading),
        "outs": outs_of(reading)[:MOST_SHOWN],
        "threatened": threatened(reading)[:MOST_SHOWN],
        "places": places_of(reading),
        "facts": facts_of(reading, may_fill=may_fill, limit=FACTS_IN_SIGHT),
        "methods_told": agreement_told(reading),
        "basis": basis_told(reading),
        "steps": method_steps(),
        "most": MOST_SHOWN,
        "as_of": reading.found.outcome.created_at,
        "work": work_of(reading),
    }


def work_of(reading: Reading) -> dict[str, Any] | None:
    """Return how far the simulation is, None where nothing is left to compute."""
    job = reading.found.job
    return _work(reading.study, job) if job and reading.is_computing else None


def _work(study: Study, job: Job) -> dict[str, Any]:
    """Return how far the simulation is, for the component that shows progress."""
    poll_url = reverse("studies:result-progress", args=[study.cluster.slug, study.pk])
    return {"standing": job_standing(job), "poll_url": f"{poll_url}?job={job.pk}"}
