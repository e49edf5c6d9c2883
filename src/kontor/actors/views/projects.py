"""Joint projects and who took part."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import FORMATS, projects_file
from kontor.actors.forms.tie import ParticipationForm, ProjectForm
from kontor.actors.models import JointProject, Participation
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.projects import counted, participations, projects
from kontor.actors.services import project as services
from kontor.actors.services.restoring import snapshot
from kontor.actors.views.access import day_asked, tabs
from kontor.actors.views.editing import FormPage, answer, answer_deletion, expected_version, posted
from kontor.actors.views.undo import notify_deleted

PAGE_SIZE = 50
_SORTS = {"acronym": "acronym", "start": "start", "end": "end", "programme": "programme"}


def _asked(request: ClusterRequest) -> QuerySet[JointProject]:
    found = projects(request.cluster, query=request.GET.get("q", "")[:100])
    sort = request.GET.get("sort", "")
    if sort.lstrip("-") in _SORTS:
        column = F(sort.lstrip("-"))
        is_turned = sort.startswith("-")
        order = column.desc(nulls_last=True) if is_turned else column.asc(nulls_last=True)
        found = found.order_by(order, "acronym", "pk")
    return found


@cluster_view(may="actors.view_details")
def listing(request: ClusterRequest) -> HttpResponse:
    """Show the joint projects."""
    found = _asked(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    on = day_asked(request)
    shown = counted(JointProject.objects.filter(pk__in=[row.pk for row in page]), request.cluster, on)
    with_counts = {row.pk: row for row in shown}
    context = {
        "page": page,
        "projects": [with_counts[row.pk] for row in page],
        "query": request.GET.get("q", ""),
        **tabs(request),
        "may_export": request.access.may("actors.export"),
        "as_of": on,
    }
    return render(request, "actors/projects.html", context)


@cluster_view(may="actors.export")
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Give the projects as a file."""
    if file_format not in FORMATS:
        raise Http404
    found = counted(_asked(request), request.cluster, day_asked(request))
    return projects_file(found, file_format, cluster=request.cluster)


@cluster_view(may="actors.view_details")
def show(request: ClusterRequest, pk: int) -> HttpResponse:
    """Show a project with its participants."""
    project = _project(request, pk)
    on = day_asked(request)
    rows, members = list(participations(project)), set(member_ids(request.cluster, on))
    context = {
        "project": project,
        "participations": [(row, row.organisation_id in members) for row in rows],
        "members": sum(row.organisation_id in members for row in rows),
        "foreign": sum(row.organisation.country != request.cluster.country for row in rows),
        **tabs(request),
        "crumbs": _crumbs(request),
        "as_of": on,
    }
    return render(request, "actors/project.html", context)


@cluster_view(may="actors.change_organisation")
def create(request: ClusterRequest) -> HttpResponse:
    """Add a joint project."""
    form = ProjectForm(posted(request), initial={"currency": "EUR"})
    lead = _("Add the project first, then who took part.")
    made: dict[str, Any] = {}

    def save() -> None:
        made["project"] = services.create_project(cluster=request.cluster, **form.values())

    back = reverse("actors:projects", args=[request.cluster.slug])
    page = FormPage(title=_("New joint project"), lead=lead, back=back, crumbs=_crumbs(request))
    response = answer(request, form, page, save)
    if "project" in made:
        return redirect("actors:project", request.cluster.slug, made["project"].pk)
    return response


@cluster_view(may="actors.change_organisation")
def edit(request: ClusterRequest, pk: int) -> HttpResponse:
    """Change a project."""
    project = _project(request, pk)
    form = ProjectForm(posted(request), row=project)
    page = _page(request, project, _("Edit %(name)s") % {"name": project.acronym})

    def save() -> None:
        services.update_project(project=project, expected_version=expected_version(request), **form.values())

    return answer(request, form, page, save, row=project)


@cluster_view(may="actors.change_organisation")
def delete(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete a project with its participations; asks by name."""
    project = _project(request, pk)
    page = FormPage(
        title=_("Delete %(name)s") % {"name": project.acronym},
        lead=_("The organisations stay; the ties that this project made between them go."),
        back=reverse("actors:projects", args=[request.cluster.slug]),
        crumbs=_crumbs(request),
        submit=_("Delete for good"),
        done=_("%(name)s has been deleted.") % {"name": project.acronym},
    )
    sentence = _("This cannot be undone.")
    return answer_deletion(
        request,
        page,
        lambda: services.delete_project(project=project),
        name=project.acronym,
        sentence=sentence,
    )


@cluster_view(may="actors.change_organisation")
def add_participation(request: ClusterRequest, pk: int) -> HttpResponse:
    """Add somebody who took part."""
    project = _project(request, pk)
    form = ParticipationForm(posted(request), cluster=request.cluster)
    page = _page(request, project, _("New participant of %(name)s") % {"name": project.acronym})

    def save() -> None:
        with transaction.atomic():
            services.add_participation(
                project=project,
                organisation=form.organisation(),
                role=form.cleaned_data["role"],
                contribution=form.cleaned_data["contribution"],
            )

    return answer(request, form, page, save)


@require_POST
@cluster_view(may="actors.change_organisation")
def remove_participation(request: ClusterRequest, pk: int) -> HttpResponse:
    """Take somebody out of a project."""
    rows = Participation.objects.select_related("organisation")
    participation = get_object_or_404(rows, pk=pk, cluster=request.cluster)
    kept, name = snapshot(participation), participation.organisation.name
    services.remove_participation(participation=participation)
    notify_deleted(request, _("%(name)s no longer takes part.") % {"name": name}, kept)
    return redirect("actors:project", request.cluster.slug, participation.project_id)


def _project(request: ClusterRequest, pk: int) -> JointProject:
    return get_object_or_404(JointProject, pk=pk, cluster=request.cluster)


def _crumbs(request: ClusterRequest) -> list[tuple[Any, str]]:
    slug = request.cluster.slug
    return [
        (_("Members"), reverse("actors:overview", args=[slug])),
        (_("Joint projects"), reverse("actors:projects", args=[slug])),
    ]


def _page(request: ClusterRequest, project: JointProject, title: str) -> FormPage:
    back = reverse("actors:project", args=[request.cluster.slug, project.pk])
    crumbs = [*_crumbs(request), (project.acronym, back)]
    return FormPage(title=title, lead="", back=back, crumbs=crumbs, done=_("Saved."))
