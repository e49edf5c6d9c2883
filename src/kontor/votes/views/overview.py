"""The list of votes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.votes import exports
from kontor.votes.models import Vote
from kontor.votes.queries.votes import counts_by_state, turnouts, votes
from kontor.votes.services.closing import close_due
from kontor.votes.views.access import HOLD, SEE

PAGE = 50


@require_safe
@cluster_view(may=SEE)
def overview(request: ClusterRequest) -> HttpResponse:
    """List the votes; the address holds state and page."""
    close_due(now=timezone.now())
    state = request.GET.get("state", "")
    page = Paginator(votes(request.cluster, state), PAGE).get_page(request.GET.get("page"))
    turned_out = turnouts(page.object_list)
    context = {
        "page": page,
        "rows": [(each, turned_out[each.pk]) for each in page.object_list],
        "groups": [{"label": _("State"), "choices": _chips(request, state)}],
        "may_change": request.access.may(HOLD),
    }
    return render(request, "votes/overview.html", context)


@require_safe
@cluster_view(may=SEE)
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Download the votes that the list shows, all pages."""
    found = list(votes(request.cluster, request.GET.get("state", "")))
    return exports.votes_file(found, turnouts(found), file_format, cluster=request.cluster)


def _chips(request: ClusterRequest, state: str) -> list[dict[str, Any]]:
    counts = counts_by_state(request.cluster)
    return [
        {
            "label": Vote.State(key).label,
            "count": count,
            "url": "?" if key == state else f"?state={key}",
            "is_on": key == state,
        }
        for key, count in counts.items()
    ]
