"""Routes of setting up a study: candidates, criteria, people."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
