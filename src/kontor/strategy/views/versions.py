"""Versions: freeze, read, compare, publish."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.reports.compare import Change, TableChange, changed_figures, changed_tables, compare
from kontor.reports.html import render_sections
from kontor.reports.model import Report
from kontor.reports.stored import from_json
from kontor.strategy import queries, services
from kontor.strategy.document import concept_report
from kontor.strategy.forms import CompareForm, FreezeForm
from kontor.strategy.models import ConceptVersion
from kontor.strategy.papers import WRITERS
from kontor.strategy.views.overview import as_file
from kontor.ui.notices import notify

NOW = "now"


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="strategy.freeze")
def freeze(request: ClusterRequest) -> HttpResponse:
    """Keep today's state under a number."""
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = services.freeze_version(
            concept=services.begin_concept(cluster=request.cluster),
            label=form.cleaned_data["label"],
            note=form.cleaned_data["note"],
            user=request.user,
        )
        notify(request, _("Version %(number)s is frozen with all its figures.") % {"number": version.number})
        return redirect("strategy:version", request.cluster.slug, version.number, _language(request, version))
    context = {"form": form, "states": queries.section_states(request.cluster, request.LANGUAGE_CODE)}
    return render(request, "strategy/freeze.html", context, status=422 if form.errors else 200)


@require_safe
@cluster_view(may="strategy.view_published")
def version(request: ClusterRequest, number: int, language: str) -> HttpResponse:
    """Show a version as it was frozen; figures that have changed since are marked."""
    found = _version(request, number)
    report = _stored(found, language)
    may_compare = request.access.may("strategy.view_draft")
    figures: tuple[Change, ...] = ()
    tables: tuple[TableChange, ...] = ()
    if may_compare:
        live = concept_report(request.cluster, language=language, on=timezone.localdate())
        figures, tables = changed_figures(report, live), changed_tables(report, live)
    context = {
        "version": found,
        "report": report,
        "body": render_sections(report),
        "language": language,
        "languages": list(found.reports),
        "stale_figures": figures,
        "stale_tables": tables,
        "may_compare": may_compare,
        "formats": list(WRITERS),
    }
    return render(request, "strategy/version.html", context)


@require_safe
@cluster_view(may="strategy.view_published")
def version_download(request: ClusterRequest, number: int, language: str, kind: str) -> HttpResponse:
    """Send a version as a file, exactly as it was frozen."""
    report = _stored(_version(request, number), language)
    return as_file(report, kind, f"{request.cluster.slug}-{language}-v{number}")


@require_POST
@cluster_view(may="strategy.freeze")
def publish(request: ClusterRequest, number: int) -> HttpResponse:
    """Open a version to members, partners and the funder, or close it."""
    found = _version(request, number)
    services.set_published(version=found, is_published="publish" in request.POST)
    return redirect("strategy:version", request.cluster.slug, number, _language(request, found))


@require_safe
@cluster_view(may="strategy.view_draft")
def comparison(request: ClusterRequest, language: str) -> HttpResponse:
    """Lay two states side by side: what was written, which figures moved."""
    versions = queries.versions_of(request.cluster)
    if not versions:
        return redirect("strategy:overview", request.cluster.slug)
    choices = [(NOW, _("Draft of today")), *((str(v.number), _label(v)) for v in versions)]
    asked = {"old": request.GET.get("old", str(versions[0].number)), "new": request.GET.get("new", NOW)}
    form = CompareForm(asked, choices=choices)
    if not form.is_valid():
        raise Http404
    old = _state(request, asked["old"], language)
    new = _state(request, asked["new"], language)
    context = {"form": form, "comparison": compare(old, new), "language": language, "old": old, "new": new}
    return render(request, "strategy/comparison.html", context)


def _label(found: ConceptVersion) -> str:
    return _("Version %(number)s") % {"number": found.number} + (f" · {found.label}" if found.label else "")


def _state(request: ClusterRequest, name: str, language: str) -> Report:
    if name == NOW:
        return concept_report(request.cluster, language=language, on=timezone.localdate())
    return _stored(_version(request, int(name)), language)


def _version(request: ClusterRequest, number: int) -> ConceptVersion:
    rows = ConceptVersion.objects.select_related("frozen_by")
    found = get_object_or_404(rows, cluster=request.cluster, number=number)
    if not found.is_published and not request.access.may("strategy.view_draft"):
        raise PermissionDenied
    return found


def _stored(found: ConceptVersion, language: str) -> Report:
    if language not in found.reports:
        raise Http404
    return from_json(found.reports[language])


def _language(request: ClusterRequest, found: ConceptVersion) -> str:
    return request.LANGUAGE_CODE if request.LANGUAGE_CODE in found.reports else next(iter(found.reports))
