"""All goals by family, what hangs loose, and the catalogue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.goals import exports, queries, services
from kontor.goals.catalogue import families, goals_by_code
from kontor.goals.models import Goal
from kontor.goals.problems import GoalError
from kontor.goals.shown import by_family, shown_gaps, shown_goal
from kontor.needs.confidentiality import guarded
from kontor.needs.models import NeedKind
from kontor.ui.components import NextStep
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@cluster_view(may="goals.view_goal")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show the goals by family, and needs and goals that hang loose."""
    sees_all = request.access.may("needs.view_need")
    may_change = request.access.may("goals.change_goal")
    thread = queries.thread(request.cluster)
    goals = list(queries.goals_of(request.cluster))
    context = {
        "families": by_family(goals, sees_all=sees_all),
        "has_goals": bool(goals),
        "thread": thread,
        "answered": (thread.needs - thread.orphans) / thread.needs if thread.needs else None,
        "loose": shown_gaps(thread, sees_all=sees_all),
        "sees_all": sees_all,
        "may_change": may_change,
        "step": _next_step(request, thread) if may_change else None,
    }
    return render(request, "goals/overview.html", context)


@cluster_view(may="goals.view_goal")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the goals, with the counts that the reader may see."""
    sees_all = request.access.may("needs.view_need")
    goals = [shown_goal(goal, sees_all=sees_all) for goal in queries.goals_of(request.cluster)]
    return exports.goals_file(goals, form, cluster=request.cluster)


@cluster_view(may="goals.view_goal")
def catalogue(request: ClusterRequest) -> HttpResponse:
    """Show the goals that many clusters set themselves, and which needs of this cluster speak for each."""
    sees_all = request.access.may("needs.view_need")
    voices = queries.voices_of_kinds(request.cluster)
    taken = Goal.objects.filter(cluster=request.cluster).exclude(catalogue_code="")
    adopted = dict(taken.values_list("catalogue_code", "pk"))
    shelves = []
    for family in families():
        rows = []
        for goal in family.goals:
            counts = [(NeedKind(kind).label, voices.get(kind, 0)) for kind in goal.need_kinds]
            speaking = [(label, n if sees_all else guarded(n)) for label, n in counts if n]
            rows.append((goal, adopted.get(goal.code), speaking))
        shelves.append((family, rows))
    context = {
        "shelves": shelves,
        "adopted": len(adopted),
        "total": len(goals_by_code()),
        "may_change": request.access.may("goals.change_goal"),
    }
    return render(request, "goals/catalogue.html", context)


@require_POST
@cluster_view(may="goals.change_goal")
def adopt(request: ClusterRequest) -> HttpResponse:
    """Adopt a goal of the catalogue with one press."""
    code = request.POST.get("code", "")
    try:
        goal = services.adopt_goal(cluster=request.cluster, code=code)
    except GoalError as problem:
        return render(request, "goals/refused.html", {"problem": explain(problem)}, status=422)
    notify(request, _("“%(goal)s” is now a goal of this cluster.") % {"goal": goal.title})
    url = reverse("goals:catalogue", args=[request.cluster.slug])
    return redirect(f"{url}#{goals_by_code()[code].anchor}")


def _next_step(request: ClusterRequest, thread: queries.Thread) -> NextStep | None:
    """Return what helps most now: close the largest gap, or adopt a first goal."""
    slug = request.cluster.slug
    if not thread.needs:
        text = _("Goals stand on needs. First record what your members lack abroad.")
        return NextStep(text, _("Record needs"), reverse("needs:overview", args=[slug]))
    if thread.topics_without_goal:
        gap = thread.topics_without_goal[0]
        text = ngettext(
            "%(number)s need under “%(topic)s” has no goal yet: the largest gap.",
            "%(number)s needs under “%(topic)s” have no goal yet: the largest gap.",
            gap.orphans,
        ) % {"number": gap.orphans, "topic": gap.topic}
        url = reverse("goals:answer", args=[slug])
        return NextStep(text, _("Answer them with a goal"), f"{url}?topic={gap.topic.pk}")
    if thread.goals_without_needs:
        idle = thread.goals_without_needs[0]
        text = _("No need stands behind “%(goal)s” yet.") % {"goal": idle.title}
        return NextStep(text, _("Link needs"), reverse("goals:link", args=[slug, idle.pk]))
    return None
