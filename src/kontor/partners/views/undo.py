"""Take back what was done a moment ago, whatever it was."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import take_remains
from kontor.partners import services
from kontor.partners.models import Partner
from kontor.partners.problems import PartnerError
from kontor.partners.views.shared import ROOM, refused
from kontor.ui.notices import notify


@require_POST
@cluster_view(may="partners.change_partner")
def take_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Undo steps between lists, a merge, a "not the same" or a deletion."""
    kept = take_remains(request, ROOM, key)
    first: dict[str, Any] = kept[0] if kept else {}
    try:
        if "change" in first:
            services.set_stages_back(cluster=request.cluster, before=kept)
        elif "merged" in first:
            partner = get_object_or_404(Partner, pk=first["merged"], cluster=request.cluster)
            services.part_again(partner=partner)
        elif "apart" in first:
            services.forget_apart(cluster=request.cluster, pairs=first["apart"])
        else:
            return _restored(request, restore(kept))
    except (NeedError, PartnerError) as problem:
        return refused(request, problem, status=409)
    notify(request, _("All is as it was."))
    return redirect("partners:overview", request.cluster.slug)


def _restored(request: ClusterRequest, row: Any) -> HttpResponse:
    """Lead back to the profile that the row belongs to."""
    notify(request, _("It is back."))
    partner = row.pk if isinstance(row, Partner) else row.partner_id
    return redirect("partners:detail", request.cluster.slug, partner)
