"""Entries of a sheet: write, change, confirm that they still hold, delete."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.countries import services
from kontor.countries.forms import EntryForm, stored_entry
from kontor.countries.models import Dimension, RegionSheet, SheetEntry
from kontor.countries.undo import keep_remains
from kontor.countries.views.sheets import refused
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may="countries.change_country")
def create(request: ClusterRequest, sheet_id: int) -> HttpResponse:
    """Write an entry, in the dimension that the address names (`?dimension=economic`)."""
    sheet = get_object_or_404(RegionSheet, pk=sheet_id, cluster=request.cluster)
    asked = request.GET.get("dimension", "")
    initial = {"as_of": timezone.localdate(), "rating": ""}
    initial |= {"dimension": asked} if asked in Dimension.values else {}
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entry = services.write_entry(sheet=sheet, on=timezone.localdate(), **form.values())
        except ValidationError as problem:
            form.add_error(None, refused(problem))
        else:
            notify(request, _("The entry stands in the sheet."))
            return _to(request, entry)
    context = {"form": form, "sheet": sheet}
    return render(request, "countries/entry_form.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="countries.change_country")
def edit(request: ClusterRequest, entry_id: int) -> HttpResponse:
    """Change an entry; who comes second is shown both versions."""
    entry = _entry(request, entry_id)
    form = EntryForm(request.POST or None, initial=stored_entry(entry))
    context: dict[str, Any] = {"form": form, "sheet": entry.sheet, "entry": entry, "version": entry.version}
    status = 200
    if request.method == "POST":
        status, more = _save(request, entry, form)
        if status == 302:
            notify(request, _("The entry has been saved."))
            return _to(request, entry)
        context |= more
    return render(request, "countries/entry_form.html", context, status=status)


@require_POST
@cluster_view(may="countries.change_country")
def confirm(request: ClusterRequest, entry_id: int) -> HttpResponse:
    """Say that an entry still holds."""
    entry = services.confirm_entry(entry=_entry(request, entry_id), on=timezone.localdate())
    notify(request, _("Noted: this still holds today."))
    return _to(request, entry)


@require_POST
@cluster_view(may="countries.change_country")
def delete(request: ClusterRequest, entry_id: int) -> HttpResponse:
    """Delete an entry; the message on the next page brings it back."""
    entry = _entry(request, entry_id)
    key = keep_remains(request, services.delete_entry(entry=entry))
    undo = reverse("countries:restore", args=[request.cluster.slug, key])
    notify(request, _("The entry has been deleted."), undo_url=undo)
    return redirect("countries:sheet", request.cluster.slug, entry.sheet_id)


def _entry(request: ClusterRequest, entry_id: int) -> SheetEntry:
    entries = SheetEntry.objects.select_related("sheet")
    return get_object_or_404(entries, pk=entry_id, sheet__cluster=request.cluster)


def _to(request: ClusterRequest, entry: SheetEntry) -> HttpResponse:
    """Go to the entry within its sheet."""
    url = reverse("countries:sheet", args=[request.cluster.slug, entry.sheet_id])
    return redirect(f"{url}#{entry.dimension}")


def _save(request: ClusterRequest, entry: SheetEntry, form: EntryForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_entry(
            entry=entry, expected_version=number_in(version), on=timezone.localdate(), **form.values()
        )
    except EditConflict as conflict:
        current: Any = conflict.current
        return 409, conflict_shown(form, current, stored_entry(current))
    except ValidationError as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 302, {}
