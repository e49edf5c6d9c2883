"""The directory: list, map and export."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import FORMATS, organisations_file
from kontor.actors.queries.directory import Filters, directory, name_competences
from kontor.actors.queries.names import suggestions
from kontor.actors.queries.rows import FORMER, MEMBERS, OTHERS, scope_counts
from kontor.actors.views.access import asked_of, tabs
from kontor.actors.views.asked import (
    cleared,
    columns_open,
    columns_shown,
    filters_asked,
    groups,
)
from kontor.actors.views.lines import Frame, lines
from kontor.ui.forms import number_in

PAGE_SIZE, ALL_ROWS = 50, 1000


@cluster_view(may="actors.view_directory")
def listing(request: ClusterRequest) -> HttpResponse:
    """Show the members, or another scope."""
    return _list(request, filters_asked(request))


@cluster_view(may="actors.view_directory")
def partners(request: ClusterRequest) -> HttpResponse:
    """Show the organisations that are no members, foreign ones among them."""
    return _list(request, filters_asked(request, OTHERS))


def _list(request: ClusterRequest, filters: Filters) -> HttpResponse:
    found = directory(request.cluster, filters)
    size = ALL_ROWS if request.GET.get("rows") == str(ALL_ROWS) else PAGE_SIZE
    page = Paginator(found.rows, size).get_page(request.GET.get("page"))
    if "competences" in filters.columns:
        name_competences(request.cluster, filters.on, found, page)
    columns = columns_shown(filters)
    around = _around(request)
    context = {
        "filters": filters,
        "page": page,
        "columns": columns,
        "columns_open": [(column, column in columns) for column in columns_open(filters)],
        "lines": lines(page, columns, found, Frame(around["profile_base"], around["may_export"])),
        "groups": groups(request, filters, found),
        "clear_url": cleared(request, filters),
        "scopes": _scopes(request, filters),
        "kept": [(key, value) for key, values in request.GET.lists() if key != "page" for value in values],
        **around,
        "as_of": filters.on,
    }
    return render(request, "actors/directory.html", context)


def _around(request: ClusterRequest) -> dict[str, Any]:
    """Return what both the list and the map need beside their rows."""
    any_profile = reverse("actors:organisation", args=[request.cluster.slug, 0])
    return {
        "profile_base": any_profile.removesuffix("0/"),
        "may_export": request.access.may("actors.export"),
        **tabs(request),
    }


def _scopes(request: ClusterRequest, filters: Filters) -> list[dict[str, Any]]:
    counts = scope_counts(request.cluster, filters.on)
    labels = {MEMBERS: _("Members"), FORMER: _("Former members"), OTHERS: _("Other organisations")}
    address = reverse("actors:directory", args=[request.cluster.slug])
    day = f"&on={filters.on:%Y-%m-%d}" if "on" in request.GET else ""
    return [
        {
            "label": label,
            "count": counts[scope],
            "url": f"{address}?scope={scope}{day}",
            "is_on": scope == filters.scope,
        }
        for scope, label in labels.items()
    ]


@cluster_view(may="actors.export")
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Give the list as a file: the selected organisations, or all that match."""
    if file_format not in FORMATS:
        raise Http404
    asked = filters_asked(request)
    columns = columns_open(asked)
    filters = replace(asked, columns=frozenset(column.key for column in columns), is_counted=False)
    found = directory(request.cluster, filters)
    chosen = set(map(number_in, asked_of(request).getlist("ids"))) - {0}
    rows = [row for row in found.rows if row.pk in chosen] if chosen else found.rows
    name_competences(request.cluster, filters.on, found, rows)
    return organisations_file(replace(found, rows=rows), columns, file_format, cluster=request.cluster)


@cluster_view(may="actors.view_directory")
def map_page(request: ClusterRequest) -> HttpResponse:
    """Show where the members are, on a map and as a table."""
    filters = filters_asked(request)
    found = directory(request.cluster, filters)
    placed = [row for row in found.rows if row.latitude is not None and row.longitude is not None]
    points = reverse("actors:map-points", args=[request.cluster.slug])
    context = {
        "filters": filters,
        "placed": placed,
        "total": len(found.rows),
        "groups": groups(request, filters, found),
        "clear_url": cleared(request, filters),
        "points_url": f"{points}?{request.GET.urlencode()}",
        **_around(request),
        "as_of": filters.on,
    }
    return render(request, "actors/map.html", context)


@cluster_view(may="actors.view_directory")
def map_points(request: ClusterRequest) -> HttpResponse:
    """Give the places as GeoJSON."""
    found = directory(request.cluster, replace(filters_asked(request), is_counted=False))
    slug = request.cluster.slug
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
            "properties": {
                "label": row.name,
                "note": row.city,
                "url": reverse("actors:organisation", args=[slug, row.pk]),
            },
        }
        for row in found.rows
        if row.latitude is not None and row.longitude is not None
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@cluster_view(may="actors.change_own_organisation")
def names(request: ClusterRequest) -> HttpResponse:
    """Suggest names of organisations for what is being typed."""
    query = request.GET.get("partner", "")[:100]
    found = suggestions(request.cluster, query)
    return render(request, "actors/partials/names.html", {"organisations": found})
