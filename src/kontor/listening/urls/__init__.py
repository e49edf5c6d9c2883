"""Routes of this room: the overview here, each way to listen in a module of its own."""

from django.urls import path

from kontor.listening.urls import boards, calls, interviews, results, surveys
from kontor.listening.views import overview

app_name = "listening"

urlpatterns = [
    path("", overview.overview, name="overview"),
    *surveys.urlpatterns,
    *calls.urlpatterns,
    *interviews.urlpatterns,
    *boards.urlpatterns,
    *results.urlpatterns,
]
