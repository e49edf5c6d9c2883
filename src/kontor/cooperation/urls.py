"""Routes of this room."""

from __future__ import annotations

from django.urls import path

from kontor.cooperation.views import involved, overview, single

app_name = "cooperation"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("activities.xlsx", overview.export, {"form": "xlsx"}, name="export-xlsx"),
    path("activities.csv", overview.export, {"form": "csv"}, name="export-csv"),
    path("with/<int:partner_id>/", overview.partner, name="partner"),
    path("with/<int:partner_id>/protocol/", overview.begin_protocol, name="protocol"),
    path("activities/new/", single.create, name="create"),
    path("activities/restore/<str:key>/", single.bring_back, name="restore"),
    path("activities/<int:activity_id>/", single.detail, name="detail"),
    path("activities/<int:activity_id>/edit/", single.edit, name="edit"),
    path("activities/<int:activity_id>/state/", single.change_state, name="state"),
    path("activities/<int:activity_id>/delete/", single.delete, name="delete"),
    path("activities/<int:activity_id>/calendar.ics", single.calendar, name="calendar"),
    path("activities/<int:activity_id>/participants/", involved.add_participant, name="participant-new"),
    path("activities/<int:activity_id>/tasks/", involved.add_task, name="task-new"),
    path("participants/<int:participant_id>/remove/", involved.remove_participant, name="participant-remove"),
    path("tasks/<int:task_id>/", involved.task, name="task"),
]
