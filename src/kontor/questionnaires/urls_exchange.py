"""Routes of questionnaires in files."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.questionnaires.views import exchange

exchange_patterns: list[URLPattern] = [
    path("import/", exchange.upload, name="import"),
    path("import/take-over/", exchange.take_over, name="import-take-over"),
    path("<int:questionnaire_id>/taken-over/", exchange.taken_over, name="import-done"),
    path("<int:questionnaire_id>/xlsform.xlsx", exchange.export_xlsform, name="export-xlsform"),
    path("<int:questionnaire_id>/questionnaire.json", exchange.export_json, name="export-json"),
]
