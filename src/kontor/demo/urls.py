"""Routes of the show house."""

from django.urls import path

from kontor.demo import views

app_name = "demo"

urlpatterns = [
    path("load/", views.load, name="load"),
    path("progress/", views.progress, name="progress"),
]
