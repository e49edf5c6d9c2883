"""Routes of calls."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.listening.views.calls import campaigns, cockpit, desk, handing, record

urlpatterns: list[URLPattern] = [
    path("calls/", campaigns.overview, name="calls"),
    path("calls.xlsx", campaigns.export, {"form": "xlsx"}, name="calls-xlsx"),
    path("calls.csv", campaigns.export, {"form": "csv"}, name="calls-csv"),
    path("calls/new/", campaigns.create, name="call-campaign-new"),
    path("calls/new/count/", campaigns.count, name="call-campaign-count"),
    path("calls/<int:campaign_id>/", cockpit.cockpit, name="call-campaign"),
    path("calls/<int:campaign_id>.xlsx", cockpit.export, {"form": "xlsx"}, name="call-list-xlsx"),
    path("calls/<int:campaign_id>.csv", cockpit.export, {"form": "csv"}, name="call-list-csv"),
    path("calls/<int:campaign_id>/edit/", campaigns.edit, name="call-campaign-edit"),
    path("calls/<int:campaign_id>/add/", campaigns.add, name="call-campaign-add"),
    path("calls/<int:campaign_id>/close/", campaigns.close, name="call-campaign-close"),
    path("calls/<int:campaign_id>/reopen/", campaigns.reopen, name="call-campaign-reopen"),
    path("calls/<int:campaign_id>/delete/", campaigns.delete, name="call-campaign-delete"),
    path("calls/<int:campaign_id>/next/", handing.next_call, name="call-next"),
    path("calls/members/<int:target_id>/", desk.call, name="call"),
    path("calls/members/<int:target_id>/save/", desk.save, name="call-save"),
    path("calls/members/<int:target_id>/take/", handing.take, name="call-take"),
    path("calls/members/<int:target_id>/release/", handing.release, name="call-release"),
    path("calls/members/<int:target_id>/put-back/", handing.put_back, name="call-put-back"),
    path("calls/members/<int:target_id>/call-back.ics", record.call_back, name="call-back"),
]
