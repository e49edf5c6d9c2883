"""The handbook."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.journey.handbook import chapters


@require_safe
@cluster_view(may="accounts.enter")
def handbook(request: ClusterRequest, slug: str = "") -> HttpResponse:
    """Show a chapter of the handbook, the first one without a name."""
    found = chapters(request.LANGUAGE_CODE)
    chapter = next((each for each in found if each.slug == slug), None) if slug else found[0]
    if chapter is None:
        raise Http404
    return render(request, "journey/help.html", {"chapters": found, "chapter": chapter})
