"""Ties between two organisations."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.forms.tie import NewTieForm, TieForm
from kontor.actors.models import Tie
from kontor.actors.services import tie as services
from kontor.actors.services.restoring import snapshot
from kontor.actors.views.access import organisation_or_404
from kontor.actors.views.editing import answer, expected_version, posted
from kontor.actors.views.facts import page_for
from kontor.actors.views.undo import notify_deleted
from kontor.ui.notices import notify


@cluster_view(may="actors.change_organisation")
def create(request: ClusterRequest, pk: int) -> HttpResponse:
    """Tie an organisation to another."""
    organisation = organisation_or_404(request, pk)
    form = NewTieForm(posted(request), cluster=request.cluster)
    lead = _("Supply, licences, agreements and the like. Joint projects are entered as projects.")
    page = page_for(request, organisation, _("New tie of %(name)s") % {"name": organisation.name}, lead)

    def save() -> None:
        with transaction.atomic():
            partner = form.organisation()
            services.create_tie(organisation=organisation, partner=partner, **form.tie_values())

    return answer(request, form, page, save)


@cluster_view(may="actors.change_organisation")
def edit(request: ClusterRequest, pk: int) -> HttpResponse:
    """Change what a tie is, or when it held."""
    tie = _tie(request, pk)
    form = TieForm(posted(request), row=tie)
    lead = _("The two organisations stay. Enter the last day if the tie has ended.")
    page = page_for(request, tie.organisation, _("Tie to %(name)s") % {"name": tie.partner.name}, lead)

    def save() -> None:
        services.update_tie(tie=tie, expected_version=expected_version(request), **form.values())

    return answer(request, form, page, save, row=tie)


@require_POST
@cluster_view(may="actors.change_organisation")
def end(request: ClusterRequest, pk: int) -> HttpResponse:
    """Let a tie end today."""
    tie = _tie(request, pk)
    services.end_tie(tie=tie, valid_to=timezone.localdate())
    notify(request, _("The tie to %(name)s ends today.") % {"name": tie.partner.name})
    return redirect("actors:organisation", request.cluster.slug, tie.organisation_id)


@require_POST
@cluster_view(may="actors.change_organisation")
def delete(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete a tie that was entered by mistake."""
    tie = _tie(request, pk)
    kept = snapshot(tie)
    services.delete_tie(tie=tie)
    notify_deleted(request, _("The tie to %(name)s has been deleted.") % {"name": tie.partner.name}, kept)
    return redirect("actors:organisation", request.cluster.slug, tie.organisation_id)


def _tie(request: ClusterRequest, pk: int) -> Tie:
    rows = Tie.objects.select_related("organisation", "partner")
    return get_object_or_404(rows, pk=pk, cluster=request.cluster)
