"""Routes of this room."""

from __future__ import annotations

from django.urls import URLPattern

from kontor.questionnaires.urls_exchange import exchange_patterns

app_name = "questionnaires"

urlpatterns: list[URLPattern] = []

urlpatterns += exchange_patterns
