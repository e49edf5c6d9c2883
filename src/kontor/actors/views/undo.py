"""Take back the last small deletion."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.errors import ActorError
from kontor.actors.services.restoring import restore
from kontor.ui.components import Text
from kontor.ui.errors import explain
from kontor.ui.notices import notify

_KEY = "actors.deleted"


def notify_deleted(request: ClusterRequest, text: Text, kept: str) -> None:
    """Say that something is gone, with a button that brings it back. kept: its snapshot."""
    request.session[_KEY] = {"cluster": request.cluster.pk, "kept": kept, "back": _back(request)}
    notify(request, text, undo_url=reverse("actors:undo", args=[request.cluster.slug]))


def _back(request: ClusterRequest) -> str:
    """Return the page on which the person pressed the button, within this cluster."""
    path = "/" + request.headers.get("referer", "").partition("://")[2].partition("/")[2]
    home = reverse("actors:overview", args=[request.cluster.slug])
    return path if path.startswith(home) else home


@require_POST
@cluster_view(may="actors.change_own_organisation")
def undo(request: ClusterRequest) -> HttpResponse:
    """Bring back what this person deleted last in this cluster."""
    deleted = request.session.pop(_KEY, {})
    home = reverse("actors:overview", args=[request.cluster.slug])
    if deleted.get("cluster") != request.cluster.pk:
        messages.info(request, _("There is nothing to take back."))
        return redirect(home)
    try:
        restore(deleted["kept"])
    except ActorError as error:
        messages.error(request, explain(error))
    else:
        notify(request, _("It is back."))
    return redirect(deleted.get("back", home))
