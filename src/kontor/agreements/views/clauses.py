"""The clauses of an agreement, for the cluster management."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.agreements import services
from kontor.agreements.catalogue import CatalogueClause, ClauseGroup, kinds
from kontor.agreements.forms.clauses import OwnClauseForm
from kontor.agreements.models import Agreement, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.speaker import our_speaker
from kontor.agreements.views.clause_acts import Act, carry_out
from kontor.agreements.views.clause_page import clause_context
from kontor.agreements.views.finding import agreement_or_404, clause_or_404, refused
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

_STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def clause(request: ClusterRequest, agreement_id: int, clause_id: int) -> HttpResponse:
    """Show a clause with its history; accept, propose, leave out and comment by POST."""
    agreement = agreement_or_404(request, agreement_id)
    found = clause_or_404(agreement, clause_id)
    if request.method == "POST":
        outcome = carry_out(Act(request, found, our_speaker(request.user)))
        if outcome.message:
            notify(request, outcome.message)
            return redirect("agreements:clause", request.cluster.slug, agreement.pk, found.pk)
        found.refresh_from_db()
        context = clause_context(agreement, found, Side.US, outcome.shown)
        return render(request, "agreements/clause.html", context, status=outcome.status)
    context = clause_context(agreement, found, Side.US)
    return render(request, "agreements/clause.html", context)


@require_POST
@cluster_view(may="agreements.change_agreement")
def move(request: ClusterRequest, agreement_id: int, clause_id: int) -> HttpResponse:
    """Put a clause one place further up or down."""
    agreement = agreement_or_404(request, agreement_id)
    found = clause_or_404(agreement, clause_id)
    try:
        services.move_clause(clause=found, steps=_STEPS.get(request.POST.get("to", ""), 0))
    except AgreementError as problem:
        return refused(request, agreement, problem)
    notify(request, _("The order has changed."))
    return redirect("agreements:clause", request.cluster.slug, agreement.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def add(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Add a clause of the catalogue with one press, or write one."""
    agreement = agreement_or_404(request, agreement_id)
    kind = kinds()[agreement.kind]
    form = OwnClauseForm(request.POST or None, kind=kind, languages=agreement.languages)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_clause(
                agreement=agreement, speaker=our_speaker(request.user), **form.values()
            )
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The clause is part of the paper."))
            return redirect("agreements:clause", request.cluster.slug, agreement.pk, made.pk)
    context = {"agreement": agreement, "form": form, "shelves": _shelves(agreement)}
    return render(request, "agreements/add.html", context, status=422 if form.errors else 200)


@require_POST
@cluster_view(may="agreements.change_agreement")
def add_from_catalogue(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Add a clause of the catalogue, or put it back where it had been left out."""
    agreement = agreement_or_404(request, agreement_id)
    code = request.POST.get("code", "")
    try:
        made = services.add_from_catalogue(agreement=agreement, code=code, speaker=our_speaker(request.user))
    except AgreementError as problem:
        return refused(request, agreement, problem)
    notify(request, _("“%(clause)s” is part of the paper.") % {"clause": made.heading})
    return redirect("agreements:clause", request.cluster.slug, agreement.pk, made.pk)


@require_POST
@cluster_view(may="agreements.change_agreement")
def put_back(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Propose a clause again that had been left out."""
    agreement = agreement_or_404(request, agreement_id)
    found = clause_or_404(agreement, number_in(request.POST.get("clause", "")))
    try:
        services.put_back(clause=found, speaker=our_speaker(request.user))
    except AgreementError as problem:
        return refused(request, agreement, problem)
    notify(request, _("“%(clause)s” is part of the paper.") % {"clause": found.heading})
    return redirect("agreements:clause", request.cluster.slug, agreement.pk, found.pk)


def _shelves(agreement: Agreement) -> list[tuple[ClauseGroup, list[CatalogueClause]]]:
    """Return the groups of the catalogue with the clauses that are not in the paper."""
    there = {each.clause.code for each in sheet_of(agreement).clauses}
    found = []
    for group in kinds()[agreement.kind].groups:
        missing = [clause for clause in group.clauses if clause.code not in there]
        if missing:
            found.append((group, missing))
    return found
