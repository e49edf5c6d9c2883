"""Where to look: regions in which partners of members sit, and bodies that may be clusters."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.actors.models import Organisation
from kontor.needs.confidentiality import guarded
from kontor.partners import queries
from kontor.partners.models import Partner
from kontor.partners.queries.leads import LeadPlace, lead_bodies, lead_places, open_wishes
from kontor.partners.services import leads as taking
from kontor.partners.views.shared import ways
from kontor.reports.model import Column
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.ui.vocabulary import country_name

MOST_PLACES, MOST_BODIES = 30, 30


@cluster_view(may="partners.view_partner")
def places(request: ClusterRequest) -> HttpResponse:
    """Show regions with the partners of members; `?country=FI` looks at one country."""
    today = timezone.localdate()
    found = lead_places(request.cluster, today)
    country = request.GET.get("country", "")
    shown = [each for each in found if not country or each.country == country]
    bodies = [
        each for each in lead_bodies(request.cluster, today) if country in ("", each.organisation.country)
    ]
    context = {
        "places": [_shown(request, each) for each in shown[:MOST_PLACES]],
        "bodies": bodies[:MOST_BODIES],
        "more": max(0, len(shown) - MOST_PLACES),
        "wishes": [] if country else _wishes(request),
        "groups": _chips(request, found, country),
        "may_change": request.access.may("partners.change_partner"),
        "ways": ways(request, "leads"),
        "country": country,
    }
    return render(request, "partners/leads.html", context)


@require_POST
@cluster_view(may="partners.change_partner")
def take(request: ClusterRequest) -> HttpResponse:
    """Make a lead of one place or body with one press."""
    kind, _colon, key = request.POST.get("lead", "").partition(":")
    if kind == "body":
        organisation = get_object_or_404(Organisation, pk=number_in(key), cluster=request.cluster)
        partner = taking.take_body(cluster=request.cluster, organisation=organisation, by=request.user)
    else:
        found = lead_places(request.cluster, timezone.localdate())
        place = next((each for each in found if each.key == key), None)
        if kind != "place" or place is None:
            raise Http404
        source = _("Joint projects of our members")
        partner = taking.take_place(cluster=request.cluster, place=place, source=source, by=request.user)
    return taken(request, partner)


@cluster_view(may="partners.export")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the regions with everybody who sits there."""
    heads = [Column(title) for title in (_("Country"), _("Region"), _("Town"))]
    heads += [
        Column(title, "count")
        for title in (_("Organisations"), _("Joint projects"), _("Members who know somebody"))
    ]
    heads += [Column(_("Topics")), Column(_("Who sits there"))]
    language = get_language() or "en"
    rows = [
        (
            *(country_name(each.country, language), each.region_name, each.city),
            *(len(each.organisations), len(each.projects), len(each.members)),
            *(", ".join(each.topics), "; ".join(each.names)),
        )
        for each in lead_places(request.cluster, timezone.localdate())
    ]
    return list_file(_("Where to look"), heads, rows, form, cluster=request.cluster)


def taken(request: ClusterRequest, partner: Partner) -> HttpResponse:
    """Tell that a lead was made, with the way to take it back, and lead to its profile."""
    undo = reverse("partners:delete", args=[request.cluster.slug, partner.pk])
    text = _("“%(name)s” is now a lead. Find out what the cluster there is called.")
    notify(request, text % {"name": partner.name}, undo_url=undo)
    return redirect("partners:detail", request.cluster.slug, partner.pk)


def _shown(request: ClusterRequest, place: LeadPlace) -> dict[str, Any]:
    """Return a place with what the reader may see of it."""
    sees_all = request.access.may("needs.view_need")
    return {
        "place": place,
        "country": country_name(place.country, get_language() or "en"),
        "wanted": place.wanted if sees_all or not place.wanted else guarded(place.wanted),
        "why": taking.reason_for(place),
        "partner": queries.standing(place.taken) if place.taken else None,
    }


def _wishes(request: ClusterRequest) -> list[dict[str, Any]]:
    """Return the countries wanted of which no partner cluster is on record, as far as the reader may know."""
    sees_all, language = request.access.may("needs.view_need"), get_language() or "en"
    wishes = open_wishes(request.cluster, timezone.localdate())
    return [
        {"code": each.country, "country": country_name(each.country, language), "members": each.members}
        for each in wishes
        if sees_all or guarded(each.members) is not None
    ]


def _chips(request: ClusterRequest, found: list[LeadPlace], country: str) -> list[dict[str, Any]]:
    """Return the countries to choose from."""
    counts: dict[str, int] = {}
    for each in found:
        counts[each.country] = counts.get(each.country, 0) + 1
    language = get_language() or "en"
    choices = [
        {
            "label": country_name(code, language),
            "count": number,
            "url": "?" if code == country else f"?country={code}",
            "is_on": code == country,
        }
        for code, number in counts.items()
    ]
    return [{"label": _("Country"), "choices": choices}] if len(choices) > 1 else []
