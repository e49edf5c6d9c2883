"""Routes of judging: weights, scores, and opening them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
