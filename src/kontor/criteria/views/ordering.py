"""The order of the criteria within their families."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.criteria import queries, services
from kontor.criteria.problems import CriteriaError
from kontor.criteria.shown import by_family
from kontor.criteria.views.access import (
    CHANGE,
    catalogue_or_404,
    criterion_or_404,
    overview_url,
    refused,
)
from kontor.ui.notices import notify


@cluster_view(may=CHANGE)
def order(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Show the criteria by family, each with the ways up and down."""
    catalogue = catalogue_or_404(request, purpose)
    context = {
        "families": by_family(queries.working_criteria(catalogue), purpose),
        "purpose": purpose,
        "title": catalogue.title,
        "back_url": overview_url(request, purpose),
    }
    return render(request, "criteria/order.html", context)


@require_POST
@cluster_view(may=CHANGE)
def move(request: ClusterRequest, criterion_id: int) -> HttpResponse:
    """Move a criterion within its family and lead back to where it stands now."""
    criterion = criterion_or_404(request, criterion_id)
    purpose = criterion.catalogue.purpose
    try:
        has_moved = services.move_criterion(criterion=criterion, step=request.POST.get("step", ""))
    except CriteriaError as problem:
        return refused(request, problem, purpose, status=422)
    if not has_moved:
        notify(request, _("“%(name)s” cannot go any further.") % {"name": criterion.name})
    url = reverse("criteria:order", args=[request.cluster.slug, purpose])
    return redirect(f"{url}#criterion-{criterion.pk}")
