"""Routes of phones in the hall: short, outside of the clusters, without an account."""

from django.urls import path

from kontor.listening.views.boards import live, phone

app_name = "board"

urlpatterns = [
    path("", phone.enter, name="enter"),
    path("live/<str:key>/", live.live, name="live"),
    path("<str:token>/", phone.phone, name="phone"),
    path("<str:token>/join/", phone.join, name="join"),
    path("<str:token>/ideas/", phone.send, name="send"),
    path("<str:token>/points/", phone.weigh, name="weigh"),
]
