"""What the pages of this room share: finding a profile, ways between the pages, refusals, undo."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest
from kontor.needs.undo import keep_remains
from kontor.partners.models import Partner
from kontor.partners.problems import PartnerError
from kontor.ui.components import Text
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "partners"
MOST_TICKED = 1000


def found(request: ClusterRequest, partner_id: int) -> Partner:
    """Return a profile of this cluster, our own among them, or 404; of a merged one, the one that counts."""
    rows = Partner.objects.select_related("organisation", "stage_by", "merged_into", "imported_in", "cluster")
    partner = get_object_or_404(rows, pk=partner_id, cluster=request.cluster)
    return partner.merged_into or partner


def ticked(request: ClusterRequest) -> list[Partner]:
    """Return the partner clusters ticked in the form or named in the address, as they were ticked."""
    given = request.POST.getlist("ids") or request.GET.getlist("ids")
    keys = [number_in(key) for key in given[:MOST_TICKED]]
    rows = Partner.objects.filter(cluster=request.cluster, is_own=False, merged_into=None).in_bulk(keys)
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def ways(request: ClusterRequest, here: str) -> list[dict[str, Any]]:
    """Return the pages of this room beside the list."""
    labels = {
        "overview": _("All partner clusters"),
        "fit": _("Who fits us"),
        "compare": _("Comparison"),
        "leads": _("Where to look"),
        "own": _("Our own cluster"),
    }
    slug = request.cluster.slug
    return [
        {"label": label, "url": reverse(f"partners:{name}", args=[slug]), "is_on": name == here}
        for name, label in labels.items()
    ]


def refused(request: ClusterRequest, problem: Exception, status: int = 422) -> HttpResponse:
    """Show in a sentence why something could not be done."""
    return render(request, "partners/refused.html", {"problem": explain(problem)}, status=status)


def in_form(problem: PartnerError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of a service."""
    if isinstance(problem, ValidationError):
        return ValidationError(problem.messages)
    return explain(problem)


def told(request: ClusterRequest, text: Text, undo: list[dict[str, Any]]) -> None:
    """Tell what was done, with the button that takes it back."""
    key = keep_remains(request, ROOM, undo)
    notify(request, text, undo_url=reverse("partners:undo", args=[request.cluster.slug, key]))
