"""Routes of the front room."""

from django.urls import path

from kontor.journey.views import help as handbook
from kontor.journey.views import points, thread, today

app_name = "journey"

urlpatterns = [
    path("", today.today, name="today"),
    path("points/", points.checklist, name="points"),
    path("points/<int:number>/", points.answer, name="answer"),
    path("thread/", thread.thread, name="thread"),
    path("search/", thread.search, name="search"),
    path("help/", handbook.handbook, name="help"),
    path("help/<slug:slug>/", handbook.handbook, name="help-chapter"),
    path("areas/<slug:area>/", points.area, name="area"),
]
