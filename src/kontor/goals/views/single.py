"""One goal: read, set, change, delete and bring back."""

from __future__ import annotations

from itertools import groupby
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
from kontor.goals import queries, services
from kontor.goals.catalogue import family_name, goals_by_code
from kontor.goals.following import following
from kontor.goals.forms import GoalForm, stored
from kontor.goals.models import Goal
from kontor.goals.problems import GoalError
from kontor.goals.shown import shown_goal
from kontor.needs.confidentiality import guarded
from kontor.needs.models import Need
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import keep_remains, take_remains
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "goals"


@cluster_view(may="goals.view_goal")
def detail(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """Show a goal with the needs behind it and what is to follow from it."""
    goal = get_object_or_404(queries.goals_of(request.cluster), pk=goal_id)
    sees_all = request.access.may("needs.view_need")
    may_change = request.access.may("goals.change_goal")
    found = goals_by_code().get(goal.catalogue_code)
    context = {
        "goal": goal,
        "shown": shown_goal(goal, sees_all=sees_all),
        "family": family_name(goal.family),
        "topics": _topics(list(queries.linked_needs(goal)), sees_all=sees_all),
        "follows": following(request.access, [goal.pk])[goal.pk],
        "indicators": found.example_indicators if found else (),
        "sees_all": sees_all,
        "may_change": may_change,
        "history": history_of([goal]) if may_change else [],
        "states": Goal.State.choices,
    }
    return render(request, "goals/detail.html", context)


@cluster_view(may="goals.change_goal")
def create(request: ClusterRequest) -> HttpResponse:
    """Set a goal of the cluster's own."""
    form = GoalForm(request.POST or None, cluster=request.cluster)
    if request.method == "POST" and form.is_valid():
        try:
            goal = services.create_own_goal(cluster=request.cluster, **form.values())
        except (GoalError, ValidationError) as problem:
            form.add_error(None, refused(problem))
        else:
            notify(request, _("The goal has been set. Now link the needs that it answers."))
            return redirect("goals:link", request.cluster.slug, goal.pk)
    return render(request, "goals/form.html", {"form": form}, status=422 if form.is_bound else 200)


@cluster_view(may="goals.change_goal")
def edit(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """Change a goal; who comes second is shown both versions."""
    goal = get_object_or_404(Goal, pk=goal_id, cluster=request.cluster)
    form = GoalForm(request.POST or None, cluster=request.cluster, initial=stored(goal))
    context: dict[str, Any] = {"form": form, "goal": goal, "version": goal.version}
    if request.method != "POST":
        return render(request, "goals/form.html", context)
    status, more = _save(request, goal, form)
    if status != 200:
        return render(request, "goals/form.html", context | more, status=status)
    notify(request, _("The goal has been saved."))
    return redirect("goals:detail", request.cluster.slug, goal.pk)


@require_POST
@cluster_view(may="goals.change_goal")
def change_state(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """Say how far the cluster is with the goal."""
    goal = get_object_or_404(Goal, pk=goal_id, cluster=request.cluster)
    try:
        goal = services.set_state(goal=goal, state=request.POST.get("state", ""))
    except GoalError as problem:
        return render(request, "goals/refused.html", {"problem": explain(problem)}, status=422)
    notify(request, _("The goal is now: %(state)s.") % {"state": goal.get_state_display()})
    return redirect("goals:detail", request.cluster.slug, goal.pk)


@require_POST
@cluster_view(may="goals.change_goal")
def delete(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """Delete a goal; the message on the next page brings it back with its links."""
    goal = get_object_or_404(Goal, pk=goal_id, cluster=request.cluster)
    key = keep_remains(request, ROOM, services.delete_goal(goal=goal))
    undo = reverse("goals:restore", args=[request.cluster.slug, key])
    notify(request, _("The goal has been deleted."), undo_url=undo)
    return redirect("goals:overview", request.cluster.slug)


@require_POST
@cluster_view(may="goals.change_goal")
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Bring back the goal that was deleted a moment ago, with its links to needs."""
    remains = take_remains(request, ROOM, key)
    try:
        goal = restore(remains)
    except NeedError as problem:
        return render(request, "goals/refused.html", {"problem": explain(problem)}, status=409)
    notify(request, _("The goal is back."))
    return redirect("goals:detail", request.cluster.slug, goal.pk)


def refused(problem: GoalError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of the service."""
    if isinstance(problem, ValidationError):
        return ValidationError(problem.messages)
    return explain(problem)


def _save(request: ClusterRequest, goal: Goal, form: GoalForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_goal(goal=goal, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, stored(conflict.current))
    except (GoalError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 200, {}


def _topics(needs: list[Need], *, sees_all: bool) -> list[dict[str, Any]]:
    """Return the needs by topic; the needs themselves only for those who may read them."""
    topics = []
    for topic, group in groupby(needs, key=lambda need: need.topic):
        members = list(group)
        organisations = len({need.organisation_id for need in members})
        count = organisations if sees_all else guarded(organisations)
        topics.append(
            {
                "topic": topic,
                "organisations": count,
                "number": len(members),
                "needs": members if sees_all else [],
            }
        )
    return topics
