"""Draft an agreement, change its head, throw a draft away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.agreements import services
from kontor.agreements.catalogue import Kind, kinds
from kontor.agreements.forms.drafting import DraftForm, HeadForm, head_of
from kontor.agreements.models import Agreement
from kontor.agreements.problems import AgreementError
from kontor.agreements.views.finding import agreement_or_404, refused
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName, number_in
from kontor.ui.notices import notify


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def create(request: ClusterRequest) -> HttpResponse:
    """Draft an agreement from a catalogue of clauses."""
    kind = _kind(request.GET.get("kind", ""))
    form = DraftForm(request.POST or None, kind=kind, initial={"our_name": request.cluster.name})
    if request.method == "POST" and form.is_valid():
        try:
            agreement = services.draft_agreement(cluster=request.cluster, user=request.user, **form.values())
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The draft is there. Nobody outside sees it before you invite somebody."))
            return redirect("agreements:detail", request.cluster.slug, agreement.pk)
    context = {"form": form, "kind": kind, "kinds": list(kinds().values())}
    return render(request, "agreements/create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def edit(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Change title and names; who comes second is shown both versions."""
    agreement = agreement_or_404(request, agreement_id)
    head = {"initial": head_of(agreement), "languages": agreement.languages}
    form = HeadForm(request.POST or None, **head)
    context: dict[str, Any] = {"form": form, "agreement": agreement, "version": agreement.version}
    if request.method != "POST":
        return render(request, "agreements/edit.html", context)
    status, more = _save(request, agreement, form)
    if status != 200:
        return render(request, "agreements/edit.html", context | more, status=status)
    notify(request, _("Title and names have been saved. Clauses keep the names that stand in them."))
    return redirect("agreements:detail", request.cluster.slug, agreement.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def delete(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Throw away a draft, after its other side's name was typed."""
    agreement = agreement_or_404(request, agreement_id)
    form = ConfirmByName(request.POST or None, name=agreement.counterpart)
    if request.method == "POST" and form.is_valid():
        try:
            services.delete_draft(agreement=agreement)
        except AgreementError as problem:
            return refused(request, agreement, problem)
        notify(request, _("The draft has been deleted."))
        return redirect("agreements:overview", request.cluster.slug)
    context = {"form": form, "agreement": agreement}
    return render(request, "agreements/delete.html", context, status=422 if form.errors else 200)


def _kind(code: str) -> Kind:
    """Return the kind that is asked for, the first one where none is."""
    if not code:
        return next(iter(kinds().values()))
    if code not in kinds():
        raise Http404
    return kinds()[code]


def _save(request: ClusterRequest, agreement: Agreement, form: HeadForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_agreement(agreement=agreement, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        current = conflict.current
        assert isinstance(current, Agreement)  # claim_edit returns the kind of row that it was given
        return 409, conflict_shown(form, current, head_of(current))
    except AgreementError as problem:
        form.add_error(None, explain(problem))
        return 422, {"version": version}
    return 200, {}
