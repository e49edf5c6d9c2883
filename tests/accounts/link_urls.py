"""The addresses of the keys, and a task for holders of a link as an upper room would have one."""

from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import get_language

from kontor.accounts.services.links import finish_link
from kontor.accounts.views.person import set_language
from kontor.accounts.views.wall import LinkRequest, link_view


@link_view("rooms.confirm")
def confirm(request: LinkRequest, step: int) -> HttpResponse:
    """Show the task, and finish it by POST."""
    if request.method == "POST":
        finish_link(link=request.link)
    return HttpResponse(f"{request.cluster.name} {request.link.target} {step} {get_language()}")


urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.urls")),
    path("", include("kontor.accounts.urls")),
    path("<slug:cluster>/confirm/<int:step>/<str:token>/", confirm, name="confirm"),
]
