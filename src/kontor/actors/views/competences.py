"""Competences: the taxonomy with its holders, and the levels of an organisation."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.errors import ActorError
from kontor.actors.forms.competence import CompetenceForm, LevelForm
from kontor.actors.models import Competence, OrganisationCompetence
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.rows import competences_held
from kontor.actors.queries.taxonomy import taxonomy
from kontor.actors.services import competence as services
from kontor.actors.views.access import day_asked, owned, require_edit, tabs
from kontor.actors.views.editing import FormPage, answer, expected_version, posted
from kontor.actors.views.facts import page_for
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@cluster_view(may="actors.view_directory")
def tree(request: ClusterRequest) -> HttpResponse:
    """Show what the members can do, as a tree with the number of holders."""
    on, query = day_asked(request), request.GET.get("q", "").strip()[:100]
    shown = taxonomy(request.cluster)
    members = set(member_ids(request.cluster, on))
    shown.count_holders(competences_held(request.cluster, on), members)
    context = {
        "roots": shown.roots,
        "total": len(shown.nodes),
        "held": sum(1 for node in shown.nodes.values() if node.holders and not node.children),
        "members": len(members),
        "query": query,
        "found": sorted(shown.found(query), key=lambda node: (-node.holder_count, str(node.name))),
        **tabs(request),
        "as_of": on,
    }
    return render(request, "actors/competences.html", context)


@require_POST
@cluster_view(may="actors.change_organisation")
def load(request: ClusterRequest) -> HttpResponse:
    """Add what is missing of Kontor's start list."""
    count = services.load_start_competences(cluster=request.cluster)
    sentence = ngettext("%(count)s competence added.", "%(count)s competences added.", count)
    notify(request, sentence % {"count": count})
    return redirect("actors:competences", request.cluster.slug)


@cluster_view(may="actors.change_organisation")
def create(request: ClusterRequest) -> HttpResponse:
    """Add an own entry to the taxonomy."""
    shown = taxonomy(request.cluster)
    form = CompetenceForm(posted(request), tree=shown, initial={"parent": request.GET.get("below", "")})
    page = _page(request, _("New competence"), _("Own entries stand beside the start list."))

    def save() -> None:
        values = form.values()
        services.create_competence(
            cluster=request.cluster, name=values["name"], parent=_parent(request, values["parent"])
        )

    return answer(request, form, page, save)


@cluster_view(may="actors.change_organisation")
def edit(request: ClusterRequest, pk: int) -> HttpResponse:
    """Rename an entry, or move it."""
    competence = get_object_or_404(Competence, pk=pk, cluster=request.cluster)
    form = CompetenceForm(posted(request), tree=taxonomy(request.cluster), row=competence)
    page = replace(
        _page(request, _("Edit %(name)s") % {"name": competence}, ""),
        delete_url=reverse("actors:competence-delete", args=[request.cluster.slug, pk]),
    )

    def save() -> None:
        values = form.values()
        values["parent"] = _parent(request, values["parent"])
        services.update_competence(
            competence=competence, expected_version=expected_version(request), **values
        )

    return answer(request, form, page, save, row=competence)


@require_POST
@cluster_view(may="actors.change_organisation")
def delete(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete an entry that nobody uses."""
    competence = get_object_or_404(Competence, pk=pk, cluster=request.cluster)
    try:
        services.delete_competence(competence=competence)
    except ActorError as error:
        page = _page(request, _("Edit %(name)s") % {"name": competence}, explain(error))
        form = CompetenceForm(tree=taxonomy(request.cluster), row=competence)
        context = {"form": form, "page": page, "version": competence.version}
        return render(request, "actors/form.html", context, status=422)
    notify(request, _("%(name)s has been deleted.") % {"name": competence})
    return redirect("actors:competences", request.cluster.slug)


@cluster_view(may="actors.change_own_organisation")
def set_level(request: ClusterRequest, pk: int) -> HttpResponse:
    """Add a competence to an organisation, or a new level from a day on."""
    organisation = owned(request, pk)
    initial = {"valid_from": timezone.localdate(), "competence": request.GET.get("competence", "")}
    form = LevelForm(posted(request), tree=taxonomy(request.cluster), initial=initial)
    lead = _("Choose the entry that fits best; a new level ends the one before.")
    title = _("Competence of %(name)s") % {"name": organisation.name}
    page = page_for(request, organisation, title, lead)

    def save() -> None:
        values = dict(form.cleaned_data)
        competence = Competence.objects.get(pk=values.pop("competence"), cluster=request.cluster)
        services.set_level(organisation=organisation, competence=competence, **values)

    return answer(request, form, page, save)


@require_POST
@cluster_view(may="actors.change_own_organisation")
def end_level(request: ClusterRequest, pk: int) -> HttpResponse:
    """Let a competence be over from today; the past stays."""
    rows = OrganisationCompetence.objects.select_related("competence")
    held = get_object_or_404(rows, pk=pk, organisation__cluster=request.cluster)
    require_edit(request, held.organisation_id)
    services.end_competence(held=held, valid_from=timezone.localdate())
    notify(request, _("%(name)s no longer counts from today.") % {"name": held.competence})
    return redirect("actors:organisation", request.cluster.slug, held.organisation_id)


def _page(request: ClusterRequest, title: str, lead: str) -> FormPage:
    back = reverse("actors:competences", args=[request.cluster.slug])
    return FormPage(title=title, lead=lead, back=back, crumbs=[(_("Competences"), back)], done=_("Saved."))


def _parent(request: ClusterRequest, pk: int | None) -> Competence | None:
    return Competence.objects.get(pk=pk, cluster=request.cluster) if pk else None
