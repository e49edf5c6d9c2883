"""Routes of equal terms, presentation, vote and record."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
