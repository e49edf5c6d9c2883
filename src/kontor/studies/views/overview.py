"""All studies: where each stands and what helps next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.criteria.queries import latest_version
from kontor.studies import exports
from kontor.studies.queries.listing import study_rows
from kontor.studies.shown_steps import next_step
from kontor.studies.views.found import CHANGE, VIEW


@require_safe
@cluster_view(may=VIEW)
def overview(request: ClusterRequest) -> HttpResponse:
    """List the studies, the latest first."""
    rows = study_rows(request.cluster)
    may_change = request.access.may(CHANGE)
    steps = [next_step(row.study, row.progress) for row in rows] if may_change else [None] * len(rows)
    context = {
        "rows": list(zip(rows, steps, strict=True)),
        "may_change": may_change,
        "version": latest_version(request.cluster),
    }
    return render(request, "studies/overview.html", context)


@require_safe
@cluster_view(may=VIEW)
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Download the list of studies."""
    return exports.studies_file(study_rows(request.cluster), file_format, cluster=request.cluster)
