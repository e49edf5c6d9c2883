"""Who was heard, what they need, and who is still to be called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import Organisation, OrganisationKind
from kontor.actors.views.access import tabs
from kontor.needs import exports, queries
from kontor.needs.checks import known, reason_of
from kontor.needs.confidentiality import guarded, guarded_parts
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries.involved import MONTHS
from kontor.ui.components import NextStep, Text
from kontor.ui.vocabulary import country_name

ROWS = 8
NAMES = 6
PAGE = 50


@dataclass(frozen=True)
class Bar:
    """A row of a figure: organisations is None where the count may not be seen."""

    label: Text
    organisations: int | None
    share: float | None
    url: str


@dataclass(frozen=True)
class Group:
    """The members of one kind: heard and silent are None where the counts may not be seen."""

    label: Text
    members: int
    heard: int | None
    share: float | None
    names: tuple[Organisation, ...]
    more: int
    url: str


@cluster_view(may="needs.view_summary")
def overview(request: ClusterRequest) -> HttpResponse:
    """Tell how many members were heard, what they need and what comes next."""
    cluster, today = request.cluster, timezone.localdate()
    sees_all = request.access.may("needs.view_need")
    state = queries.heard(cluster, today)
    countries = _named(queries.voices_by_country(cluster, today))
    context: dict[str, Any] = {
        "state": state,
        "heard": state.heard if sees_all else guarded(state.heard),
        "sees_all": sees_all,
        "may_report": request.access.may("needs.report_own_need"),
        "kinds": _bars(request, queries.voices_by_kind(cluster, today), state.heard, "kind"),
        "topics": _bars(request, queries.voices_by_topic(cluster, today), state.heard, "topic"),
        "countries": _bars(request, countries, state.heard, "country"),
        "groups": _groups(request, state, today),
    }
    if sees_all:
        context |= _for_management(request, state, today)
    return render(request, "needs/overview.html", tabs(request) | context)


@cluster_view(may="needs.view_need")
def silent(request: ClusterRequest) -> HttpResponse:
    """List the members who have not been heard: the call list."""
    chosen = request.GET.get("kind", "")
    members = _silent(request)
    kinds = members.order_by().values("kind").annotate(number=Count("pk")).order_by("-number", "kind")
    groups = [{"label": _("Kind"), "choices": [_chip(request, row["kind"], row["number"]) for row in kinds]}]
    if chosen:
        members = members.filter(kind=chosen)
    page = Paginator(members.prefetch_related("people"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": groups,
        "is_year": request.GET.get("year") == "1",
        "campaign_url": _campaign_url(request, chosen),
    }
    return render(request, "needs/silent.html", context)


@cluster_view(may="needs.view_need")
def silent_export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the call list."""
    return exports.silent_file(_silent(request).prefetch_related("people"), form, cluster=request.cluster)


def _silent(request: ClusterRequest) -> QuerySet[Organisation]:
    """Return who has never been heard, or with `?year=1` not for twelve months."""
    today = timezone.localdate()
    since = today - relativedelta(months=MONTHS) if request.GET.get("year") == "1" else None
    return queries.silent_members(request.cluster, today, since)


def _campaign_url(request: ClusterRequest, kind: str) -> str:
    """Return where the list becomes a phone campaign, "" while the floor above has no such page."""
    try:
        url = reverse("listening:call-campaign-new", args=[request.cluster.slug])
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode({'only_silent': 1} | ({'kind': kind} if kind else {}))}"


def _chip(request: ClusterRequest, kind: str, number: int) -> dict[str, Any]:
    address = request.GET.copy()
    is_on = address.get("kind") == kind
    address.pop("page", None)
    address["kind"] = "" if is_on else kind
    return {
        "label": OrganisationKind(kind).label,
        "count": number,
        "url": f"?{address.urlencode()}",
        "is_on": is_on,
    }


def _for_management(request: ClusterRequest, state: queries.Heard, today: date) -> dict[str, Any]:
    """Return what only those see who may read single needs."""
    answer = known(request.cluster, today)
    step = None
    if answer.next_step:
        step = NextStep(reason_of(state), answer.next_step, answer.url)
    needs = Need.objects.filter(cluster=request.cluster, merged_into=None)
    return {
        "step": step,
        "needs_number": needs.count(),
        "orphans": needs.filter(queries.without_goal()).count(),
        "has_topics": NeedTopic.objects.filter(cluster=request.cluster).exists(),
    }


def _named(voices: Iterable[queries.Voices]) -> list[queries.Voices]:
    language = get_language() or "en"
    return [
        queries.Voices(each.key, country_name(each.key, language), each.organisations, each.needs)
        for each in voices
    ]


def _bars(
    request: ClusterRequest, voices: Sequence[queries.Voices], total: int, facet: str
) -> tuple[Bar, ...]:
    """Return the first rows; for those who see counts only, small ones come last, without a number."""
    sees_all = request.access.may("needs.view_need")
    url = reverse("needs:directory", args=[request.cluster.slug]) if sees_all else ""
    bars = []
    for each in voices:
        count = each.organisations if sees_all else guarded(each.organisations)
        share = None if count is None or not total else count / total
        bars.append(Bar(each.label, count, share, f"{url}?{facet}={each.key}" if url else ""))
    bars.sort(key=lambda bar: (bar.organisations is None, -(bar.organisations or 0), str(bar.label)))
    return tuple(bars[:ROWS])


def _groups(request: ClusterRequest, state: queries.Heard, today: date) -> tuple[Group, ...]:
    """Return the kinds of organisation; the names of the silent ones for the management only."""
    sees_all = request.access.may("needs.view_need")
    counts: Sequence[int | None] = [kind.heard for kind in state.kinds]
    names: dict[str, list[Organisation]] = {}
    if sees_all:
        members = queries.silent_members(request.cluster, today)
        names = {kind: list(group) for kind, group in groupby(members, key=lambda each: each.kind)}
    else:
        counts = guarded_parts([kind.heard for kind in state.kinds])
    url = reverse("needs:silent", args=[request.cluster.slug]) if sees_all else ""
    groups = []
    for kind, count in zip(state.kinds, counts, strict=True):
        quiet = names.get(kind.kind.value, [])
        share = None if count is None else count / kind.members
        more = max(0, len(quiet) - NAMES)
        shown = tuple(quiet[:NAMES])
        groups.append(
            Group(kind.kind.label, kind.members, count, share, shown, more, f"{url}?kind={kind.kind}")
        )
    return tuple(groups)
