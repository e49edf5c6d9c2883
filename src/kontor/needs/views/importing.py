"""The import of needs in three steps: choose the file, check the preview, done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import ImportBatch
from kontor.imports.cells import column_letter
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.needs import exports, importing
from kontor.needs.forms import FileForm
from kontor.needs.importing.columns import columns
from kontor.needs.models import NeedTopic
from kontor.needs.problems import NeedError
from kontor.ui.errors import explain
from kontor.ui.notices import notify

MOST_FAULTS = 200
MOST_ROWS = 20


@cluster_view(may="needs.change_need")
def upload(request: ClusterRequest) -> HttpResponse:
    """Take the file, or say why it cannot be read."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            require_size(file.size)
            batch = importing.stage(
                cluster=request.cluster, user=request.user, file_name=file.name, data=file.read()
            )
        except ImportRefused as refusal:
            form.add_error("file", explain(refusal))
        else:
            return redirect("needs:import-preview", request.cluster.slug, batch.pk)
    past = _batches(request).exclude(state=ImportBatch.State.STAGED).select_related("created_by")[:20]
    context = {"form": form, "past": past, "columns": columns(), "steps": _steps(), "current": 1}
    return render(request, "needs/import_upload.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="needs.change_need")
def template(request: ClusterRequest) -> HttpResponse:
    """Download an empty list with the right headings and one example."""
    return exports.template_file([str(field.label) for field in columns()], cluster=request.cluster)


@cluster_view(may="needs.change_need")
def preview(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Show what would be written, with every fault, and take choices."""
    batch = get_object_or_404(_batches(request), pk=batch_id)
    if batch.state != ImportBatch.State.STAGED:
        return render(request, "needs/import_done.html", {"batch": batch, "steps": _steps(), "current": 3})
    if request.method == "POST":
        _store_choices(request, batch)
        return redirect("needs:import-preview", request.cluster.slug, batch.pk)
    return _show(request, batch)


@require_POST
@cluster_view(may="needs.change_need")
def run(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Write the list; where a fault is left, show it and write nothing."""
    batch = get_object_or_404(_batches(request), pk=batch_id)
    try:
        batch = _store_choices(request, batch)
        batch = importing.carry_out(batch=batch)
    except NeedError as problem:
        if batch.state != ImportBatch.State.STAGED:
            return render(request, "needs/refused.html", {"problem": explain(problem)}, status=409)
        return _show(request, batch, explain(problem))
    written = batch.report["written"]
    text = ngettext("%(written)s need is now on record.", "%(written)s needs are now on record.", written)
    notify(request, text % {"written": written})
    return redirect("needs:import-preview", request.cluster.slug, batch.pk)


@require_POST
@cluster_view(may="needs.change_need")
def undo(request: ClusterRequest, batch_id: int) -> HttpResponse:
    """Take an import back."""
    batch = get_object_or_404(_batches(request), pk=batch_id)
    try:
        importing.take_back(batch=batch)
    except NeedError as problem:
        return render(request, "needs/refused.html", {"problem": explain(problem)}, status=409)
    notify(request, _("The import has been taken back."))
    return redirect("needs:import-preview", request.cluster.slug, batch.pk)


def _batches(request: ClusterRequest) -> Any:
    return ImportBatch.objects.filter(cluster=request.cluster, kind=ImportBatch.Kind.NEEDS)


def _steps() -> list[str]:
    return [_("Choose the file"), _("Check"), _("Finished")]


def _show(request: ClusterRequest, batch: ImportBatch, problem: str = "") -> HttpResponse:
    """Show the preview with the columns found, the names to decide, the faults and the first rows."""
    planned = importing.plan(batch)
    offered = [
        (index, f"{column_letter(index)}: {header or '–'}") for index, header in enumerate(planned.headers)
    ]
    context = {
        "batch": batch,
        "plan": planned,
        "columns": [(field, planned.mapping.get(field.name)) for field in columns()],
        "offered": offered,
        "faults": [(fault, explain(fault)) for fault in planned.faults[:MOST_FAULTS]],  # type: ignore[arg-type]
        "rows": batch.staged["rows"][:MOST_ROWS],
        "topics": [(topic.pk, str(topic)) for topic in NeedTopic.objects.filter(cluster=request.cluster)],
        "problem": problem,
        "steps": _steps(),
        "current": 2,
    }
    return render(request, "needs/import_preview.html", context, status=422 if problem else 200)


def _store_choices(request: ClusterRequest, batch: ImportBatch) -> ImportBatch:
    """Store the columns and names chosen in the preview; a post without them changes nothing."""
    mapping = {
        field.name: int(value)
        for field in columns()
        if (value := request.POST.get(f"column-{field.name}", "")).isdecimal() and len(value) < 5
    }
    if not mapping:
        return batch
    return importing.choose(
        batch=batch,
        mapping=mapping,
        organisations=_chosen(request, "organisation-"),
        topics=_chosen(request, "topic-"),
    )


def _chosen(request: ClusterRequest, prefix: str) -> dict[str, str]:
    """Return folded name → choice for every name on the page."""
    posted = request.POST.items()
    return {name.removeprefix(prefix): str(value) for name, value in posted if name.startswith(prefix)}
