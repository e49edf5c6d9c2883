"""Routes of this room."""

from django.urls import path

from kontor.votes.views import acts, casting, detail, editing, overview, roll

app_name = "votes"

XLSX, CSV = {"file_format": "xlsx"}, {"file_format": "csv"}

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("votes.xlsx", overview.export, XLSX, name="export-xlsx"),
    path("votes.csv", overview.export, CSV, name="export-csv"),
    path("new/", editing.create, name="create"),
    path("cast/<str:token>/", casting.cast, name="cast"),
    path("<int:vote_id>/", detail.detail, name="detail"),
    path("<int:vote_id>/live/", detail.live, name="live"),
    path("<int:vote_id>/screen/", detail.screen, name="screen"),
    path("<int:vote_id>/progress/", detail.progress, name="progress"),
    path("<int:vote_id>/result.xlsx", detail.export, XLSX, name="result-xlsx"),
    path("<int:vote_id>/result.csv", detail.export, CSV, name="result-csv"),
    path("<int:vote_id>/edit/", editing.edit, name="edit"),
    path("<int:vote_id>/delete/", editing.delete, name="delete"),
    path("<int:vote_id>/repeat/", editing.repeat, name="repeat"),
    path("<int:vote_id>/open/", acts.open_it, name="open"),
    path("<int:vote_id>/send/", acts.send, name="send"),
    path("<int:vote_id>/remind/", acts.remind, name="remind"),
    path("<int:vote_id>/extend/", acts.extend, name="extend"),
    path("<int:vote_id>/close/", acts.close, name="close"),
    path("<int:vote_id>/cancel/", acts.cancel, name="cancel"),
    path("<int:vote_id>/roll/", roll.roll, name="roll"),
    path("<int:vote_id>/roll.xlsx", roll.export, XLSX, name="roll-xlsx"),
    path("<int:vote_id>/roll.csv", roll.export, CSV, name="roll-csv"),
    path("<int:vote_id>/roll/add/", roll.add, name="roll-add"),
    path("<int:vote_id>/roll/<int:elector_id>/", roll.elector, name="elector"),
    path("<int:vote_id>/roll/<int:elector_id>/remove/", roll.remove, name="elector-remove"),
]
