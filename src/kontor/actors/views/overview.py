"""The front page of the members."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import OrganisationKind
from kontor.actors.queries.overview import Overview, overview
from kontor.actors.views.access import day_asked, tabs
from kontor.ui.components import NextStep


@cluster_view(may="actors.view_directory")
def show(request: ClusterRequest) -> HttpResponse:
    """Tell the state of the membership, what is missing and what to do next."""
    state = overview(request.cluster, day_asked(request))
    may_change = request.access.may("actors.change_organisation")
    kinds = [(OrganisationKind(kind).label, kind, count) for kind, count in state.by_kind]
    context = {
        "state": state,
        "share_abroad": state.with_tie_abroad / state.members if state.members else None,
        "kinds": [(label, kind, count, count / state.members) for label, kind, count in kinds],
        "warnings": _warnings(request, state) if may_change else [],
        "step": _step(request, state) if may_change and state.members else None,
        **tabs(request),
        "as_of": state.on,
    }
    return render(request, "actors/overview.html", context)


# What is missing → (singular, plural), each after a number; the order is the order of the page.
_GAPS = {
    "contact": ngettext_lazy("member has no contact person", "members have no contact person"),
    "consent": ngettext_lazy("member has no contact who agreed", "members have no contact who agreed"),
    "size": ngettext_lazy("member has no size class", "members have no size class"),
    "region": ngettext_lazy("member has no region", "members have no region"),
    "value_chain": ngettext_lazy(
        "member has no place in the value chain", "members have no place in the value chain"
    ),
    "competence": ngettext_lazy("member has no competences", "members have no competences"),
    "place": ngettext_lazy("member is not on the map", "members are not on the map"),
}


def _warnings(request: ClusterRequest, state: Overview) -> list[dict[str, Any]]:
    address = reverse("actors:directory", args=[request.cluster.slug])
    return [
        {"count": count, "sentence": sentence % count, "url": f"{address}?missing={key}"}
        for key, sentence in _GAPS.items()
        if (count := state.missing[key])
    ]


def _step(request: ClusterRequest, state: Overview) -> NextStep | None:
    """Return what helps most now: members first, then people to talk to, then what the concept needs."""
    directory = reverse("actors:directory", args=[request.cluster.slug])
    missing, show = state.missing, _("Show them")
    if missing["contact"]:
        sentence = ngettext(
            "%(count)s member has no contact person. Nobody there can be asked what it needs abroad.",
            "%(count)s members have no contact person. Nobody there can be asked what they need abroad.",
            missing["contact"],
        )
        return NextStep(sentence % {"count": missing["contact"]}, show, f"{directory}?missing=contact")
    if missing["consent"]:
        sentence = ngettext(
            "%(count)s member has a contact who has not agreed to be written to yet.",
            "%(count)s members have contacts who have not agreed to be written to yet.",
            missing["consent"],
        )
        return NextStep(sentence % {"count": missing["consent"]}, show, f"{directory}?missing=consent")
    if missing["competence"]:
        sentence = _("Ask members to confirm their profiles; without competences nobody finds them.")
        return NextStep(sentence, show, f"{directory}?missing=competence")
    return None
