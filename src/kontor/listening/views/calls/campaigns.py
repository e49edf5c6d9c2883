"""Campaigns: the list, a new one, and what changes one as a whole."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.access import tabs
from kontor.actors.views.conflict import conflict_shown
from kontor.listening import call_exports
from kontor.listening.call_forms import CampaignForm, CampaignTextForm
from kontor.listening.models import CallCampaign
from kontor.listening.problems import ListeningError
from kontor.listening.queries.audience import chosen_in
from kontor.listening.queries.calls.drawing import drawn
from kontor.listening.queries.calls.progress import campaigns_of
from kontor.listening.services import calls
from kontor.listening.views.calls.found import campaign_or_404
from kontor.questionnaires.problems import QuestionnaireError
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName, number_in
from kontor.ui.notices import notify

PAGE = 50


@cluster_view(may="listening.make_calls")
def overview(request: ClusterRequest) -> HttpResponse:
    """List the campaigns with how far each is."""
    campaigns = campaigns_of(request.cluster)
    page = Paginator(campaigns, PAGE).get_page(request.GET.get("page"))
    return render(request, "listening/calls/overview.html", tabs(request) | {"page": page})


@cluster_view(may="listening.make_calls")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list of campaigns."""
    return call_exports.campaigns_file(campaigns_of(request.cluster), form, cluster=request.cluster)


@cluster_view(may="listening.make_calls")
def create(request: ClusterRequest) -> HttpResponse:
    """Begin a campaign; `?only_silent=1` and the groups in the address narrow the list from the start."""
    is_posted = request.method == "POST"
    form = CampaignForm(request.POST if is_posted else None, cluster=request.cluster)
    chosen = chosen_in(dict((request.POST if is_posted else request.GET).lists()))
    if not is_posted:
        form.initial = chosen
    elif "count" not in request.POST and form.is_valid():
        try:
            campaign = _start(request, form, chosen)
        except (ListeningError, QuestionnaireError) as problem:
            form.add_error(None, explain(problem))
        else:
            return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)
    context = {
        "form": form,
        "drawn": drawn(request.cluster, chosen, timezone.localdate()),
        "build_url": _address("questionnaires:overview", request),
    }
    is_refused = is_posted and "count" not in request.POST
    return render(request, "listening/calls/new.html", context, status=422 if is_refused else 200)


def _start(request: ClusterRequest, form: CampaignForm, chosen: dict[str, Any]) -> CallCampaign:
    given = form.cleaned_data
    campaign = calls.start_campaign(
        cluster=request.cluster,
        user=request.user,
        name=given["name"],
        questionnaire=given["questionnaire"],
        opening=given["opening"],
        chosen=chosen,
        reserve_minutes=given["reserve_minutes"],
    )
    number = campaign.targets.count()
    text = ngettext(
        "The call list is ready: %(number)s member.",
        "The call list is ready: %(number)s members, those who were not heard first.",
        number,
    )
    notify(request, text % {"number": number})
    return campaign


@cluster_view(may="listening.make_calls")
def count(request: ClusterRequest) -> HttpResponse:
    """Tell how many members the choice in the address means: a fragment for htmx."""
    chosen = chosen_in(dict(request.GET.lists()))
    context = {"drawn": drawn(request.cluster, chosen, timezone.localdate())}
    return render(request, "listening/calls/partials/count.html", context)


@cluster_view(may="listening.make_calls")
def edit(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Change name, opening words and the time of a reservation."""
    campaign = campaign_or_404(request, campaign_id)
    names = ("name", "opening", "reserve_minutes")
    form = CampaignTextForm(request.POST or None, initial={name: getattr(campaign, name) for name in names})
    context: dict[str, Any] = {"form": form, "campaign": campaign, "version": campaign.version}
    if request.method != "POST":
        return render(request, "listening/calls/edit.html", context)
    if not form.is_valid():
        context["version"] = request.POST.get("version", "")
        return render(request, "listening/calls/edit.html", context, status=422)
    try:
        version = number_in(request.POST.get("version", ""))
        calls.update_campaign(campaign=campaign, expected_version=version, **form.cleaned_data)
    except EditConflict as conflict:
        current: Any = conflict.current
        stored = {name: getattr(current, name) for name in names}
        context |= conflict_shown(form, current, stored)
        return render(request, "listening/calls/edit.html", context, status=409)
    notify(request, _("Saved."))
    return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)


@require_POST
@cluster_view(may="listening.make_calls")
def add(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Put those on the list who have become members, or silent, since it was drawn."""
    campaign = campaign_or_404(request, campaign_id)
    number = calls.add_members(campaign=campaign)
    text = ngettext("%(number)s member has been added.", "%(number)s members have been added.", number)
    notify(request, text % {"number": number} if number else _("Everybody who fits is on the list already."))
    return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)


@require_POST
@cluster_view(may="listening.make_calls")
def close(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Hand out no more members; the message opens it again."""
    campaign = campaign_or_404(request, campaign_id)
    calls.close_campaign(campaign=campaign)
    undo = reverse("listening:call-campaign-reopen", args=[request.cluster.slug, campaign.pk])
    notify(request, _("The campaign is closed. Who is in a talk may finish it."), undo_url=undo)
    return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)


@require_POST
@cluster_view(may="listening.make_calls")
def reopen(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Go on calling."""
    campaign = campaign_or_404(request, campaign_id)
    calls.reopen_campaign(campaign=campaign)
    notify(request, _("The campaign is open again."))
    return redirect("listening:call-campaign", request.cluster.slug, campaign.pk)


@cluster_view(may="listening.make_calls")
def delete(request: ClusterRequest, campaign_id: int) -> HttpResponse:
    """Delete a campaign without calls; asks by name."""
    campaign = campaign_or_404(request, campaign_id)
    form = ConfirmByName(request.POST or None, name=campaign.name)
    context: dict[str, Any] = {"campaign": campaign, "form": form}
    if request.method != "POST":
        return render(request, "listening/calls/delete.html", context)
    status = 422
    if form.is_valid():
        try:
            calls.delete_campaign(campaign=campaign)
        except ListeningError as problem:
            context["problem"], status = explain(problem), 409
        else:
            notify(request, _("The campaign has been deleted."))
            return redirect("listening:calls", request.cluster.slug)
    return render(request, "listening/calls/delete.html", context, status=status)


def _address(name: str, request: ClusterRequest) -> str:
    """Return the address of a page of another room, or "" while that room has no such page."""
    try:
        return reverse(name, args=[request.cluster.slug])
    except NoReverseMatch:
        return ""
