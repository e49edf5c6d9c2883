"""Versions: publish, read, compare and download."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.criteria import exports, queries, services
from kontor.criteria.comparison import Change, changes
from kontor.criteria.forms import NoteForm
from kontor.criteria.frozen import FrozenCriterion, fingerprint
from kontor.criteria.models import Catalogue, CatalogueVersion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.shown import by_family
from kontor.criteria.views.access import (
    CHANGE,
    VIEW,
    catalogue_or_404,
    overview_url,
    version_or_404,
)
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

NOW = "now"


@cluster_view(may=CHANGE)
def publish(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Show what a new version would bring; a post publishes it."""
    catalogue = catalogue_or_404(request, purpose)
    form = NoteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show_publish(request, catalogue, form, status=422 if form.is_bound else 200)
    try:
        made = services.publish_version(
            catalogue=catalogue,
            note=form.cleaned_data["note"],
            user=request.user,
            expected_digest=form.cleaned_data["digest"],
        )
    except CriteriaError as problem:
        return _show_publish(request, catalogue, form, problem=explain(problem), status=409)
    notify(request, _("Version %(number)s is published. Studies can use it now.") % {"number": made.number})
    return redirect("criteria:version", request.cluster.slug, made.pk)


@cluster_view(may=VIEW)
def versions(request: ClusterRequest, purpose: str) -> HttpResponse:
    """List the versions, the latest first."""
    catalogue = catalogue_or_404(request, purpose)
    context = {
        "catalogue": catalogue,
        "purpose": purpose,
        "versions": list(queries.versions_of(catalogue)),
        "back_url": overview_url(request, purpose),
        "may_change": request.access.may(CHANGE),
    }
    return render(request, "criteria/versions.html", context)


@cluster_view(may=VIEW)
def version(request: ClusterRequest, version_id: int) -> HttpResponse:
    """Read a version as it was published."""
    found = version_or_404(request, version_id)
    frozen = queries.criteria_of(found)
    context = {
        "version": found,
        "families": by_family(frozen, found.catalogue.purpose),
        "number": len(frozen),
        "uses": queries.uses_of(found),
        "back_url": overview_url(request, found.catalogue.purpose),
    }
    return render(request, "criteria/version.html", context)


@cluster_view(may=VIEW)
def compare(request: ClusterRequest, version_id: int) -> HttpResponse:
    """Show what differs between a version and another, or the catalogue of today (`?with=`)."""
    found = version_or_404(request, version_id)
    others = [each for each in queries.versions_of(found.catalogue) if each.pk != found.pk]
    wanted = request.GET.get("with", "")
    other = next((each for each in others if each.pk == number_in(wanted)), None)
    if wanted and wanted != NOW and other is None:
        raise Http404
    if other is None and not wanted:
        other = next((each for each in others if each.number < found.number), None)
    old, new = _sides(found, other)
    context = {
        "version": found,
        "other": other,
        "others": others,
        "now": NOW,
        "changes": changes(old, new),
        "first": min(found.number, other.number) if other else found.number,
        "second": max(found.number, other.number) if other else None,
        "back_url": overview_url(request, found.catalogue.purpose),
    }
    return render(request, "criteria/compare.html", context)


@cluster_view(may=VIEW)
def export(request: ClusterRequest, version_id: int, form: str) -> HttpResponse:
    """Download the criteria of a version."""
    return exports.version_file(version_or_404(request, version_id), form, cluster=request.cluster)


def _sides(
    found: CatalogueVersion, other: CatalogueVersion | None
) -> tuple[list[FrozenCriterion], list[FrozenCriterion]]:
    """Return the earlier and the later state; the catalogue of today is later than any version."""
    here = queries.criteria_of(found)
    if other is None:
        criteria = queries.working_criteria(found.catalogue)
        return here, queries.frozen_now(criteria, found.catalogue.purpose)
    there = queries.criteria_of(other)
    return (here, there) if found.number < other.number else (there, here)


def _show_publish(
    request: ClusterRequest, catalogue: Catalogue, form: NoteForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the changes since the latest version, with the digest of exactly what is shown."""
    criteria = queries.working_criteria(catalogue)
    now = queries.frozen_now(criteria, catalogue.purpose)
    latest = queries.latest_version(request.cluster, catalogue.purpose)
    digest = fingerprint(each.as_dict() for each in now)
    found: tuple[Change, ...] = changes(queries.criteria_of(latest), now) if latest else ()
    context: dict[str, Any] = {
        "catalogue": catalogue,
        "purpose": catalogue.purpose,
        "form": form,
        "digest": digest,
        "problem": problem,
        "latest": latest,
        "is_new": bool(now) and (latest is None or latest.digest != digest),
        "changes": found,
        "families": by_family(now, catalogue.purpose) if latest is None else (),
        "number": len(now),
        "next_number": latest.number + 1 if latest else 1,
        "off": len(criteria) - len(now),
        "back_url": overview_url(request, catalogue.purpose),
    }
    return render(request, "criteria/publish.html", context, status=status)
