"""The import of profiles in three steps: choose the file, check the preview, done."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.imports.cells import column_letter, shown
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.needs.forms import FileForm
from kontor.partners import importing
from kontor.partners.importing.columns import FACT, columns
from kontor.partners.importing.template import template_file
from kontor.partners.models import PartnerImport
from kontor.partners.problems import PartnerError
from kontor.partners.views.shared import refused
from kontor.ui.errors import explain
from kontor.ui.notices import notify

MOST_FAULTS = 200
MOST_ROWS = 20


@cluster_view(may="partners.change_partner")
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
            return redirect("partners:import-preview", request.cluster.slug, batch.pk)
    past = _batches(request).exclude(state=PartnerImport.State.STAGED).select_related("created_by")[:20]
    heads = [field for field in columns() if not field.name.startswith(FACT)]
    context = {"form": form, "past": past, "columns": heads, "steps": _steps(), "current": 1}
    return render(request, "partners/import_upload.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="partners.change_partner")
def template(request: ClusterRequest) -> HttpResponse:
    """Download an empty list with the right headings, an example, and what each field means."""
    return template_file(cluster=request.cluster)


@cluster_view(may="partners.change_partner")
def preview(request: ClusterRequest, import_id: int) -> HttpResponse:
    """Show what would be written, with every fault, and take choices."""
    batch = get_object_or_404(_batches(request), pk=import_id)
    if batch.state != PartnerImport.State.STAGED:
        return render(request, "partners/import_done.html", {"batch": batch, "steps": _steps(), "current": 3})
    if request.method != "POST":
        return _show(request, batch)
    try:
        _store_choices(request, batch)
    except PartnerError as problem:
        return _show(request, batch, explain(problem))
    return redirect("partners:import-preview", request.cluster.slug, batch.pk)


@require_POST
@cluster_view(may="partners.change_partner")
def run(request: ClusterRequest, import_id: int) -> HttpResponse:
    """Write the list; where a fault is left, show it and write nothing."""
    batch = get_object_or_404(_batches(request), pk=import_id)
    try:
        batch = _store_choices(request, batch)
        batch = importing.carry_out(batch=batch, user=request.user)
    except (PartnerError, ValidationError) as problem:
        if batch.state != PartnerImport.State.STAGED:
            return refused(request, problem, status=409)
        said = explain(problem) if isinstance(problem, PartnerError) else " ".join(problem.messages)
        return _show(request, batch, said)
    text = ngettext(
        "%(number)s partner cluster has been added.",
        "%(number)s partner clusters have been added.",
        batch.report["new"],
    )
    notify(request, text % {"number": batch.report["new"]})
    return redirect("partners:import-preview", request.cluster.slug, batch.pk)


@require_POST
@cluster_view(may="partners.change_partner")
def undo(request: ClusterRequest, import_id: int) -> HttpResponse:
    """Take an import back."""
    batch = get_object_or_404(_batches(request), pk=import_id)
    try:
        importing.take_back(batch=batch)
    except PartnerError as problem:
        return refused(request, problem, status=409)
    notify(request, _("The import has been taken back."))
    return redirect("partners:import-preview", request.cluster.slug, batch.pk)


def _batches(request: ClusterRequest) -> QuerySet[PartnerImport]:
    return PartnerImport.objects.filter(cluster=request.cluster, kind=PartnerImport.Kind.TABLE)


def _steps() -> list[str]:
    return [_("Choose the file"), _("Check"), _("Finished")]


def _show(request: ClusterRequest, batch: PartnerImport, problem: str = "") -> HttpResponse:
    """Show the preview: source, rows to decide, faults, columns and the first rows."""
    planned = importing.plan(batch)
    offered = [
        (index, f"{column_letter(index)}: {header or '–'}")
        for index, header in enumerate(planned.table.headers)
    ]
    fields = [(field, planned.mapping.get(field.name)) for field in columns()]
    context = {
        "batch": batch,
        "plan": planned,
        "columns_found": [pair for pair in fields if pair[1] is not None or pair[0].required],
        "columns_open": [pair for pair in fields if pair[1] is None and not pair[0].required],
        "offered": offered,
        "faults": [(fault, explain(fault)) for fault in planned.faults[:MOST_FAULTS]],  # type: ignore[arg-type]
        "rows": [(number, list(map(shown, cells))) for number, cells in batch.staged["rows"][:MOST_ROWS]],
        "source": batch.staged["source"],
        "as_of": batch.staged["as_of"],
        "problem": problem,
        "steps": _steps(),
        "current": 2,
    }
    return render(request, "partners/import_preview.html", context, status=422 if problem else 200)


def _store_choices(request: ClusterRequest, batch: PartnerImport) -> PartnerImport:
    """Store what was chosen in the preview; a post without it changes nothing."""
    posted: Any = request.POST
    mapping = {
        field.name: int(value)
        for field in columns()
        if (value := posted.get(f"column-{field.name}", "")).isascii()
        and value.isdecimal()
        and len(value) < 5
    }
    if not mapping:
        return batch
    try:
        as_of = parse_date(posted.get("as_of", ""))
    except ValueError:
        as_of = None
    return importing.choose(
        batch=batch,
        mapping=mapping,
        choices={
            name.removeprefix("row-"): str(value)[:24]
            for name, value in posted.items()
            if name.startswith("row-")
        },
        source=posted.get("source", ""),
        as_of=as_of,
    )
