"""Who may see and change which organisation; the wall has already let the person in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from kontor.accounts.views.wall import ClusterRequest
from kontor.actors.models import Organisation
from kontor.actors.queries.members import own_organisation_ids


def organisation_or_404(request: ClusterRequest, pk: int) -> Organisation:
    """Return an organisation of this cluster."""
    return get_object_or_404(Organisation, pk=pk, cluster=request.cluster)


def owned(request: ClusterRequest, pk: int) -> Organisation:
    """Return an organisation that the person may change; 403 for those of others."""
    organisation = organisation_or_404(request, pk)
    require_edit(request, organisation.pk)
    return organisation


def require_edit(request: ClusterRequest, organisation_pk: int) -> None:
    """Raise PermissionDenied unless the person may change this organisation."""
    if not may_edit(request, organisation_pk):
        raise PermissionDenied


def may_edit(request: ClusterRequest, organisation_pk: int) -> bool:
    """True for the management, and for members in their own organisation. One query for members."""
    if request.access.may("actors.change_organisation"):
        return True
    is_member = request.access.may("actors.change_own_organisation")
    return is_member and organisation_pk in own_organisation_ids(request.user, request.cluster)


def asked_of(request: ClusterRequest) -> QueryDict:
    """Return what the address asks for, or the form that carries the same."""
    return request.POST if request.method == "POST" else request.GET


def day_asked(request: ClusterRequest) -> date:
    """Return the date that the page tells about: `?on=2026-05-01`, or today."""
    try:
        asked = parse_date(asked_of(request).get("on", ""))
    except ValueError:
        asked = None
    return asked or timezone.localdate()


def tabs(request: ClusterRequest) -> dict[str, Any]:
    """Return what the pages of this area show to this reader, for their tabs and buttons."""
    slug = request.cluster.slug
    may_change = request.access.may("actors.change_organisation")
    return {
        "may_change": may_change,
        "may_see_details": request.access.may("actors.view_details"),
        "may_see_people": request.access.may("actors.view_people"),
        "needs_url": _address("needs:directory", slug) if may_change else "",
        "needs_tab_url": _address("needs:overview", slug) if request.access.may("needs.view_summary") else "",
        "import_url": _address("actors:import-list", slug) if request.access.may("actors.import") else "",
    }


def _address(name: str, slug: str) -> str:
    """Return the address of a page of another room, or "" while that room has no such page."""
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
