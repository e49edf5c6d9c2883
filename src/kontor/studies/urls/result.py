"""Routes of the result, its robustness and its scenarios."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
