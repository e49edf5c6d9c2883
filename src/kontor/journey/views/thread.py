"""The red thread of needs and goals, and the search over everything."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.goals.following import following
from kontor.goals.queries import thread as thread_of
from kontor.goals.shown import shown_goal, shown_topics
from kontor.journey.search import search_everything


@require_safe
@cluster_view(may="journey.view_thread")
def thread(request: ClusterRequest) -> HttpResponse:
    """Show which needs lead to which goals and partners, both ways, and what hangs loose."""
    found = thread_of(request.cluster)
    sees_all = request.access.may("needs.view_need")
    follows = following(request.access, [goal.pk for goal in found.goals])
    context = {
        "thread": found,
        "topics": shown_topics(found, sees_all=sees_all),
        "goals": [(shown_goal(goal, sees_all=sees_all), follows[goal.pk]) for goal in found.goals],
    }
    return render(request, "journey/thread.html", context)


@require_safe
@cluster_view(may="journey.search")
def search(request: ClusterRequest) -> HttpResponse:
    """Find organisations, goals, needs and handbook chapters by a few letters."""
    words = request.GET.get("q", "").strip()[:200]
    found = search_everything(request.access, words, language=request.LANGUAGE_CODE) if words else []
    context = {"words": words, "groups": found, "count": sum(len(group.hits) for group in found)}
    return render(request, "journey/search.html", context)
