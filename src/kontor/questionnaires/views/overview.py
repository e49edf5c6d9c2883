"""The cluster's own questionnaires."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.questionnaires import queries
from kontor.questionnaires.forms.fields import language_name
from kontor.questionnaires.ready import ready_made
from kontor.questionnaires.views.access import VIEW, address
from kontor.reports.model import Column

PAGE = 50


@cluster_view(may=VIEW)
def overview(request: ClusterRequest) -> HttpResponse:
    """List the questionnaires with their state; those put away behind one press."""
    archived = request.GET.get("archived") == "1"
    found = queries.listed_questionnaires(request.cluster, archived=archived)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = queries.listed(list(page))
    away = queries.listed_questionnaires(request.cluster, archived=True).exists()
    context = {
        "page": page,
        "rows": rows,
        "languages": {code: language_name(code) for row in rows for code in row.languages},
        "archived": archived,
        "has_archived": away,
        "ready": ready_made(),
        "import_url": address("questionnaires:import", request.cluster.slug),
        "listening_url": address("listening:overview", request.cluster.slug),
    }
    return render(request, "questionnaires/overview.html", context)


@cluster_view(may=VIEW)
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list."""
    archived = request.GET.get("archived") == "1"
    titles = (
        *(_("Name"), _("Meant for"), _("Languages"), _("Questions")),
        *(_("Last version"), _("Changed since"), _("Used by"), _("Last change")),
    )
    rows = [
        (
            *(row.questionnaire.name, row.questionnaire.get_purpose_display()),
            *(", ".join(map(language_name, row.languages)), row.questions, row.last or None),
            *(_("yes") if row.is_changed else _("no"), row.uses),
            row.questionnaire.updated_at.date(),
        )
        for row in queries.listed(list(queries.listed_questionnaires(request.cluster, archived=archived)))
    ]
    return list_file(
        _("Questionnaires"), [Column(title) for title in titles], rows, form, cluster=request.cluster
    )
