"""One activity: plan, read, change, finish, delete and bring back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.actors.views.conflict import conflict_shown
from kontor.cooperation import services
from kontor.cooperation.calendar import calendar_file
from kontor.cooperation.forms import ActivityForm, ParticipantForm, StateForm, TaskForm, stored
from kontor.cooperation.models import Activity
from kontor.cooperation.problems import CooperationError
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import keep_remains, take_remains
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "cooperation"


@require_safe
@cluster_view(may="cooperation.view_cooperation")
def detail(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Show an activity with its thread, participants, tasks and result."""
    return render(request, "cooperation/detail.html", shown(request, found(request, activity_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="cooperation.change_cooperation")
def create(request: ClusterRequest) -> HttpResponse:
    """Plan an activity."""
    initial = {"partner": request.GET.get("partner", ""), "kind": request.GET.get("kind", "")}
    form = ActivityForm(request.POST or None, cluster=request.cluster, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            activity = services.plan_activity(cluster=request.cluster, **form.values())
        except (CooperationError, ValidationError) as problem:
            form.add_error(None, _refused(problem))
        else:
            notify(
                request, _("The activity has been planned. Now name who takes part and what is to be done.")
            )
            return redirect("cooperation:detail", request.cluster.slug, activity.pk)
    return render(request, "cooperation/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="cooperation.change_cooperation")
def edit(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Change an activity; who comes second is shown both versions."""
    activity = found(request, activity_id)
    form = ActivityForm(request.POST or None, cluster=request.cluster, initial=stored(activity))
    context: dict[str, Any] = {"form": form, "activity": activity, "version": activity.version}
    if request.method != "POST":
        return render(request, "cooperation/form.html", context)
    status, more = _save(request, activity, form)
    if status != 200:
        return render(request, "cooperation/form.html", context | more, status=status)
    notify(request, _("The activity has been saved."))
    return redirect("cooperation:detail", request.cluster.slug, activity.pk)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def change_state(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Say how far the activity is, and what came of it."""
    activity = found(request, activity_id)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            activity = services.set_state(
                activity=activity,
                state=form.cleaned_data["state"],
                on=timezone.localdate(),
                result=form.result(),
            )
        except CooperationError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The activity is now: %(state)s.") % {"state": activity.get_state_display()})
            return redirect("cooperation:detail", request.cluster.slug, activity.pk)
    context = shown(request, activity) | {"state_form": form}
    return render(request, "cooperation/detail.html", context, status=422)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def delete(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Delete an activity; the message on the next page brings it back."""
    activity = found(request, activity_id)
    key = keep_remains(request, ROOM, services.delete_activity(activity=activity))
    undo = reverse("cooperation:restore", args=[request.cluster.slug, key])
    notify(request, _("The activity has been deleted."), undo_url=undo)
    return redirect("cooperation:overview", request.cluster.slug)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Bring back the activity that was deleted a moment ago."""
    remains = take_remains(request, ROOM, key)
    try:
        activity = restore(remains)
    except NeedError as problem:
        return render(request, "cooperation/refused.html", {"problem": explain(problem)}, status=409)
    notify(request, _("The activity is back."))
    return redirect("cooperation:detail", request.cluster.slug, activity.pk)


@require_safe
@cluster_view(may="cooperation.view_cooperation")
def calendar(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Download the activity for a calendar."""
    activity = found(request, activity_id)
    response = HttpResponse(calendar_file(activity), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="activity-{activity.pk}.ics"'
    return response


def found(request: ClusterRequest, activity_id: int) -> Activity:
    """Return the cluster's activity, or 404."""
    rows = Activity.objects.select_related("partner", "responsible", "cluster")
    return get_object_or_404(rows, pk=activity_id, cluster=request.cluster)


def shown(request: ClusterRequest, activity: Activity) -> dict[str, Any]:
    """Return what the page of an activity shows."""
    may_change = request.access.may("cooperation.change_cooperation")
    sees_people = request.access.may("cooperation.view_people")
    participants = list(activity.participants.select_related("organisation"))
    if not sees_people:
        participants = [each for each in participants if each.organisation is not None]
    return {
        "activity": activity,
        "goals": list(activity.goals.all()),
        "participants": participants,
        "sees_people": sees_people,
        "tasks": list(activity.tasks.all()) if sees_people else [],
        "may_change": may_change,
        "today": timezone.localdate(),
        "participant_form": ParticipantForm(cluster=request.cluster) if may_change else None,
        "task_form": TaskForm() if may_change else None,
        "state_form": StateForm(initial=stored(activity) | {"state": activity.state}) if may_change else None,
        "history": history_of([activity]) if may_change else [],
    }


def _save(request: ClusterRequest, activity: Activity, form: ActivityForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_activity(activity=activity, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, stored(conflict.current))
    except (CooperationError, ValidationError) as problem:
        form.add_error(None, _refused(problem))
        return 422, {"version": version}
    return 200, {}


def _refused(problem: CooperationError | ValidationError) -> str | ValidationError:
    if isinstance(problem, ValidationError):
        return ValidationError(problem.messages)
    return explain(problem)
