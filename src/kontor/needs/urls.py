"""Routes of this room."""

from django.urls import path

from kontor.needs.views import (
    analysis,
    directory,
    importing,
    merging,
    overview,
    own,
    scouting,
    single,
    topics,
)

app_name = "needs"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("silent/", overview.silent, name="silent"),
    path("silent.xlsx", overview.silent_export, {"form": "xlsx"}, name="silent-xlsx"),
    path("silent.csv", overview.silent_export, {"form": "csv"}, name="silent-csv"),
    path("analysis/", analysis.analysis, name="analysis"),
    path("analysis.xlsx", analysis.export, {"form": "xlsx"}, name="analysis-xlsx"),
    path("analysis.csv", analysis.export, {"form": "csv"}, name="analysis-csv"),
    path("scouting/", scouting.scouting, name="scouting"),
    path("scouting.xlsx", scouting.export, {"form": "xlsx"}, name="scouting-xlsx"),
    path("scouting.csv", scouting.export, {"form": "csv"}, name="scouting-csv"),
    path("list/", directory.directory, name="directory"),
    path("list.xlsx", directory.export, {"form": "xlsx"}, name="export-xlsx"),
    path("list.csv", directory.export, {"form": "csv"}, name="export-csv"),
    path("new/", single.create, name="create"),
    path("restore/<str:key>/", single.bring_back, name="restore"),
    path("<int:need_id>/", single.detail, name="detail"),
    path("<int:need_id>/edit/", single.edit, name="edit"),
    path("<int:need_id>/delete/", single.delete, name="delete"),
    path("<int:need_id>/split/", merging.split, name="split"),
    path("same/", merging.same, name="same"),
    path("same/merge/", merging.merge, name="same-merge"),
    path("same/apart/", merging.keep_apart, name="same-apart"),
    path("same/organisations/<int:organisation_id>/", merging.merge_all, name="same-all"),
    path("same/undo/<str:key>/", merging.take_back, name="same-undo"),
    path("topics/", topics.topics, name="topics"),
    path("topics/start/", topics.start, name="topics-start"),
    path("own/", own.own, name="own"),
    path("own/new/", own.report, name="report"),
    path("import/", importing.upload, name="import"),
    path("import/template.xlsx", importing.template, name="import-template"),
    path("import/<int:batch_id>/", importing.preview, name="import-preview"),
    path("import/<int:batch_id>/run/", importing.run, name="import-run"),
    path("import/<int:batch_id>/undo/", importing.undo, name="import-undo"),
]
