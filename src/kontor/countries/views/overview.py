"""All countries on record, and some of them side by side."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.countries import exports
from kontor.countries.models import Dimension
from kontor.countries.naming import country_called
from kontor.countries.queries import frame
from kontor.countries.queries.files import Coverage, coverage
from kontor.countries.queries.listing import SCOPES, Asked, Listing, listing
from kontor.countries.queries.sheets import ratings_of
from kontor.countries.report import compare_report, link_rows
from kontor.ui.components import NextStep

PAGE = 50
MOST_COMPARED = 5


@cluster_view(may="countries.view_country")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show the countries with a sheet first, then all with figures."""
    asked = Asked.read(request.GET.dict())
    found = listing(request.cluster, asked, timezone.localdate())
    may_change = request.access.may("countries.change_country")
    covered = coverage(request.cluster, timezone.localdate())
    context = {
        "found": found,
        "page": Paginator(found.rows, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "groups": _chips(request, asked, found),
        "is_narrowed": bool(asked.query or asked.scope != "all"),
        "covered": covered,
        "has_links": any(row.link for row in found.rows) or bool(found.counts["neighbours"]),
        "may_change": may_change,
        "step": _next_step(request, found, covered) if may_change else None,
    }
    return render(request, "countries/overview.html", context)


@cluster_view(may="countries.view_country")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list of countries, searched and sorted as on the page."""
    found = listing(request.cluster, Asked.read(request.GET.dict()), timezone.localdate())
    return exports.countries_file(found, form, cluster=request.cluster)


@cluster_view(may="countries.view_country")
def compare(request: ClusterRequest) -> HttpResponse:
    """Show two to five countries side by side (`?c=DK&c=SE`)."""
    countries = _chosen(request)
    enough = 2 <= len(countries) <= MOST_COMPARED
    context: dict[str, Any] = {"countries": countries, "most": MOST_COMPARED, "is_enough": enough}
    if enough:
        found = frame(request.cluster, countries, timezone.localdate())
        context |= {
            "found": found,
            "names": [country_called(country) for country in countries],
            "dimensions": _by_dimension(request, found),
            "links": _link_lines(found),
        }
    return render(request, "countries/compare.html", context, status=200 if enough or not countries else 422)


@cluster_view(may="countries.view_country")
def compare_export(request: ClusterRequest, kind: str) -> HttpResponse:
    """Download the comparison as Excel, CSV, Word or PDF; without a choice, lead to where it is made."""
    countries = _chosen(request)
    if not 2 <= len(countries) <= MOST_COMPARED:
        return redirect("countries:compare", request.cluster.slug)
    on = timezone.localdate()
    if kind in exports.PAPERS:
        language = (get_language() or "en")[:2]
        report = compare_report(request.cluster, countries, language=language, on=on)
        return exports.paper_file(report, kind, cluster=request.cluster)
    return exports.compare_file(frame(request.cluster, countries, on), kind, cluster=request.cluster)


def _chosen(request: ClusterRequest) -> tuple[str, ...]:
    """Return the countries of the address that exist, each once."""
    given = (code.strip().upper()[:2] for code in request.GET.getlist("c")[:50])
    return tuple(dict.fromkeys(code for code in given if country_called(code) != code))


def _chips(request: ClusterRequest, asked: Asked, found: Listing) -> list[dict[str, Any]]:
    labels = {
        "all": _("All"),
        "view": _("With a sheet"),
        "neighbours": _("Neighbours"),
        "language": _("Language in common"),
    }
    choices = []
    for scope in SCOPES:
        query = request.GET.copy()
        query.pop("page", None)
        query["scope"] = scope
        if found.counts[scope] or scope == asked.scope:
            url = f"?{query.urlencode()}"
            is_on = scope == asked.scope
            choices.append({"label": labels[scope], "count": found.counts[scope], "url": url, "is_on": is_on})
    return [{"label": _("Show"), "choices": choices}] if len(choices) > 1 else []


def _next_step(request: ClusterRequest, found: Listing, covered: list[Coverage]) -> NextStep | None:
    """Return what helps most now: review, load newer figures, or begin a sheet."""
    slug = request.cluster.slug
    stale: Any = next(
        (sheet for row in found.rows for sheet in row.sheets if getattr(sheet, "stale_number", 0)), None
    )
    if stale is not None:
        text = ngettext(
            "%(number)s entry about %(country)s has not been looked at for a year.",
            "%(number)s entries about %(country)s have not been looked at for a year.",
            stale.stale_number,
        ) % {"number": stale.stale_number, "country": country_called(stale.country)}
        return NextStep(text, _("Look at them"), reverse("countries:sheet", args=[slug, stale.pk]))
    old = next((each for each in covered if each.is_stale), None)
    if old is not None:
        text = _("The figures on “%(name)s” end in %(year)s. A newer file may be out.") % {
            "name": old.indicator,
            "year": old.last,
        }
        return NextStep(text, _("Load figures"), reverse("countries:load", args=[slug]))
    if covered and not any(row.sheets for row in found.rows):
        text = _("Figures are there. A sheet adds what no statistics tell: laws, customs, the mood.")
        return NextStep(text, _("Begin a sheet"), reverse("countries:sheet-new", args=[slug]))
    return None


def _by_dimension(request: ClusterRequest, found: Any) -> list[dict[str, Any]]:
    """Return the rows of the comparison by dimension: mean ratings, then figures, the best marked."""
    ratings = ratings_of(request.cluster, found.countries)
    parts = []
    for dimension in Dimension:
        means = [ratings.get((dimension.value, country)) for country in found.countries]
        own = [each for each in found.indicators if each.dimension == dimension]
        rows = [(each, found.row(each)) for each in own if any(found.row(each))]
        if rows or any(mean is not None for mean in means):
            has_means = any(mean is not None for mean in means)
            parts.append({"dimension": dimension, "means": means, "has_means": has_means, "rows": rows})
    return parts


def _link_lines(found: Any) -> list[tuple[str, list[str]]]:
    """Return label → text for each country of what lies between."""
    by_country = {country: dict(link_rows(link)) for country, link in found.links.items()}
    labels = list(dict.fromkeys(label for rows in by_country.values() for label in rows))
    return [
        (label, [by_country.get(country, {}).get(label, "–") for country in found.countries])
        for label in labels
    ]
