"""Sheets: read, begin, change, delete and bring back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.actors.views.conflict import conflict_shown
from kontor.countries import exports, services
from kontor.countries.forms import SheetForm, stored_sheet
from kontor.countries.models import RegionSheet
from kontor.countries.naming import country_called, sheet_name
from kontor.countries.problems import CountryError
from kontor.countries.queries.sheets import country_view, is_stale
from kontor.countries.report import link_rows, sheet_report
from kontor.countries.undo import keep_remains, take_remains
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.ui.vocabulary import regions_of


@cluster_view(may="countries.view_country")
def sheet(request: ClusterRequest, sheet_id: int) -> HttpResponse:
    """Show a sheet with its five dimensions."""
    found = get_object_or_404(RegionSheet, pk=sheet_id, cluster=request.cluster)
    on = timezone.localdate()
    entries = list(found.entries.all())
    view = country_view(request.cluster, found.country, on, entries)
    may_change = request.access.may("countries.change_country")
    context = {
        "sheet": found,
        "view": view,
        "stale": {entry.pk for entry in entries if is_stale(entry, on)},
        "links": link_rows(view.link) if view.link else [],
        "may_change": may_change,
        "history": history_of([found, *entries]) if may_change else [],
    }
    return render(request, "countries/sheet.html", context)


@cluster_view(may="countries.view_country")
def export(request: ClusterRequest, sheet_id: int, kind: str) -> HttpResponse:
    """Download a sheet as Excel, CSV, Word or PDF, in the reader's language."""
    found = get_object_or_404(
        RegionSheet.objects.select_related("cluster"), pk=sheet_id, cluster=request.cluster
    )
    on = timezone.localdate()
    if kind in exports.PAPERS:
        report = sheet_report(found, language=(get_language() or "en")[:2], on=on)
        return exports.paper_file(report, kind, cluster=request.cluster)
    view = country_view(request.cluster, found.country, on, found.entries.all())
    return exports.sheet_file(found, view, kind)


@cluster_view(may="countries.change_country")
def create(request: ClusterRequest) -> HttpResponse:
    """Begin a sheet, of the country that the address names (`?country=DK`) or of one to choose."""
    form = SheetForm(request.POST or None, initial={"country": request.GET.get("country", "")[:2]})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_sheet(cluster=request.cluster, **form.values())
        except (CountryError, ValidationError) as problem:
            form.add_error(None, refused(problem))
        else:
            notify(request, _("The sheet has been begun. Now write down what you know of this place."))
            return redirect("countries:sheet", request.cluster.slug, made.pk)
    context = {"form": form, "regions": _regions(request.GET.get("country", ""))}
    return render(request, "countries/sheet_form.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="countries.change_country")
def edit(request: ClusterRequest, sheet_id: int) -> HttpResponse:
    """Change a sheet; who comes second is shown both versions."""
    found = get_object_or_404(RegionSheet, pk=sheet_id, cluster=request.cluster)
    form = SheetForm(request.POST or None, initial=stored_sheet(found))
    context: dict[str, Any] = {"form": form, "sheet": found, "version": found.version}
    context["regions"] = _regions(found.country)
    if request.method != "POST":
        return render(request, "countries/sheet_form.html", context)
    status, more = _save(request, found, form)
    if status != 302:
        return render(request, "countries/sheet_form.html", context | more, status=status)
    notify(request, _("The sheet has been saved."))
    return redirect("countries:sheet", request.cluster.slug, found.pk)


@require_POST
@cluster_view(may="countries.change_country")
def delete(request: ClusterRequest, sheet_id: int) -> HttpResponse:
    """Delete a sheet; the message on the next page brings it back with its entries."""
    found = get_object_or_404(RegionSheet, pk=sheet_id, cluster=request.cluster)
    name = sheet_name(found)
    key = keep_remains(request, services.delete_sheet(sheet=found))
    undo = reverse("countries:restore", args=[request.cluster.slug, key])
    notify(request, _("The sheet “%(name)s” has been deleted.") % {"name": name}, undo_url=undo)
    return redirect("countries:overview", request.cluster.slug)


@require_POST
@cluster_view(may="countries.change_country")
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Bring back the sheet or the entry that was deleted a moment ago."""
    remains = take_remains(request, key)
    try:
        found = services.restore(remains=remains)
    except CountryError as problem:
        return render(request, "countries/refused.html", {"problem": explain(problem)}, status=409)
    notify(request, _("It is back."))
    return redirect("countries:sheet", request.cluster.slug, found.pk)


def refused(problem: CountryError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of the service."""
    return ValidationError(problem.messages) if isinstance(problem, ValidationError) else explain(problem)


def _save(request: ClusterRequest, found: RegionSheet, form: SheetForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_sheet(sheet=found, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        current: Any = conflict.current
        return 409, conflict_shown(form, current, stored_sheet(current))
    except (CountryError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 302, {}


def _regions(country: str) -> list[tuple[str, str]]:
    """Return (code, name) of a country's regions to suggest; the country itself is none."""
    known = country[:2].upper()
    if country_called(known) == known:
        return []
    return [(code, name) for code, name in regions_of(known) if 2 < len(code) < 5]
