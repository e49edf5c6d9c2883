"""Routes of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.questionnaires.urls_exchange import exchange_patterns
from kontor.questionnaires.views import (
    building,
    frame,
    keeping,
    overview,
    preview,
    question,
    section,
    starting,
    versions,
)

app_name = "questionnaires"

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("list.xlsx", overview.export, {"form": "xlsx"}, name="list-xlsx"),
    path("list.csv", overview.export, {"form": "csv"}, name="list-csv"),
    path("new/", starting.start, name="start"),
    path("ready/", starting.ready, name="ready"),
    path("restore/<str:key>/", building.bring_back, name="restore"),
    path("<int:questionnaire_id>/", building.detail, name="detail"),
    path("<int:questionnaire_id>/arrange/", building.arrange, name="arrange"),
    path("<int:questionnaire_id>/frame/", frame.frame, name="frame"),
    path("<int:questionnaire_id>/questions/new/", question.create, name="question-new"),
    path("<int:questionnaire_id>/questions/<int:place>/", question.edit, name="question"),
    path("<int:questionnaire_id>/sections/new/", section.create, name="section-new"),
    path("<int:questionnaire_id>/sections/<int:place>/", section.edit, name="section"),
    path("<int:questionnaire_id>/preview/", preview.preview, name="preview"),
    path("<int:questionnaire_id>/release/", versions.release, name="release"),
    path("<int:questionnaire_id>/archive/", keeping.archive, name="archive"),
    path("<int:questionnaire_id>/delete/", keeping.delete, name="delete"),
    path("versions/<int:questionnaire_version_id>/", versions.version, name="version"),
    *exchange_patterns,
]
