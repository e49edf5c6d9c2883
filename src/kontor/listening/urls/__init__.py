"""Routes of this room: the overview here, each way to listen in a module of its own."""

from kontor.listening.urls import boards, calls, interviews, results, surveys

app_name = "listening"

urlpatterns = [
    *surveys.urlpatterns,
    *calls.urlpatterns,
    *interviews.urlpatterns,
    *boards.urlpatterns,
    *results.urlpatterns,
]
