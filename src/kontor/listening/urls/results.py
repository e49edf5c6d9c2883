"""Routes of what surveys say."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.listening.views import responses, results, texts

_SURVEY = "surveys/<int:survey_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_SURVEY}/results/", results.results, name="survey-results"),
    path(f"{_SURVEY}/results/named/", results.named, name="survey-named"),
    path(f"{_SURVEY}/named.xlsx", results.named_export, {"form": "xlsx"}, name="survey-named-xlsx"),
    path(f"{_SURVEY}/named.csv", results.named_export, {"form": "csv"}, name="survey-named-csv"),
    path(f"{_SURVEY}/results/texts/<str:question>/", results.said, name="survey-said"),
    path(f"{_SURVEY}/results.xlsx", results.export, {"form": "xlsx"}, name="survey-results-xlsx"),
    path(f"{_SURVEY}/results.csv", results.export, {"form": "csv"}, name="survey-results-csv"),
    path(f"{_SURVEY}/answers/", responses.responses, name="survey-responses"),
    path(f"{_SURVEY}/answers/<uuid:response_id>/", responses.response, name="survey-response"),
    path(f"{_SURVEY}/answers.xlsx", responses.export, {"form": "xlsx"}, name="survey-responses-xlsx"),
    path(f"{_SURVEY}/answers.csv", responses.export, {"form": "csv"}, name="survey-responses-csv"),
    path(f"{_SURVEY}/texts/", texts.texts, name="survey-texts"),
    path(f"{_SURVEY}/texts/<uuid:response_id>/<str:question>/", texts.read, name="survey-text"),
]
