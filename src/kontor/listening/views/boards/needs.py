"""From ideas to needs: whose they were, what they are about, then all in one step."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.folding import folded
from kontor.actors.models import Organisation
from kontor.listening.models import Board
from kontor.listening.problems import ListeningError
from kontor.listening.queries import boards as queries
from kontor.listening.queries.board_needs import speakers, transfer_state
from kontor.listening.services import boards as services
from kontor.listening.views.boards.desk import MAY, board_of
from kontor.needs.models import NeedTopic
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

NAME, TOPIC = "name-", "topic-"


@cluster_view(may=MAY)
def needs(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Show what can become a need and what is missing; posting takes over whatever is complete."""
    board = board_of(request, board_id)
    if request.method != "POST":
        return _show(request, board)
    done = services.take_as_needs(board=board)
    text = ngettext("%(n)s need has been recorded.", "%(n)s needs have been recorded.", done.needs)
    notify(request, text % {"n": done.needs})
    return redirect("listening:board-needs", request.cluster.slug, board.pk)


@require_POST
@cluster_view(may=MAY)
def topics(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Say which topic each group is about."""
    board = board_of(request, board_id)
    known = {topic.pk: topic for topic in NeedTopic.objects.filter(cluster=request.cluster)}
    typed = {name: number_in(str(value)) for name, value in request.POST.items() if name.startswith(TOPIC)}
    chosen = {number_in(name.removeprefix(TOPIC)): known.get(number) for name, number in typed.items()}
    try:
        if any(number and number not in known for number in typed.values()):
            raise ListeningError("board.topic_elsewhere")
        services.set_topics(board=board, topics=chosen)
    except ListeningError as error:
        return _show(request, board, problem=explain(error))
    notify(request, _("The topics have been saved."))
    return redirect("listening:board-needs", request.cluster.slug, board.pk)


@require_POST
@cluster_view(may=MAY)
def names(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Say which organisation stands behind what was typed; a name that nobody bears loses nothing typed."""
    board = board_of(request, board_id)
    typed = {
        number_in(name.removeprefix(NAME)): str(value).strip()
        for name, value in request.POST.items()
        if name.startswith(NAME)
    }
    try:
        named = _named(board, typed)
        services.name_organisations(board=board, named=named)
    except ListeningError as error:
        return _show(request, board, problem=explain(error), typed=typed)
    notify(request, _("The organisations have been saved."))
    return redirect("listening:board-needs", request.cluster.slug, board.pk)


def _named(board: Board, typed: dict[int, str]) -> dict[int, Organisation | None]:
    """Return participant → organisation for what was typed; every phone that typed the same is meant too."""
    by_name = queries.organisations_by_name(board.cluster)
    named: dict[int, Organisation | None] = {}
    for speaker in speakers(board):
        name = typed.get(speaker.first)
        if name is None:
            continue
        organisation = by_name.get(folded(name)) if name else None
        if name and organisation is None:
            raise ListeningError("board.organisation_unknown", name=name)
        named |= dict.fromkeys(speaker.participants, organisation)
    return named


def _show(
    request: ClusterRequest, board: Board, *, problem: str = "", typed: dict[int, str] | None = None
) -> HttpResponse:
    found = speakers(board)
    context = {
        "board": board,
        "problem": problem,
        "state": transfer_state(board),
        "speakers": [(each, (typed or {}).get(each.first, each.name)) for each in found],
        "names": sorted(queries.organisations_by_name_shown(board.cluster)),
        "groups": board.groups.select_related("topic"),
        "topics": NeedTopic.objects.filter(cluster=request.cluster).order_by("kind", "code"),
    }
    status = 422 if problem else 200
    return render(request, "listening/boards/needs.html", context, status=status)
