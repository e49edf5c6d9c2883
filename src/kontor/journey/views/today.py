"""Today: where the cluster stands and what helps most now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.members import own_organisation_ids
from kontor.goals.shown import shown_topics
from kontor.journey.checklist import answered_points, without_steps
from kontor.journey.outlook import deadlines, first_steps, glance, greeting, next_step, worth_showing
from kontor.strategy.queries import versions_of


@require_safe
@cluster_view(may="journey.view_today")
def today(request: ClusterRequest) -> HttpResponse:
    """Show the state of the whole undertaking, or to a member or guest what is theirs."""
    if not request.access.may("journey.view_points"):
        return _for_guests(request)
    now = timezone.localtime()
    answered = answered_points(request.cluster, now.date())
    at_a_glance = glance(request.cluster, now.date())
    may_act = request.access.may("journey.answer_point")
    context = {
        "greeting": greeting(now.hour),
        "answered": worth_showing(answered if may_act else without_steps(answered)),
        "done": sum(each.check.state == "done" for each in answered),
        "step": next_step(request.cluster, answered, at_a_glance) if may_act else None,
        "steps": first_steps(request.cluster, at_a_glance) if may_act else [],
        "glance": at_a_glance,
        "topics": shown_topics(at_a_glance.thread, sees_all=request.access.may("needs.view_need"))[:4],
        "deadlines": deadlines(request.cluster, answered, now.date()),
        "as_of": now.date(),
    }
    return render(request, "journey/today.html", context)


def _for_guests(request: ClusterRequest) -> HttpResponse:
    has_profile = request.access.may("actors.change_own_organisation")
    own = own_organisation_ids(request.user, request.cluster) if has_profile else frozenset()
    context = {
        "greeting": greeting(timezone.localtime().hour),
        "organisation_id": next(iter(sorted(own)), None),
        "versions": versions_of(request.cluster, only_published=True),
    }
    return render(request, "journey/today_guest.html", context)
