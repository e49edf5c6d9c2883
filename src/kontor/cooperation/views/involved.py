"""Who takes part in an activity, and who does what by when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.cooperation import services
from kontor.cooperation.forms import ParticipantForm, TaskForm
from kontor.cooperation.models import Participant, Task
from kontor.cooperation.views.single import found, shown
from kontor.ui.notices import notify


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def add_participant(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Add somebody who takes part."""
    activity = found(request, activity_id)
    form = ParticipantForm(request.POST, cluster=request.cluster)
    if not form.is_valid():
        context = shown(request, activity) | {"participant_form": form}
        return render(request, "cooperation/detail.html", context, status=422)
    services.add_participant(activity=activity, **form.cleaned_data)
    notify(request, _("The list of participants has been saved."))
    return redirect("cooperation:detail", request.cluster.slug, activity.pk)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def remove_participant(request: ClusterRequest, participant_id: int) -> HttpResponse:
    """Take somebody off the list."""
    rows = Participant.objects.filter(cluster=request.cluster)
    participant = get_object_or_404(rows, pk=participant_id)
    services.remove_participant(participant=participant)
    notify(request, _("The list of participants has been saved."))
    return redirect("cooperation:detail", request.cluster.slug, participant.activity_id)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def add_task(request: ClusterRequest, activity_id: int) -> HttpResponse:
    """Add what is to be done."""
    activity = found(request, activity_id)
    form = TaskForm(request.POST)
    if not form.is_valid():
        context = shown(request, activity) | {"task_form": form}
        return render(request, "cooperation/detail.html", context, status=422)
    services.add_task(activity=activity, **form.cleaned_data)
    notify(request, _("The task has been noted."))
    return redirect("cooperation:detail", request.cluster.slug, activity.pk)


@require_POST
@cluster_view(may="cooperation.change_cooperation")
def task(request: ClusterRequest, task_id: int) -> HttpResponse:
    """Finish a task, take it up again or drop it."""
    row = get_object_or_404(Task, pk=task_id, cluster=request.cluster)
    act = request.POST.get("act", "")
    if act == "drop":
        services.remove_task(task=row)
        notify(request, _("The task has been dropped."))
    elif act == "reopen":
        services.reopen_task(task=row)
        notify(request, _("The task is open again."))
    else:
        services.finish_task(task=row, on=timezone.localdate(), outcome=request.POST.get("outcome", "")[:500])
        notify(request, _("The task is done."))
    return redirect("cooperation:detail", request.cluster.slug, row.activity_id)
