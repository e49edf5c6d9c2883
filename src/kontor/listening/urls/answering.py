"""Routes by which people answer a survey: no account, the token in the address is the key."""

from __future__ import annotations

from django.urls import path

from kontor.listening.views import answering

app_name = "answering"

urlpatterns = [
    path("<str:token>/", answering.answer, name="answer"),
    path("<str:token>/save/", answering.save, name="save"),
    path("<str:token>/decline/", answering.decline, name="decline"),
]
