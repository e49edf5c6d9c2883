"""Routes of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from kontor.countries.views import country, entries, loading, overview, sheets, sources

app_name = "countries"


View: TypeAlias = Callable[..., HttpResponseBase]


def _files(address: str, view: View, name: str, kinds: tuple[str, ...], parameter: str) -> list[URLPattern]:
    """Return a route for each kind of file, such as sheet.docx."""
    return [path(f"{address}.{kind}", view, {parameter: kind}, name=f"{name}-{kind}") for kind in kinds]


LISTS, ALL = ("xlsx", "csv"), ("xlsx", "csv", "docx", "pdf")

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    *_files("countries", overview.export, "export", LISTS, "form"),
    path("compare/", overview.compare, name="compare"),
    *_files("compare/comparison", overview.compare_export, "compare", ALL, "kind"),
    path("load/", loading.load, name="load"),
    path("load/<int:upload_id>/", loading.upload, name="upload"),
    path("load/<int:upload_id>/progress/", loading.progress, name="upload-progress"),
    path("load/<int:upload_id>/discard/", loading.discard, name="upload-discard"),
    path("load/<int:upload_id>/take-back/", sources.take_back_upload, name="upload-take-back"),
    *_files("load/<int:upload_id>/faults", loading.faults, "upload-faults", LISTS, "form"),
    path("sources/", sources.sources, name="sources"),
    *_files("sources/sources", sources.export, "sources", LISTS, "form"),
    path("sources/<int:file_id>/take-back/", sources.take_back, name="file-take-back"),
    path("indicators/<int:indicator_id>/", country.indicator, name="indicator"),
    *_files("indicators/<int:indicator_id>/countries", country.indicator_export, "indicator", LISTS, "form"),
    path("indicators/<int:indicator_id>/edit/", country.indicator_edit, name="indicator-edit"),
    path("sheets/new/", sheets.create, name="sheet-new"),
    path("sheets/<int:sheet_id>/", sheets.sheet, name="sheet"),
    *_files("sheets/<int:sheet_id>/sheet", sheets.export, "sheet", ALL, "kind"),
    path("sheets/<int:sheet_id>/edit/", sheets.edit, name="sheet-edit"),
    path("sheets/<int:sheet_id>/delete/", sheets.delete, name="sheet-delete"),
    path("sheets/<int:sheet_id>/entries/new/", entries.create, name="entry-new"),
    path("entries/<int:entry_id>/edit/", entries.edit, name="entry-edit"),
    path("entries/<int:entry_id>/confirm/", entries.confirm, name="entry-confirm"),
    path("entries/<int:entry_id>/delete/", entries.delete, name="entry-delete"),
    path("restore/<str:key>/", sheets.bring_back, name="restore"),
    # Last, because every word above would be a country otherwise.
    path("<str:country>/", country.country, name="country"),
]
