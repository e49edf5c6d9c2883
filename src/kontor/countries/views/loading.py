"""The loader: choose files, check what was found, load; long work shows how far it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.countries import exports, services
from kontor.countries.catalogue import indicators
from kontor.countries.forms import FilesForm
from kontor.countries.models import SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.shown_files import Preview, preview_of
from kontor.countries.staged import fault_in
from kontor.imports.refused import ImportRefused
from kontor.jobs.models import Job
from kontor.jobs.queries import standing
from kontor.ui.errors import explain, explain_code
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

STEPS = (gettext_lazy("Choose the files"), gettext_lazy("Check what was found"), gettext_lazy("Result"))
_AT_WORK = (Upload.State.READING, Upload.State.LOADING)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="countries.change_country")
def load(request: ClusterRequest) -> HttpResponse:
    """First step: take the files."""
    form = FilesForm()
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                files = ((file.name or "", file.read()) for file in form.cleaned_data["tables"])
                upload = services.receive(cluster=request.cluster, uploads=files, user=request.user)
                return redirect("countries:upload", request.cluster.slug, upload.pk)
            except ImportRefused as refusal:
                form.add_error("tables", explain(refusal))
    examples = [each for each in indicators().values() if each.code in _EXAMPLES]
    context = {"form": form, "steps": STEPS, "current": 1, "examples": examples}
    context["waiting"] = _waiting(request)
    return render(request, "countries/load.html", context, status=422 if form.errors else 200)


def _waiting(request: ClusterRequest) -> QuerySet[Upload]:
    """Return the uploads that nobody has decided about yet, the latest first."""
    waiting: Any = Upload.objects.filter(cluster=request.cluster, state__in=(*_AT_WORK, Upload.State.READY))
    uploads: QuerySet[Upload] = waiting.select_related("created_by").annotate(number=Count("files"))
    return uploads


# What most will want first; the page tells where to find them.
_EXAMPLES = ("NY.GDP.PCAP.CD", "NE.EXP.GNFS.ZS", "GB.XPD.RSDV.GD.ZS", "LP.LPI.OVRL.XQ", "RL.EST")


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="countries.change_country")
def upload(request: ClusterRequest, upload_id: int) -> HttpResponse:
    """Second step: see what was found and choose; while a job is at work, see how far it is."""
    found = _upload(request, upload_id)
    if found.state in _AT_WORK:
        return render(request, "countries/working.html", _working(request, found))
    if found.state == Upload.State.DONE:
        notify(request, _("These files have been loaded."))
        return redirect("countries:sources", request.cluster.slug)
    problem = explain_code(found.problem["code"], found.problem["params"]) if found.problem else ""
    if request.method == "POST" and not problem:
        try:
            return _load(request, found)
        except CountryError as refusal:
            problem = explain(refusal)
            found.refresh_from_db()
            if found.state != Upload.State.READY:
                return redirect("countries:upload", request.cluster.slug, found.pk)
    status = 422 if problem and request.method == "POST" else 200
    return render(request, "countries/upload.html", _previewed(found, problem), status=status)


def _load(request: ClusterRequest, found: Upload) -> HttpResponse:
    """Store the choice and load; many figures are loaded by a job."""
    codes = {
        number_in(name.removeprefix("code-")): str(value)
        for name, value in request.POST.items()
        if name.startswith("code-")
    }
    services.choose(upload=found, ticked=set(request.POST.getlist("take")), codes=codes)
    loaded = services.start_loading(upload=found, user=request.user)
    if loaded.state != Upload.State.DONE:
        return redirect("countries:upload", request.cluster.slug, loaded.pk)
    undo = reverse("countries:upload-take-back", args=[request.cluster.slug, loaded.pk])
    notify(request, _("The figures have been loaded."), undo_url=undo)
    return redirect("countries:sources", request.cluster.slug)


def _previewed(found: Upload, problem: str) -> dict[str, Any]:
    preview = preview_of(found)
    known = {offer.code for offer in preview.offers}
    return {
        "upload": found,
        "preview": preview,
        "problem": problem,
        "has_failed": found.state == Upload.State.FAILED,
        "summary": _summary(preview),
        "choices": [each for each in indicators().values() if each.code not in known],
        "steps": STEPS,
        "current": 2,
    }


def _summary(preview: Preview) -> str:
    """Say in one sentence what can be loaded."""
    sound = [offer for offer in preview.offers if not offer.is_faulty]
    series = sum(offer.kind == SourceFile.Kind.INDICATORS for offer in sound)
    text = ngettext("%(number)s indicator", "%(number)s indicators", series)
    parts = [text % {"number": series}] if series else []
    kinds = {offer.kind for offer in sound}
    parts += [_("distances and languages")] if SourceFile.Kind.DISTANCES in kinds else []
    parts += [_("places and official languages")] if SourceFile.Kind.GEOGRAPHY in kinds else []
    if not parts:
        return _("Nothing in these files can be loaded as it is.")
    return _("Found: %(what)s.") % {"what": ", ".join(parts)}


@require_safe
@cluster_view(may="countries.change_country")
def progress(request: ClusterRequest, upload_id: int) -> HttpResponse:
    """Show how far the job of an upload is; htmx asks for this each second."""
    found = _upload(request, upload_id)
    if not request.htmx:
        return redirect("countries:upload", request.cluster.slug, found.pk)
    return render(request, "jobs/progress.html", _working(request, found))


@require_POST
@cluster_view(may="countries.change_country")
def discard(request: ClusterRequest, upload_id: int) -> HttpResponse:
    """Forget files that were not loaded."""
    try:
        services.discard(upload=_upload(request, upload_id))
    except CountryError as refusal:
        return render(request, "countries/refused.html", {"problem": explain(refusal)}, status=409)
    notify(request, _("The files have been put aside. Nothing has been loaded."))
    return redirect("countries:load", request.cluster.slug)


@require_safe
@cluster_view(may="countries.change_country")
def faults(request: ClusterRequest, upload_id: int, form: str) -> HttpResponse:
    """Download the faults of an upload."""
    files = _upload(request, upload_id).files.defer("staged", "replaced")
    found = [fault_in(fault) for file in files for fault in file.findings.get("faults", ())]
    return exports.faults_file(found, form, cluster=request.cluster)


def _upload(request: ClusterRequest, upload_id: int) -> Upload:
    uploads = Upload.objects.select_related("cluster")
    return get_object_or_404(uploads, pk=upload_id, cluster=request.cluster)


def _working(request: ClusterRequest, found: Upload) -> dict[str, Any]:
    key, scope = f"upload:{found.pk}", f"cluster:{found.cluster_id}"
    job = Job.objects.filter(scope=scope, key=key, kind__startswith="countries.").order_by("-pk").first()
    is_loading = job is not None and job.kind == "countries.load_files"
    slug = request.cluster.slug
    return {
        "upload": found,
        "title": _("Loading the figures") if is_loading else _("Reading the files"),
        "standing": standing(job or Job()),
        "poll_url": reverse("countries:upload-progress", args=[slug, found.pk]),
        "done_url": reverse("countries:upload", args=[slug, found.pk]),
        "done_label": _("See the sources") if is_loading else _("Check what was found"),
        "steps": STEPS,
        "current": 3 if is_loading else 1,
    }
