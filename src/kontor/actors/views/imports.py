"""The member list assistant: file, columns, preview, carry out; each step is a page and can wait."""

from __future__ import annotations

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.imports_forms import MemberFileForm
from kontor.actors.imports_members import MEMBER_FIELDS
from kontor.actors.imports_template import template_csv, template_xlsx
from kontor.actors.models import ImportBatch
from kontor.actors.services import importing
from kontor.actors.views.imports_shown import column_lines, preview_context
from kontor.imports.refused import ImportRefused
from kontor.ui.errors import explain
from kontor.ui.notices import notify

STEPS = (
    gettext_lazy("Choose the file"),
    gettext_lazy("Check the columns"),
    gettext_lazy("Check the rows"),
    gettext_lazy("Result"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def batch_or_404(request: ClusterRequest, pk: int) -> ImportBatch:
    """Return a batch of members or CORDIS of this cluster."""
    kinds = (ImportBatch.Kind.MEMBERS, ImportBatch.Kind.CORDIS)
    batches = ImportBatch.objects.select_related("cluster", "created_by")
    return get_object_or_404(batches, pk=pk, cluster=request.cluster, kind__in=kinds)


def attachment(data: bytes, name: str) -> HttpResponse:
    """Return a download; its type follows from the name."""
    kind = XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_GET
@cluster_view(may="actors.import")
def template(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Download the template for member lists in the reader's language."""
    name = _("members-template")
    if file_format == "xlsx":
        return attachment(template_xlsx(), f"{name}.xlsx")
    if file_format == "csv":
        return attachment(template_csv(), f"{name}.csv")
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="actors.import")
def upload(request: ClusterRequest) -> HttpResponse:
    """First step: take the file; one that cannot be read is refused with the reason."""
    form = MemberFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = MemberFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                batch = _staged(request, form.cleaned_data["file"])
                return redirect("actors:import-columns", request.cluster.slug, batch.pk)
            except ImportRefused as refusal:
                form.add_error("file", explain(refusal))
    context = {"form": form, "steps": STEPS, "current": 1}
    return render(request, "actors/import_upload.html", context, status=422 if form.errors else 200)


def _staged(request: ClusterRequest, file: UploadedFile[Any]) -> ImportBatch:
    return importing.stage_members(
        cluster=request.cluster, data=file.read(), filename=file.name or "", user=request.user
    )


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="actors.import")
def columns(request: ClusterRequest, pk: int) -> HttpResponse:
    """Second step: say what each column of the file means."""
    batch = batch_or_404(request, pk)
    if _is_elsewhere(batch):
        return redirect("actors:import-result", request.cluster.slug, batch.pk)
    meanings = _meanings(request) if request.method == "POST" else None
    problem = ""
    if meanings is not None:
        try:
            importing.choose_columns(batch=batch, meanings=meanings)
            return redirect("actors:import-preview", request.cluster.slug, batch.pk)
        except ImportRefused as refusal:
            problem = explain(refusal)
    context = {
        "batch": batch,
        "lines": column_lines(batch, meanings),
        "fields": MEMBER_FIELDS,
        "problem": problem,
        "steps": STEPS,
        "current": 2,
    }
    return render(request, "actors/import_columns.html", context, status=422 if problem else 200)


def _is_elsewhere(batch: ImportBatch) -> bool:
    """True where this assistant has nothing to do with the batch any more."""
    return batch.kind != ImportBatch.Kind.MEMBERS or batch.state != ImportBatch.State.STAGED


def _meanings(request: HttpRequest) -> dict[int, str]:
    """Return column index → field name of what was posted."""
    found: dict[int, str] = {}
    for key, value in request.POST.items():
        index = key.removeprefix("column-")
        if key.startswith("column-") and index.isdecimal() and len(index) < 5 and value:
            found[int(index)] = str(value)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="actors.import")
def preview(request: ClusterRequest, pk: int) -> HttpResponse:
    """Third step: see what would happen, decide on rows, and carry out."""
    batch = batch_or_404(request, pk)
    if _is_elsewhere(batch):
        return redirect("actors:import-result", request.cluster.slug, batch.pk)
    problem = ""
    if request.method == "POST":
        try:
            if _decide(request, batch):
                return redirect("actors:import-result", request.cluster.slug, batch.pk)
            return redirect("actors:import-preview", request.cluster.slug, batch.pk)
        except ImportRefused as refusal:
            problem = explain(refusal)
            batch.refresh_from_db()
            if _is_elsewhere(batch):
                notify(request, problem)
                return redirect("actors:import-result", request.cluster.slug, batch.pk)
    context = _previewed(request, batch) | {"problem": problem}
    return render(request, "actors/import_preview.html", context, status=422 if problem else 200)


def _decide(request: ClusterRequest, batch: ImportBatch) -> bool:
    """Store what was chosen; True where the batch was carried out as well."""
    asked = request.POST.get("do", "save")
    batch = importing.store_choices(
        batch=batch, choices=_choices(request), leaves_out_faulty="leave_out_faulty" in request.POST
    )
    if asked == "all_same":
        sure = importing.sure_choices(importing.examine(batch).questions)
        importing.store_choices(batch=batch, choices=sure)
    if asked != "carry_out":
        return False
    importing.carry_out(batch=batch)
    return True


def _choices(request: HttpRequest) -> dict[int, str]:
    """Return row number → choice of what was posted; what does not fit a question is ignored later."""
    found: dict[int, str] = {}
    for key, value in request.POST.items():
        number = key.removeprefix("choice-")
        if key.startswith("choice-") and number.isdecimal() and len(number) < 8:
            found[int(number)] = str(value)[:24]
    return found


def _previewed(request: ClusterRequest, batch: ImportBatch) -> dict[str, Any]:
    examination = importing.examine(batch)
    shows_decided = "decided" in request.GET
    context = preview_context(examination, shows_decided=shows_decided)
    page = Paginator(cast("Any", context["lines"]), 50).get_page(request.GET.get("page"))
    return context | {"batch": batch, "page": page, "steps": STEPS, "current": 3}
