"""Find what an address names, within the reader's cluster, or answer 404."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from kontor.accounts.views.wall import ClusterRequest
from kontor.agreements.models import Agreement, AgreementVersion, Clause, Negotiator
from kontor.agreements.problems import AgreementError
from kontor.ui.errors import explain


def agreement_or_404(request: ClusterRequest, agreement_id: int) -> Agreement:
    """Return an agreement of the cluster, with the cluster."""
    rows = Agreement.objects.select_related("cluster")
    return get_object_or_404(rows, pk=agreement_id, cluster=request.cluster)


def clause_or_404(agreement: Agreement, clause_id: int) -> Clause:
    """Return a clause of the agreement, with the agreement."""
    rows = Clause.objects.select_related("agreement__cluster")
    return get_object_or_404(rows, pk=clause_id, agreement=agreement)


def negotiator_or_404(agreement: Agreement, negotiator_id: int) -> Negotiator:
    """Return a negotiator of the agreement, with agreement and account."""
    rows = Negotiator.objects.select_related("agreement__cluster", "user")
    return get_object_or_404(rows, pk=negotiator_id, agreement=agreement)


def version_or_404(agreement: Agreement, number: int) -> AgreementVersion:
    """Return a version of the agreement, with its signing."""
    rows = AgreementVersion.objects.select_related("signing", "frozen_by")
    return get_object_or_404(rows, agreement=agreement, number=number)


def refused(request: HttpRequest, agreement: Agreement, problem: AgreementError) -> HttpResponse:
    """Return the page that says why an act could not be done."""
    context = {"problem": explain(problem), "agreement": agreement}
    return render(request, "agreements/refused.html", context, status=422)
