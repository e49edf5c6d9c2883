"""The CORDIS assistant: files, members, carry out; reading and writing run as jobs with progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.imports_forms import CordisFilesForm, CordisMembersForm
from kontor.actors.models import ImportBatch
from kontor.actors.services import importing
from kontor.actors.services.importing.faults import sentence
from kontor.imports.refused import ImportRefused
from kontor.jobs.models import Job
from kontor.jobs.queries import standing
from kontor.ui.errors import explain
from kontor.ui.vocabulary import country_name

CORDIS_STEPS = (
    gettext_lazy("Choose the files"),
    gettext_lazy("Choose the members"),
    gettext_lazy("Result"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="actors.import")
def upload(request: ClusterRequest) -> HttpResponse:
    """First step: take the files; a job reads them."""
    form = CordisFilesForm()
    if request.method == "POST":
        form = CordisFilesForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                uploads = ((file.name or "", file.read()) for file in form.cleaned_data["tables"])
                batch = importing.stage_cordis(cluster=request.cluster, uploads=uploads, user=request.user)
                return redirect("actors:import-cordis-members", request.cluster.slug, batch.pk)
            except ImportRefused as refusal:
                form.add_error("tables", explain(refusal))
    context = {"form": form, "steps": CORDIS_STEPS, "current": 1}
    return render(request, "actors/import_cordis.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="actors.import")
def members(request: ClusterRequest, pk: int) -> HttpResponse:
    """Second step: choose the members; while a job is at work, show how far it is."""
    batch = _batch(request, pk)
    if batch.state == ImportBatch.State.RUNNING or (_is_staged(batch) and not batch.staged["is_read"]):
        return render(request, "actors/import_working.html", _working(request, batch))
    if not _is_staged(batch):
        return redirect("actors:import-result", request.cluster.slug, batch.pk)
    form = _members_form(request, batch)
    answers: Mapping[str, str] = request.POST
    problem = ""
    if request.method == "POST" and request.POST.get("do") == "all_same":
        answers = _with_sure(batch, request.POST)
    elif request.method == "POST" and form.is_valid():
        try:
            _choose(request, batch, form)
            return redirect("actors:import-cordis-members", request.cluster.slug, batch.pk)
        except ImportRefused as refusal:
            problem = explain(refusal)
    status = 422 if problem or (form.is_bound and form.errors) else 200
    context = {"batch": batch, "form": form, "problem": problem, "questions": _asked(batch, answers)}
    context |= {"steps": CORDIS_STEPS, "current": 2, "sure": _sure_count(batch, answers)}
    return render(request, "actors/import_cordis_members.html", context, status=status)


def _batch(request: ClusterRequest, pk: int) -> ImportBatch:
    batches = ImportBatch.objects.select_related("cluster")
    return get_object_or_404(batches, pk=pk, cluster=request.cluster, kind=ImportBatch.Kind.CORDIS)


def _is_staged(batch: ImportBatch) -> bool:
    return batch.state == ImportBatch.State.STAGED


def _members_form(request: HttpRequest, batch: ImportBatch) -> CordisMembersForm:
    language = get_language() or "en"
    choices = [
        (code, f"{country_name(code, language)} ({count})")
        for code, count in batch.staged["countries"]
        if code
    ]
    if request.method == "POST":
        return CordisMembersForm(request.POST, countries=choices)
    return CordisMembersForm(countries=choices)


def _choose(request: ClusterRequest, batch: ImportBatch, form: CordisMembersForm) -> None:
    same: dict[str, int | None] = {}
    for question in batch.staged["questions"]:
        answer = request.POST.get(f"same-{question['reference']}", "")
        if answer:
            same[question["reference"]] = int(answer) if answer.isdecimal() and len(answer) < 19 else None
    importing.choose_cordis_members(
        batch=batch,
        countries=form.cleaned_data["countries"],
        names=form.cleaned_data["names"].splitlines(),
        same=same,
        user=request.user,
    )


def _with_sure(batch: ImportBatch, posted: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with every open question answered "the same" where the best candidate is sure."""
    answers = {key: str(value) for key, value in posted.items()}
    for question in batch.staged["questions"]:
        best = question["candidates"][0]
        if best["is_sure"]:
            answers.setdefault(f"same-{question['reference']}", str(best["key"]))
    return answers


def _sure_count(batch: ImportBatch, answers: Mapping[str, str]) -> int:
    questions = batch.staged["questions"]
    return sum(q["candidates"][0]["is_sure"] and f"same-{q['reference']}" not in answers for q in questions)


def _asked(batch: ImportBatch, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the questions with what was answered so far."""
    asked = []
    for question in batch.staged["questions"]:
        answer = answers.get(f"same-{question['reference']}", "")
        options = [
            {
                "candidate": candidate,
                "reasons": " ".join(sentence(code, {}) for code in candidate["reasons"]),
                "is_chosen": answer == str(candidate["key"]),
            }
            for candidate in question["candidates"]
        ]
        asked.append({"question": question, "options": options, "is_new": answer == "new"})
    return asked


@require_safe
@cluster_view(may="actors.import")
def progress(request: ClusterRequest, pk: int) -> HttpResponse:
    """Show how far the job of an import is; htmx asks for this each second."""
    batch = _batch(request, pk)
    if not request.htmx:
        return redirect("actors:import-cordis-members", request.cluster.slug, batch.pk)
    return render(request, "jobs/progress.html", _working(request, batch))


def _working(request: ClusterRequest, batch: ImportBatch) -> dict[str, Any]:
    key, scope = f"batch:{batch.pk}", f"cluster:{batch.cluster_id}"
    job = Job.objects.filter(scope=scope, key=key).order_by("-pk").first() or Job()
    is_read = _is_staged(batch) and batch.staged["is_read"]
    return {
        "batch": batch,
        "title": _("Reading the files") if not job.kind.endswith("carry_out_cordis") else _("Importing"),
        "standing": standing(job),
        "poll_url": reverse("actors:import-progress", args=[request.cluster.slug, batch.pk]),
        "done_url": reverse("actors:import-cordis-members", args=[request.cluster.slug, batch.pk]),
        "done_label": _("Choose the members") if is_read else _("See the result"),
        "steps": CORDIS_STEPS,
        "current": 1 if not job.kind.endswith("carry_out_cordis") else 3,
    }
