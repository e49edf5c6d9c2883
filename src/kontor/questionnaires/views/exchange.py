"""Questionnaires in files: choose, look, take over; and out again as XLSForm or JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.questionnaires import services
from kontor.questionnaires.exchange.carried import Carried, Fault, Place
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.exchange.sheets import LIMITS
from kontor.questionnaires.exchange.shown import counts, fault_lines, note_lines, preview_of
from kontor.questionnaires.exchange.staging import packed, unpacked
from kontor.questionnaires.exchange.writing import write_xlsform
from kontor.questionnaires.forms_exchange import QuestionnaireFileForm, TakeOverForm
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.soundness import problems
from kontor.ui.errors import explain, explain_code

STEPS = (_("Choose the file"), _("Look at it"), _("Taken over"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="questionnaires.change_questionnaire")
def upload(request: ClusterRequest) -> HttpResponse:
    """Take a file and show what would come of it; nothing is stored yet."""
    form = QuestionnaireFileForm(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if request.method == "POST":
        form = QuestionnaireFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return _previewed(request, form.cleaned_data["file"])
            except QuestionnaireError as refusal:
                form.add_error("file", explain(refusal))
                faults = fault_lines(refusal)
    context = {"form": form, "faults": faults, "steps": STEPS, "current": 1}
    return render(request, "questionnaires/import_upload.html", context, status=422 if form.errors else 200)


def _previewed(request: ClusterRequest, file: UploadedFile[Any]) -> HttpResponse:
    name = str(file.name)
    try:
        require_size(file.size or 0, LIMITS)
    except ImportRefused as refusal:
        fault = Fault(refusal.code, Place(), {"name": name, **refusal.params})
        raise QuestionnaireError("exchange.faulty", name=name, count=1, faults=(fault,)) from refusal
    carried = read_questionnaire(file_name=name, data=file.read(), language=(get_language() or "en")[:2])
    text = packed(carried, name, cluster=request.cluster, user=request.user)
    definition = carried.definition
    title = definition.say(definition.title, get_language() or "en")
    return _preview(request, carried, text, TakeOverForm(initial={"name": title[:200]}))


def _preview(request: ClusterRequest, carried: Carried, text: str, form: TakeOverForm) -> HttpResponse:
    context = {
        "form": form,
        "packed": text,
        "definition": carried.definition,
        "notes": note_lines(carried.notes),
        "shown": preview_of(request.cluster, carried.definition),
        "steps": STEPS,
        "current": 2,
        **counts(carried.definition),
    }
    return render(request, "questionnaires/import_preview.html", context, status=422 if form.errors else 200)


@require_POST
@cluster_view(may="questionnaires.change_questionnaire")
def take_over(request: ClusterRequest) -> HttpResponse:
    """Make a questionnaire of what the preview showed."""
    text = request.POST.get("packed", "")
    try:
        carried, file_name = unpacked(text, cluster=request.cluster, user=request.user)
    except QuestionnaireError as problem:
        form = QuestionnaireFileForm(request.POST, request.FILES)
        form.errors["file"] = form.error_class([explain(problem)])
        context = {"form": form, "faults": [], "steps": STEPS, "current": 1}
        return render(request, "questionnaires/import_upload.html", context, status=422)
    form_taken = TakeOverForm(request.POST)
    if not form_taken.is_valid():
        return _preview(request, carried, text, form_taken)
    made = services.create_questionnaire(
        cluster=request.cluster, definition=carried.definition, origin=file_name, **form_taken.cleaned_data
    )
    return redirect("questionnaires:import-done", request.cluster.slug, made.pk)


@require_safe
@cluster_view(may="questionnaires.view_questionnaire")
def taken_over(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Say what has been taken over and where to go on."""
    made = _found(request, questionnaire_id)
    context = {"questionnaire": made, "steps": STEPS, "current": 3, **counts(made.definition)}
    return render(request, "questionnaires/import_done.html", context)


@require_safe
@cluster_view(may="questionnaires.view_questionnaire")
def export_xlsform(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Download the draft as an XLSForm; a faulty one is refused with its faults."""
    found = _found(request, questionnaire_id)
    try:
        return _attachment(write_xlsform(found.definition), found, "xlsx", XLSX)
    except QuestionnaireError as problem:
        lines = [(each.where, explain_code(each.code, each.params)) for each in problems(found.definition)]
        context = {"questionnaire": found, "problem": explain(problem), "lines": lines}
        return render(request, "questionnaires/not_written.html", context, status=409)


@require_safe
@cluster_view(may="questionnaires.view_questionnaire")
def export_json(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Download the draft as Kontor's own file."""
    found = _found(request, questionnaire_id)
    data = json.dumps(found.draft, ensure_ascii=False, indent=1).encode()
    return _attachment(data, found, "json", "application/json")


def _found(request: ClusterRequest, questionnaire_id: int) -> Questionnaire:
    return get_object_or_404(Questionnaire, pk=questionnaire_id, cluster=request.cluster)


def _attachment(data: bytes, found: Questionnaire, ending: str, kind: str) -> HttpResponse:
    name = f"{slugify(found.name) or 'questionnaire'}.{ending}"
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
