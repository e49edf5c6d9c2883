"""Link needs to a goal and take links off."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.goals import queries, services
from kontor.goals.models import Goal
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import NeedFilter, leads_of, listed_needs
from kontor.needs.views.directory import filter_groups
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

PAGE = 50
MOST_NEEDS = 1000


@cluster_view(may="goals.change_goal")
def link(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """List the needs that the goal does not answer yet, and link those that are ticked or a whole topic."""
    goal = get_object_or_404(queries.goals_of(request.cluster), pk=goal_id)
    if request.method == "POST":
        return _link(request, goal)
    chosen = NeedFilter.read(request.GET.dict())
    answered = leads_of(Need.objects.filter(links__goal=goal))
    needs = listed_needs(request.cluster, chosen).exclude(pk__in=answered)
    page = Paginator(needs, PAGE).get_page(request.GET.get("page"))
    topic = NeedTopic.objects.filter(cluster=request.cluster, pk=int(chosen.topic or 0)).first()
    context = {
        "goal": goal,
        "page": page,
        "chosen": chosen,
        "groups": filter_groups(request, chosen),
        "topic": topic,
    }
    return render(request, "goals/link.html", context)


@require_POST
@cluster_view(may="goals.change_goal")
def unlink(request: ClusterRequest, goal_id: int) -> HttpResponse:
    """Take ticked needs off the goal."""
    goal = get_object_or_404(Goal, pk=goal_id, cluster=request.cluster)
    number = services.unlink_needs(goal=goal, needs=ticked_needs(request))
    text = ngettext("%(number)s need has been taken off.", "%(number)s needs have been taken off.", number)
    notify(request, text % {"number": number})
    return redirect("goals:detail", request.cluster.slug, goal.pk)


def ticked_needs(request: ClusterRequest) -> QuerySet[Need]:
    """Return the needs of this cluster that are ticked in the address or the form."""
    given = request.POST.getlist("needs") or request.GET.getlist("needs")
    keys = [int(key) for key in given[:MOST_NEEDS] if key.isascii() and key.isdecimal() and len(key) < 16]
    return Need.objects.filter(cluster=request.cluster, pk__in=keys).select_related("organisation", "topic")


def linked_notice(number: int) -> str:
    """Say how many needs were linked."""
    if not number:
        return _("These needs were linked already.")
    text = ngettext("%(number)s need has been linked.", "%(number)s needs have been linked.", number)
    return text % {"number": number}


def _link(request: ClusterRequest, goal: Goal) -> HttpResponse:
    if "whole_topic" in request.POST:
        key = number_in(request.POST["whole_topic"])
        topic = get_object_or_404(NeedTopic, cluster=request.cluster, pk=key)
        number = services.link_topic(goal=goal, topic=topic)
    else:
        number = services.link_needs(goal=goal, needs=ticked_needs(request))
    notify(request, linked_notice(number))
    return redirect("goals:detail", request.cluster.slug, goal.pk)
