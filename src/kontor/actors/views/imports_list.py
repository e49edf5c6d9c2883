"""All imports with their history, the result of each, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import FORMATS, list_file
from kontor.actors.imports_downloads import faults_file, left_out_xlsx
from kontor.actors.models import ImportBatch
from kontor.actors.services import importing
from kontor.actors.services.importing.faults import sentence, unpacked_fault
from kontor.actors.views.access import tabs
from kontor.actors.views.imports import STEPS, attachment, batch_or_404
from kontor.actors.views.imports_cordis import CORDIS_STEPS
from kontor.actors.views.imports_shown import fault_lines
from kontor.imports.fields import Fault
from kontor.imports.refused import ImportRefused
from kontor.reports.model import Column
from kontor.ui.errors import explain
from kontor.ui.notices import notify

KINDS = (ImportBatch.Kind.MEMBERS, ImportBatch.Kind.CORDIS)
SORTS = {"file": "file_name", "kind": "kind", "state": "state", "started": "created_at"}
FAULTS_SHOWN = 200


@require_safe
@cluster_view(may="actors.import")
def listing(request: ClusterRequest) -> HttpResponse:
    """Show all imports of the cluster, the latest first."""
    batches = _asked(request)
    context = {
        **tabs(request),
        "page": Paginator(batches, 50).get_page(request.GET.get("page")),
        "groups": _filters(request),
        "query": request.GET.get("q", ""),
        "has_any": _all(request).exists(),
    }
    return render(request, "actors/import_list.html", context)


def _all(request: ClusterRequest) -> QuerySet[ImportBatch]:
    batches = ImportBatch.objects.filter(cluster=request.cluster, kind__in=KINDS)
    return batches.defer("staged", "changes", "report").select_related("created_by")


def _asked(request: ClusterRequest) -> QuerySet[ImportBatch]:
    batches = _all(request)
    if request.GET.get("state") in ImportBatch.State.values:
        batches = batches.filter(state=request.GET["state"])
    if request.GET.get("q"):
        batches = batches.filter(file_name__icontains=request.GET["q"][:100])
    asked = request.GET.get("sort", "-started")
    column = SORTS.get(asked.lstrip("-"), "created_at")
    return batches.order_by(f"-{column}" if asked.startswith("-") else column, "-pk")


def _filters(request: ClusterRequest) -> list[dict[str, Any]]:
    """Return the states as chips; the one that is on leads back to all."""
    counted = dict(_all(request).order_by().values_list("state").annotate(Count("pk")))
    chosen = request.GET.get("state", "")
    choices = [
        {
            "label": label,
            "count": counted[state],
            "url": f"?{_changed(request.GET, '' if state == chosen else state)}",
            "is_on": state == chosen,
        }
        for state, label in ImportBatch.State.choices
        if counted.get(state)
    ]
    return [{"label": _("State"), "choices": choices}] if len(choices) > 1 or chosen else []


def _changed(asked: QueryDict, state: str) -> str:
    address = asked.copy()
    address.pop("page", None)
    address.pop("state", None)
    if state:
        address["state"] = state
    return address.urlencode()


@require_GET
@cluster_view(may="actors.import")
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Download the history."""
    if file_format not in FORMATS:
        raise Http404
    heads = [Column(text) for text in (_("File"), _("What"), _("State"), _("Started"), _("By"))]
    rows = (
        (
            batch.file_name,
            batch.get_kind_display(),
            batch.get_state_display(),
            batch.created_at,
            str(batch.created_by or ""),
        )
        for batch in _asked(request)
    )
    return list_file(_("Imports"), heads, list(rows), file_format, cluster=request.cluster)


@require_safe
@cluster_view(may="actors.import")
def show(request: ClusterRequest, pk: int) -> HttpResponse:
    """Show how an import went; one that is not carried out yet leads to its next step."""
    batch = batch_or_404(request, pk)
    is_cordis = batch.kind == ImportBatch.Kind.CORDIS
    if is_cordis and batch.state in (ImportBatch.State.STAGED, ImportBatch.State.RUNNING):
        return redirect("actors:import-cordis-members", request.cluster.slug, batch.pk)
    if batch.state == ImportBatch.State.STAGED:
        return redirect("actors:import-preview", request.cluster.slug, batch.pk)
    return render(request, "actors/import_result.html", _shown(batch))


def _shown(batch: ImportBatch, problem: str = "") -> dict[str, Any]:
    report = batch.report
    found = list(map(unpacked_fault, report.get("faults", [])))
    failed = report.get("problem")
    steps = CORDIS_STEPS if batch.kind == ImportBatch.Kind.CORDIS else STEPS
    return {
        "batch": batch,
        "report": report,
        "problem": problem,
        "failure": sentence(failed["code"], failed["params"]) if failed else "",
        "faults": list(fault_lines(found[:FAULTS_SHOWN])),
        "fault_count": len(found),
        "left_out": [_left_out_line(entry) for entry in report.get("left_out", [])[:FAULTS_SHOWN]],
        "may_undo": batch.state == ImportBatch.State.DONE,
        "steps": steps,
        "current": len(steps),
    }


def _left_out_line(entry: dict[str, Any]) -> dict[str, Any]:
    reasons = list(fault_lines(map(unpacked_fault, entry["faults"])))
    first = next((cell for cell in entry["cells"] if isinstance(cell, str) and cell), "")
    return {"row": entry["row"], "first": first, "reasons": reasons}


@require_POST
@cluster_view(may="actors.import")
def undo(request: ClusterRequest, pk: int) -> HttpResponse:
    """Take an import back, or say what stands against it."""
    batch = batch_or_404(request, pk)
    try:
        importing.undo_import(batch=batch)
    except ImportRefused as refusal:
        batch.refresh_from_db()
        return render(request, "actors/import_result.html", _shown(batch, explain(refusal)), status=409)
    notify(request, _("The import has been taken back."))
    return redirect("actors:import-result", request.cluster.slug, batch.pk)


@require_POST
@cluster_view(may="actors.import")
def discard(request: ClusterRequest, pk: int) -> HttpResponse:
    """Drop an import that was only prepared."""
    batch = batch_or_404(request, pk)
    try:
        importing.discard_import(batch=batch)
        notify(request, _("The prepared import has been discarded; nothing had been written."))
    except ImportRefused as refusal:
        notify(request, explain(refusal))
    return redirect("actors:import-list", request.cluster.slug)


@require_GET
@cluster_view(may="actors.import")
def left_out(request: ClusterRequest, pk: int) -> HttpResponse:
    """Download the rows that were left out, with the reason."""
    batch = batch_or_404(request, pk)
    return attachment(left_out_xlsx(batch), f"{_('left-out')}-{batch.pk}.xlsx")


@require_GET
@cluster_view(may="actors.import")
def faults(request: ClusterRequest, pk: int, file_format: str) -> HttpResponse:
    """Download the faults: of the preview while it is prepared, of the report afterwards."""
    if file_format not in FORMATS:
        raise Http404
    batch = batch_or_404(request, pk)
    name = f"{_('faults')}-{batch.pk}.{file_format}"
    return attachment(faults_file(_faults_of(batch), file_format, request.LANGUAGE_CODE), name)


def _faults_of(batch: ImportBatch) -> Iterable[Fault]:
    if batch.kind == ImportBatch.Kind.MEMBERS and batch.state == ImportBatch.State.STAGED:
        return importing.examine(batch).faults
    reported = batch.report.get("faults", [])
    left_out = batch.report.get("left_out", [])
    return map(unpacked_fault, [*reported, *(fault for entry in left_out for fault in entry["faults"])])
