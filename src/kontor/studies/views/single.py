"""One study: begin it, see where it stands, change what it asks, let judging begin, throw it away."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.actors.views.conflict import conflict_shown
from kontor.criteria.queries import latest_version
from kontor.studies.forms.studies import StudyForm, stored
from kontor.studies.models import Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.people import assessor_of, people_rows
from kontor.studies.queries.progress import progress_of
from kontor.studies.services import preparing
from kontor.studies.shown_steps import next_step
from kontor.studies.views.found import CHANGE, VIEW, refused, study_or_404
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName, number_in
from kontor.ui.notices import notify

MOST_PEOPLE = 12


@require_safe
@cluster_view(may=VIEW)
def detail(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show who has done what, what is missing, and what helps next."""
    study = study_or_404(request, study_id)
    may_change = request.access.may(CHANGE)
    progress = progress_of([study])[study.pk]
    people = people_rows(study) if may_change else []
    context: dict[str, Any] = {
        "study": study,
        "progress": progress,
        "goals": list(study.goals.all()),
        "may_change": may_change,
        "step": next_step(study, progress) if may_change else None,
        "people": [row for row in people if not row.is_done][:MOST_PEOPLE],
        "done": sum(row.is_done for row in people),
        "mine": assessor_of(study, request.user),
        "history": history_of([study]) if may_change else [],
        "is_ready": bool(progress.candidates and progress.criteria and progress.people),
    }
    return render(request, "studies/detail.html", context)


@cluster_view(may=CHANGE)
def create(request: ClusterRequest) -> HttpResponse:
    """Begin a study; without a published catalogue the page leads to the criteria."""
    if latest_version(request.cluster) is None:
        return render(request, "studies/no_catalogue.html", {})
    form = StudyForm(request.POST or None, cluster=request.cluster)
    if request.method == "POST" and form.is_valid():
        try:
            study = preparing.create_study(cluster=request.cluster, created_by=request.user, **form.values())
        except StudyError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The study has begun. Now choose its candidates."))
            return redirect("studies:candidates-choose", request.cluster.slug, study.pk)
    return render(request, "studies/form.html", {"form": form}, status=422 if form.is_bound else 200)


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Change what a study asks."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    form = StudyForm(request.POST or None, cluster=request.cluster, initial=stored(study))
    context: dict[str, Any] = {"form": form, "study": study, "version": study.version}
    if request.method != "POST":
        return render(request, "studies/form.html", context)
    status, more = _save(request, study, form)
    if status != 200:
        return render(request, "studies/form.html", context | more, status=status)
    notify(request, _("The study has been saved."))
    return redirect("studies:detail", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def start(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Let people weigh and score."""
    study = study_or_404(request, study_id)
    try:
        preparing.start_judging(study=study)
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("Judging has begun. Now send the links."))
    return redirect("studies:people", request.cluster.slug, study.pk)


@cluster_view(may=CHANGE)
def delete(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Throw a study away after its title has been typed."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    form = ConfirmByName(request.POST or None, name=str(study.title))
    if request.method == "POST" and form.is_valid():
        try:
            preparing.delete_study(study=study)
        except StudyError as problem:
            return refused(request, study, problem)
        notify(request, _("The study has been deleted."))
        return redirect("studies:overview", request.cluster.slug)
    context = {"study": study, "form": form, "progress": progress_of([study])[study.pk]}
    return render(request, "studies/delete.html", context, status=422 if form.is_bound else 200)


def _save(request: ClusterRequest, study: Study, form: StudyForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        preparing.update_study(study=study, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, stored(_as_study(conflict)))
    except StudyError as problem:
        form.add_error(None, explain(problem))
        return 422, {"version": version}
    return 200, {}


def _as_study(conflict: EditConflict) -> Study:
    assert isinstance(conflict.current, Study)
    return conflict.current
