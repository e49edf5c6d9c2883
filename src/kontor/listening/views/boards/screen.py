"""The screen in the hall: needs no hand once it is open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.models import Board
from kontor.listening.queries import boards as queries
from kontor.listening.views.boards.desk import MAY, board_of, entrance
from kontor.ui.forms import number_in

# As many as a screen can hold and a hall can read.
NEWEST = 24


@cluster_view(may=MAY)
def screen(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Show the board to the hall; `?since=` asks for the live part only, 204 where nothing is new."""
    board = board_of(request, board_id)
    is_part = "since" in request.GET
    if is_part and number_in(request.GET["since"]) == board.revision:
        return HttpResponse(status=204)
    state = queries.phone_state_of(board)
    is_weighed = state.phase in (Board.Phase.WEIGHING, Board.Phase.CLOSED)
    found = queries.heaps(board)
    newest = sorted((idea for heap in found for idea in heap.ideas), key=lambda idea: -idea.pk)[:NEWEST]
    context = {
        "board": board,
        "state": state,
        "stand": queries.stand(board),
        "heaps": found,
        "newest": newest,
        "ranking": queries.ranked(found) if is_weighed else [],
        **entrance(board),
    }
    name = "partials/screen.html" if is_part else "screen.html"
    return render(request, f"listening/boards/{name}", context)
