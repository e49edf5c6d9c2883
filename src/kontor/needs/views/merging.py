"""Needs that seem to say the same: count them as one, keep them apart, or take either back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import Organisation
from kontor.needs import services
from kontor.needs.models import Need
from kontor.needs.problems import NeedError
from kontor.needs.queries import needs_of
from kontor.needs.queries.duplicates import Group, Proposal, by_hand, filled, proposed
from kontor.needs.reasons import reason_for
from kontor.needs.undo import keep_remains, take_remains
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "needs-merging"
PAGE = 20
MOST_TICKED = 50


@dataclass(frozen=True)
class Shown:
    """A proposal with the sentence that says why. others: how many more its organisation has."""

    proposal: Proposal
    why: str
    is_first: bool
    others: int


@cluster_view(may="needs.change_need")
def same(request: ClusterRequest) -> HttpResponse:
    """List what seems to be said twice; `?needs=` brings ticked ones together by hand."""
    ticked = _ticked(request, request.GET.getlist("needs"))
    chosen = by_hand(ticked)
    found = proposed(request.cluster)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": _shown(filled(request.cluster, page), found),
        "chosen": Shown(chosen, reason_for(chosen, get_language() or "en"), False, 0) if chosen else None,
        "problem": explain(NeedError("need.nothing_to_merge")) if ticked and not chosen else "",
        "number": sum(len(each.needs) - 1 for each in found),
    }
    return render(request, "needs/same.html", context, status=422 if context["problem"] else 200)


@require_POST
@cluster_view(may="needs.change_need")
def merge(request: ClusterRequest) -> HttpResponse:
    """Count the needs posted as the one that was chosen to lead."""
    needs = _ticked(request, request.POST.getlist("needs"))
    lead = next((need for need in needs if need.pk == number_in(request.POST.get("lead", ""))), None)
    if lead is None or len(needs) < 2:
        return _refused(request, NeedError("need.nothing_to_merge"))
    try:
        before = services.merge_needs(lead=lead, needs=needs)
    except NeedError as problem:
        return _refused(request, problem)
    _told(request, before, _counted_as_one(len(needs)))
    return redirect("needs:same", request.cluster.slug)


@require_POST
@cluster_view(may="needs.change_need")
def merge_all(request: ClusterRequest, organisation_id: int) -> HttpResponse:
    """Take every proposal of one organisation at once."""
    organisation = get_object_or_404(Organisation, pk=organisation_id, cluster=request.cluster)
    before: services.Before = []
    for each in filled(request.cluster, proposed(request.cluster, organisation)):
        before += services.merge_needs(lead=each.lead, needs=each.needs)
    if before:
        text = ngettext(
            "%(number)s need of %(name)s is now counted with another.",
            "%(number)s needs of %(name)s are now counted with others.",
            len(before),
        )
        _told(request, before, text % {"number": len(before), "name": organisation.name})
    return redirect("needs:same", request.cluster.slug)


@require_POST
@cluster_view(may="needs.change_need")
def keep_apart(request: ClusterRequest) -> HttpResponse:
    """Remember that the needs posted are not the same; they are not proposed again."""
    needs = _ticked(request, request.POST.getlist("needs"))
    try:
        services.tell_apart(needs=needs)
    except NeedError as problem:
        return _refused(request, problem)
    _told(request, [{"apart": [need.pk for need in needs]}], _("They stay apart."))
    return redirect("needs:same", request.cluster.slug)


@require_POST
@cluster_view(may="needs.change_need")
def split(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Let a need stand by itself again, or all that are counted as it."""
    need = get_object_or_404(Need, pk=need_id, cluster=request.cluster)
    _told(request, services.split_need(need=need), _("Each of them counts by itself again."))
    return redirect("needs:detail", request.cluster.slug, need.pk)


@require_POST
@cluster_view(may="needs.change_need")
def take_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Take back what was merged, split or told apart a moment ago."""
    before = take_remains(request, ROOM, key)
    services.set_back(cluster=request.cluster, before=[row for row in before if "need" in row])
    apart = [pk for row in before for pk in row.get("apart", ())]
    services.forget_apart(cluster=request.cluster, needs=apart)
    notify(request, _("All is as it was."))
    return redirect("needs:same", request.cluster.slug)


def _ticked(request: ClusterRequest, given: list[str]) -> list[Need]:
    keys = [number_in(key) for key in given[:MOST_TICKED]]
    return list(needs_of(request.cluster).filter(pk__in=keys))


def _shown(page: list[Proposal], found: list[Group]) -> list[Shown]:
    """Return the proposals of a page with their reasons; each organisation's first one offers all at once."""
    counts = Counter(group.organisation for group in found)
    shown: list[Shown] = []
    before = None
    for each in page:
        key = each.organisation.pk
        why = reason_for(each, get_language() or "en")
        shown.append(Shown(each, why, key != before, counts[key] - 1))
        before = key
    return shown


def _counted_as_one(number: int) -> str:
    text = ngettext("%(number)s need is counted as one.", "%(number)s needs are now counted as one.", number)
    return text % {"number": number}


def _told(request: ClusterRequest, before: list[dict[str, Any]], text: str) -> None:
    key = keep_remains(request, ROOM, before)
    notify(request, text, undo_url=reverse("needs:same-undo", args=[request.cluster.slug, key]))


def _refused(request: ClusterRequest, problem: NeedError) -> HttpResponse:
    return render(request, "needs/refused.html", {"problem": explain(problem)}, status=422)
