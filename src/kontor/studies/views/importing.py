"""The import of scores in three steps: choose the file, check the preview, done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.studies import exports
from kontor.studies.forms.importing import ScoreFileForm
from kontor.studies.models import ScoreImport, Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.services import importing
from kontor.studies.shown_scores import value_text
from kontor.studies.views.found import CHANGE, refused, study_or_404
from kontor.ui.errors import explain
from kontor.ui.notices import notify

MOST_FAULTS, MOST_ROWS = 200, 20


@cluster_view(may=CHANGE)
def upload(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Take the file, or say why it cannot be read."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    form = ScoreFileForm(request.POST or None, request.FILES or None, study=study)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        origin = importing.Origin(form.cleaned_data["assessor"], form.cleaned_data["source"])
        try:
            require_size(file.size)
            batch = importing.stage(
                study=study, user=request.user, file_name=file.name, data=file.read(), origin=origin
            )
        except (ImportRefused, StudyError) as refusal:
            form.add_error("file", explain(refusal))
        else:
            return redirect("studies:import-preview", request.cluster.slug, study.pk, batch.pk)
    past = study.score_imports.exclude(state=ScoreImport.State.STAGED)
    context = {
        "study": study,
        "form": form,
        "past": past.select_related("created_by", "assessor")[:20],
        "steps": _steps(),
        "current": 1,
    }
    return render(request, "studies/import_upload.html", context, status=422 if form.is_bound else 200)


@require_safe
@cluster_view(may=CHANGE)
def template(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Download a workbook with the candidates down and the criteria across."""
    study = study_or_404(request, study_id)
    candidates = list(study.candidates.select_related("partner"))
    return exports.template_file(study, candidates, criteria_named(study))


@require_safe
@cluster_view(may=CHANGE)
def preview(request: ClusterRequest, study_id: int, batch_id: int) -> HttpResponse:
    """Show what would be written, with every fault."""
    study = study_or_404(request, study_id)
    batch = _batch(study, batch_id)
    if batch.state != ScoreImport.State.STAGED:
        context = {"study": study, "batch": batch, "steps": _steps(), "current": 3}
        return render(request, "studies/import_done.html", context)
    return _show(request, study, batch)


@require_POST
@cluster_view(may=CHANGE)
def run(request: ClusterRequest, study_id: int, batch_id: int) -> HttpResponse:
    """Write the scores; where a fault is left, show it and write nothing."""
    study = study_or_404(request, study_id)
    batch = _batch(study, batch_id)
    try:
        batch = importing.carry_out(batch=batch)
    except StudyError as problem:
        if batch.state != ScoreImport.State.STAGED:
            return refused(request, study, problem)
        return _show(request, study, batch, explain(problem))
    written = batch.report["written"]
    text = ngettext("%(number)s score is in.", "%(number)s scores are in.", written)
    notify(request, text % {"number": written})
    return redirect("studies:import-preview", request.cluster.slug, study.pk, batch.pk)


@require_POST
@cluster_view(may=CHANGE)
def undo(request: ClusterRequest, study_id: int, batch_id: int) -> HttpResponse:
    """Take an import back."""
    study = study_or_404(request, study_id)
    try:
        importing.take_back(batch=_batch(study, batch_id))
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("The import has been taken back."))
    return redirect("studies:import-preview", request.cluster.slug, study.pk, batch_id)


def _batch(study: Study, batch_id: int) -> ScoreImport:
    rows = ScoreImport.objects.select_related("study__cluster", "assessor")
    return get_object_or_404(rows, pk=batch_id, study=study)


def _steps() -> list[str]:
    return [_("Choose the file"), _("Check"), _("Finished")]


def _show(request: ClusterRequest, study: Study, batch: ScoreImport, problem: str = "") -> HttpResponse:
    plan = importing.planned(batch)
    language = (get_language() or "en")[:2]
    names = {each.pk: str(each) for each in study.candidates.select_related("partner")}
    criteria = {each.pk: each for each in criteria_named(study)}
    rows = [
        (
            names[candidate],
            criteria[criterion].name,
            _("not known")
            if judgement.is_unknown
            else value_text(judgement.value, criteria[criterion], language),
            judgement,
        )
        for (candidate, criterion), judgement in list(plan.ready.items())[:MOST_ROWS]
    ]
    context = {
        "study": study,
        "batch": batch,
        "plan": plan,
        "faults": [(fault, explain(fault)) for fault in plan.faults[:MOST_FAULTS]],  # type: ignore[arg-type]
        "rows": rows,
        "problem": problem,
        "steps": _steps(),
        "current": 2,
    }
    return render(request, "studies/import_preview.html", context, status=422 if problem else 200)
