"""One country with its figures, and one indicator over all countries."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.countries import exports, services
from kontor.countries.forms import IndicatorForm, stored_indicator
from kontor.countries.models import CountryFacts, Indicator, IndicatorValue
from kontor.countries.naming import country_called
from kontor.countries.queries import Figure, countries_in_view, figures
from kontor.countries.queries.sheets import country_view, sheets_of
from kontor.countries.report import link_rows
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

PAGE = 50


@cluster_view(may="countries.view_country")
def country(request: ClusterRequest, country: str) -> HttpResponse:
    """Show a country: distance and language, figures by dimension, and its sheets."""
    name = country_called(country)
    if name == country or not country.isupper():
        raise Http404
    on = timezone.localdate()
    view = country_view(request.cluster, country, on)
    context = {
        "country": country,
        "name": name,
        "view": view,
        "sheets": list(sheets_of(request.cluster, on).filter(country=country)),
        "facts": CountryFacts.objects.filter(cluster=request.cluster, country=country).first(),
        "links": link_rows(view.link) if view.link else [],
        "is_home": country == request.cluster.country,
        "may_change": request.access.may("countries.change_country"),
    }
    return render(request, "countries/country.html", context)


@cluster_view(may="countries.view_country")
def indicator(request: ClusterRequest, indicator_id: int) -> HttpResponse:
    """Show an indicator: what it tells, and all countries by rank."""
    found = get_object_or_404(Indicator, pk=indicator_id, cluster=request.cluster)
    context = {
        "indicator": found,
        "page": Paginator(_ranked(request, found), PAGE).get_page(request.GET.get("page")),
        "in_view": set(countries_in_view(request.cluster)) | {request.cluster.country},
        "may_change": request.access.may("countries.change_country"),
    }
    return render(request, "countries/indicator.html", context)


@cluster_view(may="countries.view_country")
def indicator_export(request: ClusterRequest, indicator_id: int, form: str) -> HttpResponse:
    """Download an indicator over all countries."""
    found = get_object_or_404(Indicator, pk=indicator_id, cluster=request.cluster)
    rows = [(country, figure) for country, _name, figure in _ranked(request, found)]
    return exports.indicator_file(found, rows, form, cluster=request.cluster)


@cluster_view(may="countries.change_country")
def indicator_edit(request: ClusterRequest, indicator_id: int) -> HttpResponse:
    """Correct how an indicator is named and read; who comes second is shown both versions."""
    found = get_object_or_404(Indicator, pk=indicator_id, cluster=request.cluster)
    form = IndicatorForm(request.POST or None, initial=stored_indicator(found))
    context: dict[str, Any] = {"form": form, "indicator": found, "version": found.version}
    status = 200
    if request.method == "POST":
        status, more = _save(request, found, form)
        if status == 302:
            notify(request, _("The indicator has been saved."))
            return redirect("countries:indicator", request.cluster.slug, found.pk)
        context |= more
    return render(request, "countries/indicator_form.html", context, status=status)


def _save(request: ClusterRequest, found: Indicator, form: IndicatorForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.describe_indicator(indicator=found, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        current: Any = conflict.current
        return 409, conflict_shown(form, current, stored_indicator(current))
    except ValidationError as problem:
        form.add_error(None, ValidationError(problem.messages))
        return 422, {"version": version}
    return 302, {}


def _ranked(request: ClusterRequest, found: Indicator) -> list[tuple[str, str, Figure]]:
    """Return (country, name, figure) of all countries, the best first."""
    values = IndicatorValue.objects.filter(indicator=found).order_by()
    known = set(values.values_list("country", flat=True).distinct())
    rows = figures([found], known, timezone.localdate(), with_world=False)
    told = [(country, country_called(country), figure) for (_key, country), figure in rows.items()]
    return sorted(told, key=lambda row: (row[2].rank or 0, row[1]))
