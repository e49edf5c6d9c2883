"""The cockpit of a campaign: progress, who calls whom, what is due, the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import User
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import OrganisationKind
from kontor.listening import call_exports
from kontor.listening.models import CallCampaign, CallTarget
from kontor.listening.queries.calls import listing, progress, waiting
from kontor.listening.views.calls.found import campaign_or_404
from kontor.ui.components import Text

PAGE = 50


@cluster_view(may="listening.make_calls")
def cockpit(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Show how far the campaign is and what comes next."""
    campaign = campaign_or_404(request, campaign_id)
    now = timezone.now()
    chosen = listing.TargetFilter.read(request.GET.dict())
    page = Paginator(listing.listed_targets(campaign, chosen), PAGE).get_page(request.GET.get("page"))
    due = list(progress.due_today(campaign, now))
    context = {
        "campaign": campaign,
        "is_running": campaign.state == CallCampaign.State.RUNNING,
        "progress": progress.progress(campaign),
        "outcomes": _outcomes(campaign),
        "held": waiting.held_by(campaign, request.user),
        "in_talk": progress.in_talk(campaign, now),
        "due": due,
        "is_due": [target for target in due if target.call_back_at and target.call_back_at <= now],
        "names": {user.pk: str(user) for user in User.objects.filter(pk__in={_caller(each) for each in due})},
        "next_at": progress.next_call_back(campaign),
        "page": page,
        "chosen": chosen,
        "groups": filter_groups(request, campaign, chosen),
    }
    return render(request, "listening/calls/cockpit.html", context)


@cluster_view(may="listening.make_calls")
def export(request: ClusterRequest, campaign_id: int, form: str) -> HttpResponse:
    """Download the call list as it is shown, all pages."""
    campaign = campaign_or_404(request, campaign_id)
    chosen = listing.TargetFilter.read(request.GET.dict())
    return call_exports.targets_file(listing.listed_targets(campaign, chosen), form, cluster=request.cluster)


def filter_groups(
    request: ClusterRequest, campaign: CallCampaign, chosen: listing.TargetFilter
) -> list[dict[str, Any]]:
    """Return the chips with the number of members behind each."""
    counts = listing.facets(campaign, chosen)
    known: dict[str, tuple[Text, Mapping[str, Text]]] = {
        "state": (_("State"), dict(CallTarget.State.choices)),
        "outcome": (_("Last outcome"), dict(CallTarget.Outcome.choices)),
        "kind": (_("Kind"), dict(OrganisationKind.choices)),
        "numberless": (_("Telephone"), {"1": _("No telephone number")}),
    }
    groups = []
    for facet, (label, labels) in known.items():
        found = counts[facet]
        set_value = chosen.chips().get(facet)
        values = [value for value in labels if value in found or value == set_value]
        choices = [_chip(request, (facet, value), labels[value], found.get(value, 0)) for value in values]
        if choices:
            groups.append({"label": label, "choices": choices})
    return groups


def _chip(request: ClusterRequest, what: tuple[str, str], label: Text, number: int) -> dict[str, Any]:
    """Return one chip; pressing it again takes it off."""
    facet, value = what
    address = request.GET.copy()
    is_on = address.get(facet) == value
    address.pop("page", None)
    if is_on:
        del address[facet]
    else:
        address[facet] = value
    return {"label": label, "count": number, "url": f"?{address.urlencode()}", "is_on": is_on}


def _outcomes(campaign: CallCampaign) -> list[tuple[Text, int, str]]:
    """Return how the last calls without a talk went: label, members, code; the most frequent first."""
    labels = dict(CallTarget.Outcome.choices)
    found = sorted(progress.outcomes(campaign).items(), key=lambda each: (-each[1], each[0]))
    return [(labels[code], number, code) for code, number in found]


def _caller(target: CallTarget) -> int | None:
    return getattr(target, "called_by", None)
