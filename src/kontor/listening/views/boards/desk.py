"""The moderator's desk: what state the board is in, what comes next, what has arrived."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services.mail import public_address
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.likeness import alike
from kontor.listening.live import MEMORY, live_key
from kontor.listening.models import Board
from kontor.listening.problems import ListeningError
from kontor.listening.qr import qr_code
from kontor.listening.queries import boards as queries
from kontor.listening.services import boards as services
from kontor.ui.errors import explain
from kontor.ui.forms import number_in

MAY = "listening.moderate_board"
PHASES = (Board.Phase.WAITING, Board.Phase.COLLECTING, Board.Phase.GROUPING, Board.Phase.WEIGHING)
MOST_SUGGESTIONS = 8


@cluster_view(may=MAY)
def desk(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Show the board; `?since=` asks for its live part only, 204 where nothing is new."""
    board = board_of(request, board_id)
    if "since" in request.GET:
        if number_in(request.GET["since"]) == board.revision:
            return HttpResponse(status=204)
        return render(request, "listening/boards/partials/desk.html", desk_context(board))
    return render(request, "listening/boards/desk.html", desk_context(board))


@require_POST
@cluster_view(may=MAY)
def phase(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Lead the board on, or back."""
    board = board_of(request, board_id)
    try:
        services.move_to(board=board, phase=request.POST.get("phase", ""))
    except ListeningError as error:
        return answer(request, board, error)
    MEMORY.forget(live_key(board.pk))
    return answer(request, board)


def board_of(request: ClusterRequest, board_id: int) -> Board:
    """Return the cluster's board, or 404."""
    return get_object_or_404(Board.objects.select_related("cluster"), pk=board_id, cluster=request.cluster)


def answer(request: ClusterRequest, board: Board, error: ListeningError | None = None) -> HttpResponse:
    """Answer what was done at the desk: its live part to the page's script, the page to a plain form."""
    is_part = request.headers.get("X-Board-Part") == "1"
    if error is None and not is_part:
        return redirect("listening:board", request.cluster.slug, board.pk)
    board.refresh_from_db()
    context = desk_context(board) | {"problem": explain(error) if error else ""}
    name = "partials/desk.html" if is_part else "desk.html"
    return render(request, f"listening/boards/{name}", context, status=422 if error else 200)


def desk_context(board: Board) -> dict[str, Any]:
    """Return what the desk shows. `board` was read first, so what is newer is shown again, never missed."""
    found = queries.heaps(board)
    unsorted = {idea.pk: idea for idea in found[0].ideas}
    is_sorting = board.phase in (Board.Phase.GROUPING, Board.Phase.WEIGHING)
    texts = {pk: idea.text for pk, idea in unsorted.items()} if is_sorting else {}
    likes = alike(texts, board.question)
    suggestions = [
        {"words": each.words, "title": title_of(each.words), "ideas": [unsorted[pk] for pk in each.ideas]}
        for each in likes[:MOST_SUGGESTIONS]
    ]
    return {
        "board": board,
        "state": queries.phone_state_of(board),
        "stand": queries.stand(board),
        "heaps": found,
        "groups": [heap.group for heap in found if heap.group],
        "hidden": queries.hidden_ideas(board),
        "suggestions": suggestions,
        "is_sorting": is_sorting,
        "steps": [_("Not open yet"), _("Collect ideas"), _("Sort"), _("Give points"), _("Closed")],
        "step_number": Board.Phase.values.index(queries.phone_state_of(board).phase) + 1,
        **entrance(board),
    }


def entrance(board: Board) -> dict[str, Any]:
    """Return how people get in: the address, what stands before the code in it, and the QR code."""
    address = public_address(reverse("board:phone", args=[board.code]))
    short = public_address(reverse("board:enter")).split("://", 1)[-1].rstrip("/")
    label = _("QR code that opens %(address)s") % {"address": f"{short}/{board.code}"}
    return {"address": address, "short": short, "qr": qr_code(address, label)}


def title_of(words: tuple[str, ...]) -> str:
    """Return a first heading made of the words that ideas share."""
    return ", ".join(words[:3])
