"""From needs to a goal in one step: choose one, adopt one, or write one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.goals import queries, services
from kontor.goals.catalogue import CatalogueGoal, family_for, goals_by_code
from kontor.goals.forms import TitleForm
from kontor.goals.models import Goal
from kontor.goals.problems import GoalError
from kontor.goals.views.linking import MOST_NEEDS, linked_notice, ticked_needs
from kontor.needs.models import Need, NeedTopic
from kontor.needs.queries import NeedFilter, listed_needs, needs_of, without_goal
from kontor.needs.queries.listing import NOWHERE
from kontor.needs.services.topics import names_of
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.ui.vocabulary import country_name

MOST_PROPOSALS = 6


@cluster_view(may="goals.change_goal")
def answer(request: ClusterRequest) -> HttpResponse:
    """Let a goal answer the needs ticked (`?needs=`), or those without a goal that a search finds.

    The search is that of the list of needs: `?topic=`, `?country=`, groups of members and so on.
    """
    needs = _meant(request)
    if not needs:
        notify(request, _("Tick at least one need first."))
        return redirect("needs:directory", request.cluster.slug)
    form = TitleForm(request.POST or None, initial=_named_after(needs, _country(request)))
    problem = ""
    if request.method == "POST":
        goal, problem = _chosen_goal(request, form)
        if goal is not None:
            notify(request, linked_notice(services.link_needs(goal=goal, needs=needs)))
            return redirect("goals:detail", request.cluster.slug, goal.pk)
    context = {
        "needs": needs,
        "form": form,
        "problem": problem,
        "goals": list(queries.standing_goals(request.cluster)),
        "proposals": _proposals(request, needs),
        "choice": request.POST.get("goal", ""),
    }
    return render(request, "goals/answer.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may="goals.change_goal")
def goal_of_topic(request: ClusterRequest, topic_id: int) -> HttpResponse:
    """Make a goal of all needs of the topic that no goal answers, named after the topic."""
    topic = get_object_or_404(NeedTopic, pk=topic_id, cluster=request.cluster)
    needs = list(needs_of(request.cluster).filter(without_goal(), topic=topic, merged_into=None))
    if not needs:
        notify(request, _("All needs under “%(topic)s” have a goal by now.") % {"topic": topic})
        return redirect("goals:overview", request.cluster.slug)
    goal = services.create_own_goal(
        cluster=request.cluster, family=family_for(topic.kind), title=names_of(topic), needs=needs
    )
    undo = reverse("goals:delete", args=[request.cluster.slug, goal.pk])
    notify(request, _("A goal has been made. Give it the words that fit."), undo_url=undo)
    return redirect("goals:edit", request.cluster.slug, goal.pk)


def _meant(request: ClusterRequest) -> list[Need]:
    searched = NeedFilter.read(request.GET.dict())
    if searched.is_narrowed and "needs" not in request.POST and "needs" not in request.GET:
        return list(listed_needs(request.cluster, replace(searched, orphans="1", merged=""))[:MOST_NEEDS])
    return list(ticked_needs(request))


def _named_after(needs: list[Need], country: str) -> dict[str, Any]:
    """Return a first title: the topic, where all needs share it, with the country that was looked at."""
    initial: dict[str, Any] = {
        "family": family_for(Counter(need.kind for need in needs).most_common(1)[0][0])
    }
    if len({need.topic_id for need in needs}) == 1:
        for language, text in names_of(needs[0].topic).items():
            named = f"{text}: {country_name(country, language)}" if country else text
            initial[f"title_{language}"] = named
    return initial


def _country(request: ClusterRequest) -> str:
    country = NeedFilter.read(request.GET.dict()).country
    return "" if country == NOWHERE else country


def _proposals(request: ClusterRequest, needs: list[Need]) -> list[CatalogueGoal]:
    """Return goals of the catalogue that these kinds of need lead to and that are not adopted yet."""
    kinds = Counter(need.kind for need in needs)
    adopted = set(Goal.objects.filter(cluster=request.cluster).values_list("catalogue_code", flat=True))
    fitting = [
        (sum(kinds[kind] for kind in goal.need_kinds), goal)
        for goal in goals_by_code().values()
        if goal.code not in adopted
    ]
    ranked = sorted((pair for pair in fitting if pair[0]), key=lambda pair: -pair[0])
    return [goal for _number, goal in ranked[:MOST_PROPOSALS]]


def _chosen_goal(request: ClusterRequest, form: TitleForm) -> tuple[Goal | None, str]:
    """Return the goal that was chosen, adopted or written, or the sentence that says what is missing."""
    choice = request.POST.get("goal", "")
    kind, _colon, key = choice.partition(":")
    try:
        if kind == "goal":
            found = queries.standing_goals(request.cluster).filter(pk=number_in(key)).first()
            return (found, "") if found else (None, explain(GoalError("goal.nothing_chosen")))
        if kind == "catalogue":
            return services.adopt_goal(cluster=request.cluster, code=key), ""
        if choice == "new":
            if not form.is_valid():
                return None, explain(GoalError("goal.no_title"))
            family = form.cleaned_data["family"]
            return services.create_own_goal(
                cluster=request.cluster, family=family, title=form.texts("title")
            ), ""
    except GoalError as problem:
        return None, explain(problem)
    return None, explain(GoalError("goal.nothing_chosen"))
