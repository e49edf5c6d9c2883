"""What all pages of studies need: find one, say why something was refused."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from kontor.accounts.views.wall import ClusterRequest
from kontor.studies.models import Assessor, Study, StudyCandidate, StudyCriterion
from kontor.ui.errors import explain
from kontor.ui.forms import number_in

VIEW, CHANGE, JUDGEMENTS = "studies.view_study", "studies.change_study", "studies.view_judgements"


def study_or_404(request: ClusterRequest, study_id: int) -> Study:
    """Return a study of this cluster. One query."""
    rows = Study.objects.select_related("cluster", "catalogue_version").defer("catalogue_version__content")
    return get_object_or_404(rows, pk=study_id, cluster=request.cluster)


def candidate_or_404(study: Study, candidate_id: int) -> StudyCandidate:
    """Return a candidate of the study. One query."""
    rows = StudyCandidate.objects.select_related("partner", "study__cluster")
    return get_object_or_404(rows, pk=candidate_id, study=study)


def criterion_or_404(study: Study, criterion_id: int) -> StudyCriterion:
    """Return a criterion of the study. One query."""
    rows = StudyCriterion.objects.select_related("study__cluster")
    return get_object_or_404(rows, pk=criterion_id, study=study)


def assessor_or_404(study: Study, assessor_id: int) -> Assessor:
    """Return an assessor of the study. One query."""
    return get_object_or_404(Assessor.objects.select_related("study__cluster"), pk=assessor_id, study=study)


def refused(request: ClusterRequest, study: Study, problem: Exception, status: int = 409) -> HttpResponse:
    """Say why something was not done; nothing has been changed."""
    context = {"study": study, "problem": explain(problem)}
    return render(request, "studies/refused.html", context, status=status)


def ticked(request: ClusterRequest, name: str) -> list[int]:
    """Return the keys that are ticked in a form."""
    return [key for each in request.POST.getlist(name)[:1000] if (key := number_in(each))]


def address(name: str, *args: object) -> str:
    """Return an address, "" where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
