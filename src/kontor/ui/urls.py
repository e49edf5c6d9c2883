"""Routes of the face."""

from django.urls import path

from kontor.ui import views

app_name = "ui"

urlpatterns = [
    path("theme/", views.set_theme, name="theme"),
]
