"""Plan a series of interviews, see whom the draw would take, and draw."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.segments import Dimension
from kontor.actors.views.conflict import conflict_shown
from kontor.listening import sample_words
from kontor.listening.interview_forms import DrawnStudyForm, StudyForm
from kontor.listening.models import InterviewStudy
from kontor.listening.problems import ListeningError
from kontor.listening.queries import interviews as queries
from kontor.listening.sample import code_of, said
from kontor.listening.services import interviews as services
from kontor.methods.sampling import Stratum
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

MAY = "listening.change_interview"
_NAMES = 3


@cluster_view(may=MAY)
def create(request: ClusterRequest) -> HttpResponse:
    """Begin a series; the next page shows whom the draw would take."""
    form = StudyForm(request.POST or None, cluster=request.cluster)
    if request.method == "POST" and form.is_valid():
        try:
            study = services.create_study(cluster=request.cluster, **form.values())
        except (ListeningError, ValidationError) as problem:
            form.add_error(None, refused(problem))
        else:
            return redirect("listening:interview-study", request.cluster.slug, study.pk)
    context = {"form": form, "has_guides": queries.guides(request.cluster).exists()}
    return render(
        request, "listening/interviews/study_form.html", context, status=422 if form.is_bound else 200
    )


@cluster_view(may=MAY)
def edit(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Change a series; once the sample is drawn, its name and guide."""
    study = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    kind = DrawnStudyForm if study.drawn else StudyForm
    form = kind(request.POST or None, cluster=request.cluster, initial=StudyForm.stored(study))
    context: dict[str, Any] = {"form": form, "study": study, "version": study.version, "has_guides": True}
    if request.method != "POST":
        return render(request, "listening/interviews/study_form.html", context)
    status, more = _save(request, study, form)
    if status != 200:
        return render(request, "listening/interviews/study_form.html", context | more, status=status)
    notify(request, _("The series has been saved."))
    return redirect("listening:interview-study", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=MAY)
def draw(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Draw the sample that the plan shows."""
    study = get_object_or_404(queries.studies(request.cluster), pk=study_id)
    version = number_in(request.POST.get("version", ""))
    try:
        drawn = services.draw_sample(study=study, expected_version=version, on=timezone.localdate())
    except EditConflict as conflict:
        return _plan_refused(request, study, explain(conflict), 409)
    except ListeningError as problem:
        return _plan_refused(request, study, explain(problem), 422)
    notify(request, _("The sample has been drawn. Now make the appointments."))
    return redirect("listening:interview-study", request.cluster.slug, drawn.pk)


@require_POST
@cluster_view(may=MAY)
def undo_draw(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Take everybody off the list again."""
    study = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    version = number_in(request.POST.get("version", ""))
    try:
        services.undo_draw(study=study, expected_version=version)
    except (EditConflict, ListeningError) as problem:
        return _refused_page(request, study, problem)
    notify(request, _("The draw has been taken back. The plan is as it was."))
    return redirect("listening:interview-study", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=MAY)
def change_state(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Close a series, or open it again."""
    study = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    is_closed = study.state == InterviewStudy.State.CLOSED
    state = InterviewStudy.State.RUNNING if is_closed else InterviewStudy.State.CLOSED
    try:
        services.set_study_state(study=study, state=state)
    except ListeningError as problem:
        return _refused_page(request, study, problem)
    notify(request, _("The series is open again.") if is_closed else _("The series is closed."))
    return redirect("listening:interview-study", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=MAY)
def delete(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Delete a series in which nobody has spoken yet."""
    study = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    try:
        services.delete_study(study=study)
    except ListeningError as problem:
        return _refused_page(request, study, problem)
    notify(request, _("The series has been deleted."))
    return redirect("listening:interviews", request.cluster.slug)


def planned(study: InterviewStudy) -> dict[str, Any]:
    """Return what the page of a series shows before the draw."""
    sample = queries.sample_of(study, timezone.localdate())
    strata = sorted(sample.draw.strata, key=lambda each: (-each.allotted, -each.population, each.groups))
    return {
        "study": study,
        "sentence": sample_words.in_short(sample.draw, sample.dimensions, study.allocation),
        "population": sample.draw.population,
        "drawn": len(sample.draw.drawn),
        "strata": [_stratum(sample, each) for each in strata if each.allotted],
        "without": [_stratum(sample, each) for each in strata if not each.allotted],
        "coverage": [_coverage(sample, index) for index, _name in enumerate(sample.dimensions)],
        "unknown": [
            {"label": Dimension(each).label, "members": number, "dimension": each}
            for each in sample.dimensions
            if (number := sample.unknown(each))
        ],
    }


def refused(problem: ListeningError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of the service."""
    return ValidationError(problem.messages) if isinstance(problem, ValidationError) else explain(problem)


def _stratum(sample: queries.Sample, stratum: Stratum) -> dict[str, Any]:
    """Return a group in words, with who would be drawn and who waits next."""
    return {
        "group": said(code_of(stratum.groups), sample.dimensions) or _("all members"),
        "population": stratum.population,
        "allotted": stratum.allotted,
        "probability": stratum.probability,
        "weight": stratum.weight,
        "drawn": sample.organisations(stratum.drawn),
        "reserve": sample.organisations(stratum.reserve[:_NAMES]),
        "more": max(0, len(stratum.reserve) - _NAMES),
    }


def _coverage(sample: queries.Sample, index: int) -> dict[str, Any]:
    """Return a dimension's groups, their share of the members beside that of the sample."""
    dimension = Dimension(sample.dimensions[index])
    found = {each.group: each for each in sample.draw.coverage(index)}
    drawn = len(sample.draw.drawn)
    return {
        "label": dimension.label,
        "groups": [
            {
                "label": label,
                "population": found[group].population,
                "drawn": found[group].drawn,
                "share": found[group].population / sample.draw.population,
                "share_drawn": found[group].drawn / drawn if drawn else 0,
            }
            for group, label in dimension.groups.items()
            if group in found
        ],
    }


def _save(request: ClusterRequest, study: InterviewStudy, form: StudyForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_study(study=study, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        current: Any = conflict.current
        return 409, conflict_shown(form, current, StudyForm.stored(current))
    except (ListeningError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 200, {}


def _plan_refused(request: ClusterRequest, study: InterviewStudy, problem: str, status: int) -> HttpResponse:
    fresh = get_object_or_404(queries.studies(request.cluster), pk=study.pk)
    if fresh.drawn:
        return _refused_page(request, fresh, ListeningError("interview.already_drawn"))
    context = planned(fresh) | {"problem": problem}
    return render(request, "listening/interviews/plan.html", context, status=status)


def _refused_page(
    request: ClusterRequest, study: InterviewStudy, problem: ListeningError | EditConflict
) -> HttpResponse:
    context = {"study": study, "problem": explain(problem)}
    return render(request, "listening/interviews/refused.html", context, status=409)
