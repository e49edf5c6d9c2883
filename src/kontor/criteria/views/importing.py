"""The import of own criteria in three steps: choose the file, check the preview, done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.criteria import exports, importing, services
from kontor.criteria.forms import FileForm
from kontor.criteria.importing.columns import columns
from kontor.criteria.models import CriteriaImport
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import OWN, family_texts
from kontor.criteria.shown import Said
from kontor.criteria.texts import said
from kontor.criteria.views.access import CHANGE, overview_url, purpose_or_404, refused
from kontor.imports.cells import column_letter
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.ui.errors import explain
from kontor.ui.notices import notify

MOST_FAULTS = 200
MOST_ROWS = 20
STATES = CriteriaImport.State


@cluster_view(may=CHANGE)
def upload(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Take the file, or say why it cannot be read."""
    purpose_or_404(purpose)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            require_size(file.size)
            catalogue = services.ensure_catalogue(cluster=request.cluster, purpose=purpose)
            batch = importing.stage(
                catalogue=catalogue, user=request.user, file_name=file.name, data=file.read()
            )
        except ImportRefused as refusal:
            form.add_error("file", explain(refusal))
        else:
            return redirect("criteria:import-preview", request.cluster.slug, batch.pk)
    past = CriteriaImport.objects.filter(cluster=request.cluster, catalogue__purpose=purpose)
    context = {
        "form": form,
        "purpose": purpose,
        "past": past.exclude(state=STATES.STAGED).select_related("created_by")[:20],
        "columns": columns(purpose),
        "steps": _steps(),
        "current": 1,
        "back_url": overview_url(request, purpose),
    }
    return render(request, "criteria/import_upload.html", context, status=422 if form.is_bound else 200)


@cluster_view(may=CHANGE)
def template(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Download an empty list with the right headings and one example."""
    own = str(said(family_texts(purpose_or_404(purpose), OWN)))
    example = (
        *(own, "Gemeinsames Prüffeld", "Shared test site"),
        *("Können wir dort gemeinsam prüfen?", "Can we test there together?"),
    )
    return exports.template_file(purpose, example, cluster=request.cluster)


@cluster_view(may=CHANGE)
def preview(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Show what would be written, with every fault, and take other columns."""
    batch = _batch_or_404(request, batch_id)
    if batch.state != STATES.STAGED:
        context = {"batch": batch, "steps": _steps(), "current": 3}
        context["back_url"] = overview_url(request, batch.catalogue.purpose)
        return render(request, "criteria/import_done.html", context)
    if request.method == "POST":
        _store_columns(request, batch)
        return redirect("criteria:import-preview", request.cluster.slug, batch.pk)
    return _show(request, batch)


@require_POST
@cluster_view(may=CHANGE)
def run(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Write the list; where a fault is left, show it and write nothing."""
    batch = _batch_or_404(request, batch_id)
    try:
        batch = importing.carry_out(batch=_store_columns(request, batch))
    except CriteriaError as problem:
        if batch.state != STATES.STAGED:
            return refused(request, problem, batch.catalogue.purpose)
        return _show(request, _batch_or_404(request, batch_id), explain(problem))
    written = batch.report["written"]
    text = ngettext("%(written)s criterion has been added.", "%(written)s criteria have been added.", written)
    notify(request, text % {"written": written})
    return redirect("criteria:import-preview", request.cluster.slug, batch.pk)


@require_POST
@cluster_view(may=CHANGE)
def take_back(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Take an import back."""
    batch = _batch_or_404(request, batch_id)
    try:
        importing.take_back(batch=batch)
    except CriteriaError as problem:
        return refused(request, problem, batch.catalogue.purpose)
    notify(request, _("The import has been taken back."))
    return redirect("criteria:import-preview", request.cluster.slug, batch.pk)


def _batch_or_404(request: ClusterRequest, pk: int) -> CriteriaImport:
    found = CriteriaImport.objects.select_related("catalogue")
    return get_object_or_404(found, pk=pk, cluster=request.cluster)


def _steps() -> list[str]:
    return [_("Choose the file"), _("Check"), _("Finished")]


def _show(request: ClusterRequest, batch: CriteriaImport, problem: str = "") -> HttpResponse:
    """Show the preview: columns found, faults, and the first criteria as they would be."""
    planned, purpose = importing.plan(batch), batch.catalogue.purpose
    offered = [
        (index, f"{column_letter(index)}: {header or '–'}") for index, header in enumerate(planned.headers)
    ]
    context = {
        "batch": batch,
        "plan": planned,
        "columns": [(field, planned.mapping.get(field.name)) for field in columns(purpose)],
        "offered": offered,
        "faults": [(fault, explain(fault)) for fault in planned.faults[:MOST_FAULTS]],  # type: ignore[arg-type]
        "ready": [
            (each.row, said(family_texts(purpose, each.values["family"])), Said(importing.draft(batch, each)))
            for each in planned.ready[:MOST_ROWS]
        ],
        "problem": problem,
        "steps": _steps(),
        "current": 2,
        "back_url": overview_url(request, purpose),
    }
    return render(request, "criteria/import_preview.html", context, status=422 if problem else 200)


def _store_columns(request: ClusterRequest, batch: CriteriaImport) -> CriteriaImport:
    """Store the columns chosen in the preview; a post without them changes nothing."""
    mapping = {
        field.name: int(value)
        for field in columns(batch.catalogue.purpose)
        if (value := request.POST.get(f"column-{field.name}", "")).isdecimal() and len(value) < 5
    }
    return importing.choose(batch=batch, mapping=mapping) if mapping else batch
