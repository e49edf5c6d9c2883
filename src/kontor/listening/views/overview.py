"""Hear your members: four ways, how far each is, and what helps most now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.access import tabs
from kontor.listening.models import Board, CallCampaign, Survey
from kontor.listening.queries.overview import Round, Ways, closes_soon, ways
from kontor.needs.queries import Heard, heard
from kontor.ui.components import NextStep


@cluster_view(may="listening.view_answers")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show the ways to listen with their latest rounds."""
    now = timezone.now()
    state = heard(request.cluster, timezone.localdate(now))
    found = ways(request.cluster, now)
    context: dict[str, Any] = {
        "state": state,
        "step": next_step(request.cluster, state, found),
        "ways": found,
        "open_board": next((each for each in found.boards if _is_open(each)), None),
    }
    return render(request, "listening/overview.html", tabs(request) | context)


def next_step(cluster: Cluster, state: Heard, found: Ways) -> NextStep | None:
    """Return what helps most now: what is due today, then what ends soon, then who is still silent."""
    due = next((each for each in found.campaigns if each.due and _runs(each)), None)
    if due is not None:
        text = ngettext(
            "%(number)s member expects a call back by today.",
            "%(number)s members expect a call back by today.",
            due.due,
        ) % {"number": due.due}
        return NextStep(text, _("To the call list"), _to(cluster, "call-campaign", due))
    ending = next((each for each in found.surveys if closes_soon(each, timezone.now())), None)
    if ending is not None:
        sentence = _("“%(name)s” closes in a few days, and fewer than half have answered.")
        return NextStep(sentence % {"name": ending.name}, _("Remind them"), _to(cluster, "survey", ending))
    return _for_the_silent(cluster, state, found) if state.members else None


def _for_the_silent(cluster: Cluster, state: Heard, found: Ways) -> NextStep | None:
    if not state.heard and not found.surveys:
        sentence = _("Nobody has been heard yet. A short survey reaches all members at once.")
        return NextStep(sentence, _("Prepare a survey"), reverse("listening:survey-new", args=[cluster.slug]))
    if not state.silent:
        return None
    text = ngettext(
        "%(silent)s member has not said anything yet.",
        "%(silent)s members have not said anything yet.",
        state.silent,
    ) % {"silent": state.silent}
    running = next((each for each in found.campaigns if _runs(each)), None)
    if running is not None:
        return NextStep(text, _("Go on calling"), _to(cluster, "call-campaign", running))
    return NextStep(
        text, _("Begin a phone campaign"), reverse("listening:call-campaign-new", args=[cluster.slug])
    )


def _runs(each: Round) -> bool:
    return each.state in (CallCampaign.State.RUNNING, Survey.State.RUNNING)


def _is_open(each: Round) -> bool:
    return each.state in (Board.Phase.COLLECTING, Board.Phase.GROUPING, Board.Phase.WEIGHING)


def _to(cluster: Cluster, name: str, each: Round) -> str:
    return reverse(f"listening:{name}", args=[cluster.slug, each.pk])
