"""Profiles that may mean the same cluster: a person decides."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.partners import queries, services
from kontor.partners.models import Partner
from kontor.partners.problems import PartnerError
from kontor.partners.views.shared import refused, told
from kontor.ui.errors import explain_code
from kontor.ui.forms import number_in

PAGE = 10


@cluster_view(may="partners.change_partner")
def proposals(request: ClusterRequest) -> HttpResponse:
    """Show the pairs that look alike, with what speaks for it."""
    page = Paginator(queries.same_pairs(request.cluster), PAGE).get_page(request.GET.get("page"))
    pairs = [
        {"pair": pair, "reasons": [explain_code(code, {}) for code in pair.reasons]}
        for pair in page.object_list
    ]
    return render(request, "partners/same.html", {"page": page, "pairs": pairs})


@require_POST
@cluster_view(may="partners.change_partner")
def merge(request: ClusterRequest) -> HttpResponse:
    """Count two profiles as one; `kept` names the one that stays."""
    kept, other = _posted(request, "kept"), _posted(request, "other")
    try:
        services.merge_partners(kept=kept, other=other)
    except PartnerError as problem:
        return refused(request, problem)
    text = _("“%(other)s” is now part of “%(kept)s”, with all that was known of it.")
    told(request, text % {"other": other.name, "kept": kept.name}, [{"merged": other.pk}])
    return redirect("partners:same", request.cluster.slug)


@require_POST
@cluster_view(may="partners.change_partner")
def apart(request: ClusterRequest) -> HttpResponse:
    """Remember that two profiles are not the same; they are not proposed again."""
    try:
        pairs = services.keep_apart(partners=[_posted(request, "kept"), _posted(request, "other")])
    except PartnerError as problem:
        return refused(request, problem)
    told(request, _("They stay apart."), [{"apart": pairs}])
    return redirect("partners:same", request.cluster.slug)


@require_POST
@cluster_view(may="partners.change_partner")
def part(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Let a merged profile stand by itself again."""
    partner = get_object_or_404(Partner, pk=partner_id, cluster=request.cluster)
    try:
        services.part_again(partner=partner)
    except PartnerError as problem:
        return refused(request, problem, status=409)
    return redirect("partners:detail", request.cluster.slug, partner.pk)


def _posted(request: ClusterRequest, name: str) -> Partner:
    return get_object_or_404(Partner, pk=number_in(request.POST.get(name, "")), cluster=request.cluster)
