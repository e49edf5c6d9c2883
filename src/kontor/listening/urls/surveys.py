"""Routes of surveys."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.listening.views import survey_acts, survey_cockpit, survey_invitees, survey_preview, surveys

urlpatterns: list[URLPattern] = [
    path("surveys/", surveys.directory, name="surveys"),
    path("surveys/xlsx/", surveys.export, {"file_format": "xlsx"}, name="surveys-xlsx"),
    path("surveys/csv/", surveys.export, {"file_format": "csv"}, name="surveys-csv"),
    path("surveys/new/", surveys.create, name="survey-new"),
    path("surveys/audience/", surveys.audience_counts, name="survey-audience"),
    path("surveys/preview/", survey_preview.preview, name="survey-preview"),
    path("surveys/<int:survey_id>/", survey_cockpit.detail, name="survey"),
    path("surveys/<int:survey_id>/live/", survey_cockpit.live, name="survey-live"),
    path("surveys/<int:survey_id>/progress/", survey_cockpit.progress, name="survey-progress"),
    path("surveys/<int:survey_id>/delete/", survey_cockpit.delete, name="survey-delete"),
    path("surveys/<int:survey_id>/edit/", surveys.edit, name="survey-edit"),
    path("surveys/<int:survey_id>/open/", survey_acts.open_it, name="survey-open"),
    path("surveys/<int:survey_id>/send/", survey_acts.send, name="survey-send"),
    path("surveys/<int:survey_id>/remind/", survey_acts.remind, name="survey-remind"),
    path("surveys/<int:survey_id>/close/", survey_acts.close, name="survey-close"),
    path("surveys/<int:survey_id>/schedule/", survey_acts.schedule, name="survey-schedule"),
    path("surveys/<int:survey_id>/invitees/", survey_invitees.directory, name="survey-invitees"),
    path("surveys/<int:survey_id>/invitees/add/", survey_invitees.add, name="survey-invitees-add"),
    path(
        "surveys/<int:survey_id>/invitees/xlsx/",
        survey_invitees.export,
        {"file_format": "xlsx"},
        name="survey-invitees-xlsx",
    ),
    path(
        "surveys/<int:survey_id>/invitees/csv/",
        survey_invitees.export,
        {"file_format": "csv"},
        name="survey-invitees-csv",
    ),
    path(
        "surveys/<int:survey_id>/invitees/<int:invitee_id>/", survey_invitees.invitee, name="survey-invitee"
    ),
    path("surveys/<int:survey_id>/bounces/", survey_invitees.bounces, name="survey-bounces"),
]
