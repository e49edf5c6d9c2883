"""Move partner clusters from list to list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.partners import services
from kontor.partners.forms.profile import StageForm
from kontor.partners.models import Stage
from kontor.partners.problems import PartnerError
from kontor.partners.views.overview import Attempt, list_page
from kontor.partners.views.shared import found, ticked, told
from kontor.partners.views.single import profile_page
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@require_POST
@cluster_view(may="partners.change_partner")
def one(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Put one partner cluster on another list, with the reason."""
    partner, form = found(request, partner_id), StageForm(request.POST)
    if not form.is_valid():
        return profile_page(request, partner, form)
    stage, reason = form.cleaned_data["stage"], form.cleaned_data["reason"]
    try:
        before = services.set_stages(partners=[partner], stage=stage, reason=reason, by=request.user)
    except PartnerError as problem:
        form.add_error("reason", explain(problem))
        return profile_page(request, partner, form)
    if before:
        values = {"name": partner.name, "stage": Stage(stage).label}
        told(request, _("“%(name)s” is now: %(stage)s.") % values, before)
    return redirect("partners:detail", request.cluster.slug, partner.pk)


@require_POST
@cluster_view(may="partners.change_partner")
def many(request: ClusterRequest) -> HttpResponse:
    """Put all that are ticked on another list, for one reason; the list keeps its filters."""
    partners = ticked(request)
    attempt = Attempt(
        keys=frozenset(partner.pk for partner in partners),
        stage=request.POST.get("stage", ""),
        reason=request.POST.get("reason", ""),
    )
    if not partners:
        return list_page(request, attempt, _("Tick at least one partner cluster first."))
    try:
        before = services.set_stages(
            partners=partners, stage=attempt.stage, reason=attempt.reason, by=request.user
        )
    except PartnerError as problem:
        return list_page(request, attempt, explain(problem))
    if before:
        told(request, _moved(len(before), attempt.stage), before)
    else:
        notify(request, _("They are on this list already."))
    address = reverse("partners:overview", args=[request.cluster.slug])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def _moved(number: int, stage: str) -> str:
    text = ngettext(
        "%(number)s partner cluster has been moved: %(stage)s.",
        "%(number)s partner clusters have been moved: %(stage)s.",
        number,
    )
    return text % {"number": number, "stage": Stage(stage).label}
