"""What was loaded when, from which file, by whom; and the way back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.countries import exports, services
from kontor.countries.models import SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.queries.files import coverage, files_of, replaced_files
from kontor.countries.shown_files import contents_line, figures_number
from kontor.ui.errors import explain
from kontor.ui.notices import notify

PAGE = 50


@cluster_view(may="countries.view_country")
def sources(request: ClusterRequest) -> HttpResponse:
    """Show the indicators on record, and the files that were loaded."""
    page = Paginator(files_of(request.cluster), PAGE).get_page(request.GET.get("page"))
    built_on = replaced_files(request.cluster)
    context = {
        "page": page,
        "lines": [(file, contents_line(file), figures_number(file), file.pk in built_on) for file in page],
        "covered": coverage(request.cluster, timezone.localdate()),
        "may_change": request.access.may("countries.change_country"),
    }
    return render(request, "countries/sources.html", context)


@cluster_view(may="countries.view_country")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list of files."""
    return exports.files_file(files_of(request.cluster), form, cluster=request.cluster)


@require_POST
@cluster_view(may="countries.change_country")
def take_back(request: ClusterRequest, file_id: int) -> HttpResponse:
    """Take a file back; what stood before stands again."""
    file = get_object_or_404(SourceFile, pk=file_id, cluster=request.cluster)
    return _taken_back(request, [file])


@require_POST
@cluster_view(may="countries.change_country")
def take_back_upload(request: ClusterRequest, upload_id: int) -> HttpResponse:
    """Take back all files that were loaded at once, the last first."""
    upload = get_object_or_404(Upload, pk=upload_id, cluster=request.cluster)
    return _taken_back(request, list(upload.files.filter(state=SourceFile.State.LOADED).order_by("-pk")))


def _taken_back(request: ClusterRequest, files: list[SourceFile]) -> HttpResponse:
    try:
        services.take_back_all(files=files, user=request.user)
    except CountryError as refusal:
        return render(request, "countries/refused.html", {"problem": explain(refusal)}, status=409)
    notify(request, _("Taken back. What stood before stands again."))
    return redirect("countries:sources", request.cluster.slug)
