"""Routes of this room."""

from django.urls import path

from kontor.goals.views import answer, linking, overview, single

app_name = "goals"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("goals.xlsx", overview.export, {"form": "xlsx"}, name="export-xlsx"),
    path("goals.csv", overview.export, {"form": "csv"}, name="export-csv"),
    path("catalogue/", overview.catalogue, name="catalogue"),
    path("catalogue/adopt/", overview.adopt, name="adopt"),
    path("answer/", answer.answer, name="answer"),
    path("topics/<int:topic_id>/goal/", answer.goal_of_topic, name="from-topic"),
    path("new/", single.create, name="create"),
    path("restore/<str:key>/", single.bring_back, name="restore"),
    path("<int:goal_id>/", single.detail, name="detail"),
    path("<int:goal_id>/edit/", single.edit, name="edit"),
    path("<int:goal_id>/state/", single.change_state, name="state"),
    path("<int:goal_id>/delete/", single.delete, name="delete"),
    path("<int:goal_id>/needs/", linking.link, name="link"),
    path("<int:goal_id>/needs/unlink/", linking.unlink, name="unlink"),
]
