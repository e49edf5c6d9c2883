"""One need: read, record, change, delete and bring back."""

from __future__ import annotations

from typing import Any

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
from kontor.needs import queries, services
from kontor.needs.forms import NeedForm
from kontor.needs.models import Need
from kontor.needs.problems import NeedError
from kontor.needs.undo import keep_remains, take_remains
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "needs"


@cluster_view(may="needs.view_need")
def detail(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Show a need with the goals that answer it."""
    need = get_object_or_404(queries.needs_of(request.cluster), pk=need_id)
    group = queries.group_of(need)
    context = {
        "need": need,
        "lead": group[0],
        "others": [each for each in group if each != need],
        "goals": queries.goals_of(group),
        "history": history_of([need]),
    }
    return render(request, "needs/detail.html", context)


@cluster_view(may="needs.change_need")
def create(request: ClusterRequest) -> HttpResponse:
    """Record a need; `?organisation=` and `?topic=` fill in what is known."""
    organisations = queries.speakers(request.cluster)
    asked = request.GET.get("organisation", "")
    is_number = asked.isdecimal() and len(asked) < 16
    form = NeedForm(
        request.POST or None,
        cluster=request.cluster,
        organisations=organisations,
        organisation=organisations.filter(pk=asked).first() if is_number else None,
        initial={"topic": request.GET.get("topic")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            need = services.record_need(cluster=request.cluster, **form.cleaned_data)
        except (NeedError, ValidationError) as problem:
            form.add_error(None, refused(problem))
        else:
            return _after_recording(request, need)
    context = {"form": form, "has_topics": form.has_topics}
    return render(request, "needs/form.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="needs.change_need")
def edit(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Change a need; who comes second is shown both versions."""
    need = get_object_or_404(queries.needs_of(request.cluster), pk=need_id)
    form = NeedForm(
        request.POST or None,
        cluster=request.cluster,
        organisations=queries.speakers(request.cluster, need.organisation_id),
        organisation=need.organisation,
        initial=_stored(need),
    )
    context: dict[str, Any] = {"form": form, "need": need, "version": need.version, "has_topics": True}
    if request.method != "POST":
        return render(request, "needs/form.html", context)
    status, more = _save(request, need, form)
    if status != 200:
        return render(request, "needs/form.html", context | more, status=status)
    notify(request, _("The need has been saved."))
    return redirect("needs:detail", request.cluster.slug, need.pk)


def _save(request: ClusterRequest, need: Need, form: NeedForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_need(need=need, expected_version=number_in(version), **form.cleaned_data)
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, _stored(conflict.current))
    except (NeedError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 200, {}


@require_POST
@cluster_view(may="needs.change_need")
def delete(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Delete a need; the message on the next page brings it back."""
    need = get_object_or_404(Need, pk=need_id, cluster=request.cluster)
    key = keep_remains(request, ROOM, services.delete_need(need=need))
    undo = reverse("needs:restore", args=[request.cluster.slug, key])
    notify(request, _("The need has been deleted."), undo_url=undo)
    return redirect("needs:directory", request.cluster.slug)


@require_POST
@cluster_view(may="needs.change_need")
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Bring back the need that was deleted a moment ago, with its links to goals."""
    remains = take_remains(request, ROOM, key)
    try:
        need = services.bring_need_back(remains=remains)
    except NeedError as problem:
        return render(request, "needs/refused.html", {"problem": explain(problem)}, status=409)
    notify(request, _("The need is back."))
    return redirect("needs:detail", request.cluster.slug, need.pk)


def refused(problem: NeedError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of the service."""
    if isinstance(problem, ValidationError):
        return ValidationError(problem.messages)
    return explain(problem)


def _after_recording(request: ClusterRequest, need: Need) -> HttpResponse:
    """Go on to the need, or to the next empty form of the same topic."""
    notify(request, _("The need has been recorded."))
    if "another" in request.POST:
        url = reverse("needs:create", args=[request.cluster.slug])
        return redirect(f"{url}?topic={need.topic_id}")
    return redirect("needs:detail", request.cluster.slug, need.pk)


def _stored(need: Any) -> dict[str, Any]:
    """Return the need's values as the form names them."""
    return {
        "organisation": need.organisation_id,
        "person": need.person_id,
        "topic": need.topic_id,
        "statement": need.statement,
        "kind": "" if need.kind == need.topic.kind else need.kind,
        "country": need.country,
        "urgency": need.urgency,
        "source": need.source,
        "recorded_on": need.recorded_on,
    }
