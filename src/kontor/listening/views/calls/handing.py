"""Get the next member, take a certain one, give one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.call_forms import CallForm
from kontor.listening.models import CallCampaign
from kontor.listening.problems import ListeningError
from kontor.listening.queries.calls.progress import next_call_back
from kontor.listening.services import calls
from kontor.listening.views.calls.found import campaign_or_404, target_or_404
from kontor.listening.views.calls.record import lost
from kontor.listening.views.calls.sheet import typed_in
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@require_POST
@cluster_view(may="listening.make_calls")
def next_call(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Lead to the member to call next, or say when there will be one."""
    return to_next(request, campaign_or_404(request, campaign_id))


def to_next(request: ClusterRequest, campaign: CallCampaign) -> HttpResponse:
    """Go on to the next member; without one back to the cockpit, with the reason."""
    try:
        target = calls.next_call(campaign=campaign, caller=request.user)
    except ListeningError as problem:
        messages.warning(request, explain(problem))
        target = None
    else:
        if target is None:
            notify(request, _nobody(campaign))
    if target is None:
        return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)
    return redirect("listening:call", request.cluster.slug, target.pk)


@require_POST
@cluster_view(may="listening.make_calls")
def take(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Reserve this very member and lead to it."""
    target = target_or_404(request, target_id)
    try:
        calls.take(target=target, caller=request.user)
    except ListeningError as problem:
        messages.warning(request, explain(problem))
    return redirect("listening:call", request.cluster.slug, target.pk)


@require_POST
@cluster_view(may="listening.make_calls")
def release(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Put the member back in its place, with what was typed for whoever calls next."""
    target = target_or_404(request, target_id)
    if "edition" in request.POST:
        typed = typed_in(request, target, CallForm(request.POST, organisation=target.organisation))
        edition = number_in(request.POST["edition"])
        try:
            calls.keep(target=target, caller=request.user, edition=edition, typed=typed)
        except ListeningError as problem:
            return lost(request, target, typed, 409, explain(problem))
    calls.give_back(target=target, caller=request.user)
    notify(request, _("%(name)s is back on the list.") % {"name": target.organisation.name})
    return redirect("listening:call-campaign", request.cluster.slug, target.campaign_id)


@require_POST
@cluster_view(may="listening.make_calls")
def put_back(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Put a member back on the list whose calls had ended without a talk."""
    target = target_or_404(request, target_id)
    try:
        calls.put_back(target=target)
    except ListeningError as problem:
        messages.warning(request, explain(problem))
    else:
        notify(request, _("%(name)s is back on the list.") % {"name": target.organisation.name})
    return redirect("listening:call", request.cluster.slug, target.pk)


def _nobody(campaign: CallCampaign) -> str:
    """Say why nobody is to be called now."""
    moment = next_call_back(campaign)
    if moment is None:
        return _("Everybody who can be reached has been called.")
    when = formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return _("Nobody is to be called just now. The next call-back is due on %(when)s.") % {"when": when}
