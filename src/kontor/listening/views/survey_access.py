"""What all pages of surveys need: find one, say why something was refused."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kontor.accounts.views.wall import ClusterRequest
from kontor.listening.models import Survey
from kontor.listening.services.surveys.closing import close_due
from kontor.ui.errors import explain

MAY = "listening.change_survey"


def survey_or_404(request: ClusterRequest, survey_id: int) -> Survey:
    """Return a survey of this cluster; one whose date has passed is closed first."""
    close_due(timezone.now())
    rows = Survey.objects.select_related("cluster", "questionnaire", "version_asked")
    return get_object_or_404(rows, pk=survey_id, cluster=request.cluster)


def refused(request: ClusterRequest, survey: Survey, problem: Exception) -> HttpResponse:
    """Say why something was not done; nothing has been changed."""
    context = {"survey": survey, "problem": explain(problem)}
    return render(request, "listening/surveys/refused.html", context, status=409)


def address(name: str, *args: object) -> str:
    """Return an address, "" where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
