"""The catalogue as it is being worked on: by family, to search, to filter and to switch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.criteria import exports, queries, services
from kontor.criteria.comparison import changes
from kontor.criteria.frozen import fingerprint
from kontor.criteria.models import CatalogueVersion, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import DEFAULT_PURPOSE, families, reference
from kontor.criteria.shown import by_family
from kontor.criteria.texts import said
from kontor.criteria.views.access import (
    CHANGE,
    VIEW,
    address,
    catalogue_or_404,
    overview_url,
    purpose_links,
    purpose_or_404,
    refused,
)
from kontor.ui.components import NextStep, Text
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

# Where a catalogue is small or narrowed down, its families stand open.
FEW = 12


@cluster_view(may=VIEW)
def overview(request: ClusterRequest, purpose: str = DEFAULT_PURPOSE) -> HttpResponse:
    """Show the catalogue by family; the address holds search and filters."""
    catalogue = queries.catalogue_of(request.cluster, purpose_or_404(purpose))
    criteria = queries.working_criteria(catalogue) if catalogue else []
    latest = queries.latest_version(request.cluster, purpose) if catalogue else None
    chosen = queries.CriterionFilter.read(request.GET.dict(), families(purpose))
    listing = queries.listed(criteria, chosen)
    may_change = request.access.may(CHANGE)
    content = reference(purpose)
    context = {
        "purpose": purpose,
        "name": catalogue.title if catalogue else said(content.title),
        "links": purpose_links(request, purpose),
        "criteria": criteria,
        "families": by_family(listing.criteria, purpose),
        "is_open": chosen.is_narrowed or "all" in request.GET or len(criteria) <= FEW,
        "chosen": chosen,
        "groups": list(_groups(request, chosen, listing, purpose)) if criteria else [],
        "number": len(listing.criteria),
        "figures": _figures(criteria),
        "latest": latest,
        "to_load": len(content.criteria) - sum(not each.is_own for each in criteria),
        "may_change": may_change,
        "step": _next_step(request, purpose, criteria, latest) if may_change and criteria else None,
    }
    return render(request, "criteria/overview.html", context)


@require_POST
@cluster_view(may=CHANGE)
def load(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Bring in the criteria of the guide that are not there yet."""
    number = services.load_reference(cluster=request.cluster, purpose=purpose_or_404(purpose))
    if number:
        text = ngettext(
            "%(number)s criterion of the guide has been brought in.",
            "%(number)s criteria of the guide have been brought in.",
            number,
        )
        notify(request, text % {"number": number})
    else:
        notify(request, _("All criteria of the guide are there already."))
    return redirect(overview_url(request, purpose))


@require_POST
@cluster_view(may=CHANGE)
def switch(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Switch the ticked criteria on or off and lead back to the same list."""
    catalogue = catalogue_or_404(request, purpose)
    ticked = [number_in(key) for key in request.POST.getlist("criteria")[:1000]]
    is_active = request.POST.get("to") == "on"
    if not ticked:
        return refused(request, CriteriaError("catalogue.nothing_ticked"), purpose, status=422)
    number = services.set_active(catalogue=catalogue, criteria=ticked, is_active=is_active)
    notify(request, _switched(number, is_active=is_active))
    back = request.POST.get("back", "")
    query = f"?{back}" if back and "\n" not in back and "\r" not in back else ""
    return redirect(f"{overview_url(request, purpose)}{query}")


@cluster_view(may=VIEW)
def export(request: ClusterRequest, purpose: str, form: str) -> HttpResponse:
    """Download the criteria that the list shows."""
    catalogue = catalogue_or_404(request, purpose)
    chosen = queries.CriterionFilter.read(request.GET.dict(), families(purpose))
    found = queries.listed(queries.working_criteria(catalogue), chosen).criteria
    return exports.working_file(catalogue, found, form, cluster=request.cluster)


def unpublished(criteria: Iterable[Criterion], purpose: str, latest: CatalogueVersion | None) -> int:
    """Count what has changed since the latest version, reading its content only where anything has."""
    now = queries.frozen_now(criteria, purpose)
    if latest is None or fingerprint(each.as_dict() for each in now) == latest.digest:
        return 0
    return len(changes(queries.criteria_of(latest), now))


def _figures(criteria: list[Criterion]) -> dict[str, int]:
    active = [each for each in criteria if each.is_active]
    return {
        "active": len(active),
        "off": len(criteria) - len(active),
        "filled": sum(bool(each.source) for each in active),
        "knock_out": sum(each.has_knock_out for each in active),
    }


def _groups(
    request: ClusterRequest, chosen: queries.CriterionFilter, listing: queries.Listing, purpose: str
) -> Iterator[dict[str, Any]]:
    """Yield the chips with the number of criteria behind each."""
    labels: dict[str, tuple[Text, dict[str, Text]]] = {
        "family": (_("Family"), {each.code: str(each.name) for each in families(purpose)}),
        "origin": (_("Origin"), {"guide": _("From the guide"), "own": _("Our own")}),
        "filled": (_("Filled"), {"yes": _("By the program"), "no": _("By people")}),
        "knock_out": (_("Knock-out"), {"yes": _("With a threshold")}),
        "state": (_("State"), {"active": _("In use"), "off": _("Switched off")}),
    }
    for facet, (label, values) in labels.items():
        choices = [
            _chip(request, facet, value, text, listing.counts[facet][value])
            for value, text in values.items()
            if listing.counts[facet][value] or getattr(chosen, facet) == value
        ]
        if len(choices) > 1 or (facet == "knock_out" and choices) or getattr(chosen, facet):
            yield {"label": label, "choices": choices}


def _chip(request: ClusterRequest, facet: str, value: str, label: Text, count: int) -> dict[str, Any]:
    """Return one chip; pressing it again takes it off."""
    query = request.GET.copy()
    is_on = query.get(facet) == value
    if is_on:
        del query[facet]
    else:
        query[facet] = value
    return {"label": label, "count": count, "url": f"?{query.urlencode()}", "is_on": is_on}


def _switched(number: int, *, is_active: bool) -> str:
    if not number:
        return _("Nothing had to be switched.")
    if is_active:
        text = ngettext("%(n)s criterion is in use again.", "%(n)s criteria are in use again.", number)
    else:
        text = ngettext("%(n)s criterion is switched off.", "%(n)s criteria are switched off.", number)
    return text % {"n": number}


def _next_step(
    request: ClusterRequest, purpose: str, criteria: list[Criterion], latest: CatalogueVersion | None
) -> NextStep | None:
    """Return what helps most now: publish, or begin a study."""
    publish = reverse("criteria:publish", args=[request.cluster.slug, purpose])
    if not any(each.is_active for each in criteria):
        return None
    if latest is None:
        text = _("Look through the criteria and switch off what does not matter to you. Then publish them.")
        return NextStep(text, _("Publish version 1"), publish)
    number = unpublished(criteria, purpose, latest)
    if number:
        text = ngettext(
            "%(number)s criterion differs from version %(last)s. Studies see it once you publish.",
            "%(number)s criteria differ from version %(last)s. Studies see them once you publish.",
            number,
        ) % {"number": number, "last": latest.number}
        return NextStep(text, _("Look at the changes"), publish)
    studies = address("studies:overview", request.cluster.slug)
    if not studies or purpose != DEFAULT_PURPOSE:
        return None
    text = _("Version %(number)s is ready for studies.") % {"number": latest.number}
    return NextStep(text, _("Go to the studies"), studies)
