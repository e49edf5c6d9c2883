"""Routes of this room. What belongs to one catalogue carries its purpose, such as "partners"."""

from __future__ import annotations

from django.urls import path

from kontor.criteria.views import importing, ordering, overview, single, versions

app_name = "criteria"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("criterion/<int:criterion_id>/", single.detail, name="detail"),
    path("criterion/<int:criterion_id>/edit/", single.edit, name="edit"),
    path("criterion/<int:criterion_id>/reset/", single.reset, name="reset"),
    path("criterion/<int:criterion_id>/move/", ordering.move, name="move"),
    path("criterion/<int:criterion_id>/delete/", single.delete, name="delete"),
    path("restore/<str:key>/", single.bring_back, name="restore"),
    path("version/<int:version_id>/", versions.version, name="version"),
    path("version/<int:version_id>/compare/", versions.compare, name="compare"),
    path("version/<int:version_id>/criteria.xlsx", versions.export, {"form": "xlsx"}, name="version-xlsx"),
    path("version/<int:version_id>/criteria.csv", versions.export, {"form": "csv"}, name="version-csv"),
    path("import/<int:batch_id>/", importing.preview, name="import-preview"),
    path("import/<int:batch_id>/run/", importing.run, name="import-run"),
    path("import/<int:batch_id>/undo/", importing.take_back, name="import-undo"),
    path("<slug:purpose>/", overview.overview, name="catalogue"),
    path("<slug:purpose>/load/", overview.load, name="load"),
    path("<slug:purpose>/switch/", overview.switch, name="switch"),
    path("<slug:purpose>/criteria.xlsx", overview.export, {"form": "xlsx"}, name="export-xlsx"),
    path("<slug:purpose>/criteria.csv", overview.export, {"form": "csv"}, name="export-csv"),
    path("<slug:purpose>/new/", single.create, name="create"),
    path("<slug:purpose>/order/", ordering.order, name="order"),
    path("<slug:purpose>/publish/", versions.publish, name="publish"),
    path("<slug:purpose>/versions/", versions.versions, name="versions"),
    path("<slug:purpose>/import/", importing.upload, name="import"),
    path("<slug:purpose>/import/template.xlsx", importing.template, name="import-template"),
]
