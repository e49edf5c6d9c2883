"""One criterion: read, write, change, delete and bring back."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.actors.views.conflict import conflict_shown
from kontor.criteria import queries, services, undo
from kontor.criteria.forms import CriterionForm, stored
from kontor.criteria.models import Catalogue, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import family_texts
from kontor.criteria.shown import Said, is_edited
from kontor.criteria.texts import said
from kontor.criteria.views.access import (
    CHANGE,
    VIEW,
    criterion_or_404,
    overview_url,
    purpose_or_404,
    refused,
    told,
)
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may=VIEW)
def detail(request: ClusterRequest, criterion_id: int) -> HttpResponse:
    """Show a criterion: how it is judged, what shows it, and which versions hold it."""
    criterion = criterion_or_404(request, criterion_id)
    purpose = criterion.catalogue.purpose
    may_change = request.access.may(CHANGE)
    context = {
        "criterion": criterion,
        "said": Said(criterion),
        "family": said(family_texts(purpose, criterion.family)),
        "versions": queries.numbers_with(criterion.catalogue, criterion.code),
        "is_edited": is_edited(criterion, purpose),
        "back_url": overview_url(request, purpose),
        "may_change": may_change,
        "history": history_of([criterion]) if may_change else [],
    }
    return render(request, "criteria/detail.html", context)


@cluster_view(may=CHANGE)
def create(request: ClusterRequest, purpose: str) -> HttpResponse:
    """Write a criterion of the cluster's own."""
    initial = {"family": request.GET["family"]} if "family" in request.GET else {}
    form = CriterionForm(request.POST or None, purpose=purpose_or_404(purpose), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            catalogue = services.ensure_catalogue(cluster=request.cluster, purpose=purpose)
            criterion = services.create_own_criterion(catalogue=catalogue, **form.values())
        except (CriteriaError, ValidationError) as problem:
            form.add_error(None, told(problem))
        else:
            notify(request, _("The criterion has been saved. Studies see it once you publish."))
            return redirect("criteria:detail", request.cluster.slug, criterion.pk)
    context = {"form": form, "back_url": overview_url(request, purpose)}
    return render(request, "criteria/form.html", context, status=422 if form.is_bound else 200)


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, criterion_id: int) -> HttpResponse:
    """Change a criterion; who comes second is shown both versions."""
    criterion = criterion_or_404(request, criterion_id)
    purpose = criterion.catalogue.purpose
    form = CriterionForm(request.POST or None, purpose=purpose, initial=stored(criterion))
    context: dict[str, Any] = {"form": form, "criterion": criterion, "version": criterion.version}
    context["back_url"] = overview_url(request, purpose)
    if request.method != "POST":
        return render(request, "criteria/form.html", context)
    status, more = _save(request, criterion, form)
    if status != 200:
        return render(request, "criteria/form.html", context | more, status=status)
    notify(request, _("The criterion has been saved."))
    return redirect("criteria:detail", request.cluster.slug, criterion.pk)


@require_POST
@cluster_view(may=CHANGE)
def reset(request: ClusterRequest, criterion_id: int) -> HttpResponse:
    """Take the words and the scale of the guide again."""
    criterion = criterion_or_404(request, criterion_id)
    version = number_in(request.POST.get("version", ""))
    try:
        services.reset_to_reference(criterion=criterion, expected_version=version)
    except EditConflict:
        return refused(request, CriteriaError("criterion.changed_meanwhile"), criterion.catalogue.purpose)
    except CriteriaError as problem:
        return refused(request, problem, criterion.catalogue.purpose)
    notify(request, _("The criterion says again what the guide’s does."))
    return redirect("criteria:detail", request.cluster.slug, criterion.pk)


@require_POST
@cluster_view(may=CHANGE)
def delete(request: ClusterRequest, criterion_id: int) -> HttpResponse:
    """Delete an own criterion; the message on the next page brings it back."""
    criterion = criterion_or_404(request, criterion_id)
    catalogue = criterion.catalogue
    try:
        kept = services.delete_own_criterion(criterion=criterion)
    except CriteriaError as problem:
        return refused(request, problem, catalogue.purpose)
    key = undo.keep(request, catalogue, kept)
    back = reverse("criteria:restore", args=[request.cluster.slug, key])
    notify(request, _("The criterion has been deleted."), undo_url=back)
    return redirect(overview_url(request, catalogue.purpose))


@require_POST
@cluster_view(may=CHANGE)
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Bring back the criterion that was deleted a moment ago."""
    catalogue_key, kept = undo.take(request, key)
    catalogue = get_object_or_404(Catalogue, pk=catalogue_key, cluster=request.cluster)
    try:
        criterion = services.restore_criterion(catalogue=catalogue, kept=kept)
    except CriteriaError as problem:
        return refused(request, problem, catalogue.purpose)
    notify(request, _("The criterion is back."))
    return redirect("criteria:detail", request.cluster.slug, criterion.pk)


def _save(request: ClusterRequest, criterion: Criterion, form: CriterionForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_criterion(criterion=criterion, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, stored(cast("Criterion", conflict.current)))
    except (CriteriaError, ValidationError) as problem:
        form.add_error(None, told(problem))
        return 422, {"version": version}
    return 200, {}
