"""The list of needs, with filters, selection and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import Organisation
from kontor.actors.views.access import tabs
from kontor.needs import exports, queries
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.needs.queries.listing import NOWHERE, SEGMENTS
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name

PAGE = 50


@cluster_view(may="needs.view_need")
def directory(request: ClusterRequest) -> HttpResponse:
    """List the needs; the address holds search, filters, order and page."""
    chosen = queries.NeedFilter.read(request.GET.dict())
    needs = queries.with_repeats(queries.listed_needs(request.cluster, chosen))
    page = Paginator(needs, PAGE).get_page(request.GET.get("page"))
    is_empty = not page.paginator.count and not chosen.is_narrowed
    context = {
        "page": page,
        "chosen": chosen,
        "groups": [] if is_empty else filter_groups(request, chosen),
        "is_empty": is_empty,
        "organisation": _organisation(request, chosen),
        "goal_query": _goal_query(request) if chosen.is_narrowed else "",
    }
    return render(request, "needs/directory.html", tabs(request) | context)


@cluster_view(may="needs.view_need")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the needs that the list shows, all pages."""
    chosen = queries.NeedFilter.read(request.GET.dict())
    needs = queries.with_repeats(queries.listed_needs(request.cluster, chosen)).select_related("merged_into")
    return exports.needs_file(needs, form, cluster=request.cluster)


def filter_groups(request: ClusterRequest, chosen: queries.NeedFilter) -> list[dict[str, Any]]:
    """Return the chips with the number of organisations behind each."""
    counts = queries.facets(request.cluster, chosen)
    topics = {str(topic.pk): str(topic) for topic in NeedTopic.objects.filter(cluster=request.cluster)}
    language = get_language() or "en"
    countries = {code: _country(code, language) for code in counts["country"]}
    urgencies = {str(value): label for value, label in reversed(Need.Urgency.choices)}
    known: dict[str, tuple[Text, Mapping[str, Text]]] = {
        "urgency": (_("Urgency"), urgencies),
        "kind": (_("Kind"), dict(NeedKind.choices)),
        "topic": (_("Topic"), topics),
        "country": (_("Target country"), countries),
        "source": (_("Source"), dict(Need.Source.choices)),
        "orphans": (_("Goal"), {"1": _("Without a goal")}),
    }
    groups = []
    for facet, (label, labels) in known.items():
        found = counts[facet]
        values = list(labels) if facet == "urgency" else _most_voiced(found, labels)
        choices = [_chip(request.GET, facet, value, labels, found) for value in values if value in labels]
        if choices:
            groups.append({"label": label, "choices": choices})
    narrowed = [*_members(request, chosen)]
    return [*groups, {"label": _("Members"), "choices": narrowed}] if narrowed else groups


def _members(request: ClusterRequest, chosen: queries.NeedFilter) -> Iterator[dict[str, Any]]:
    """Yield a chip for each group of members that is set, to take it off, and one for what is merged."""
    labels = {SEGMENTS[dimension]: dimension.groups[group] for dimension, group in chosen.who}
    labels |= {"members": _("Members of today")} if chosen.members else {}
    labels |= {"merged": _("Also what is counted with others")} if chosen.merged else {}
    for name, label in labels.items():
        address = request.GET.copy()
        address.pop("page", None)
        del address[name]
        yield {"label": label, "count": None, "url": f"?{address.urlencode()}", "is_on": True}


def _country(code: str, language: str) -> str:
    return _("no country") if code == NOWHERE else country_name(code, language)


def _most_voiced(found: Mapping[str, int], labels: Mapping[str, Text]) -> list[str]:
    """Return the values, the most frequent first, equal ones by name: the same order on every database."""
    return sorted(found, key=lambda value: (-found[value], str(labels.get(value, value))))


def _chip(
    query: QueryDict, facet: str, value: str, labels: Mapping[str, Text], found: Mapping[str, int]
) -> dict[str, Any]:
    """Return one chip; pressing it again takes it off."""
    address = query.copy()
    is_on = address.get(facet) == value
    address.pop("page", None)
    if is_on:
        del address[facet]
    else:
        address[facet] = value
    return {
        "label": labels[value],
        "count": found.get(value, 0),
        "url": f"?{address.urlencode()}",
        "is_on": is_on,
    }


def _goal_query(request: ClusterRequest) -> str:
    """Return the address by which a goal is made of all that the list shows."""
    address = request.GET.copy()
    for name in ("page", "sort", "merged", "needs"):
        address.pop(name, None)
    return address.urlencode()


def _organisation(request: ClusterRequest, chosen: queries.NeedFilter) -> Organisation | None:
    """Return the organisation that the list is narrowed to."""
    if not chosen.organisation:
        return None
    return Organisation.objects.filter(cluster=request.cluster, pk=chosen.organisation).first()
