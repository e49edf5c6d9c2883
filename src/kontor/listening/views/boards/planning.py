"""Boards: which there are, plan a new one, change one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.listening.forms_boards import BoardForm
from kontor.listening.models import Board
from kontor.listening.problems import ListeningError
from kontor.listening.queries.boards import boards_of
from kontor.listening.services import boards as services
from kontor.reports.model import Column
from kontor.ui.errors import explain
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify

MAY = "listening.moderate_board"
NUMBERS = ("idea_number", "phone_number")
FIELDS = ("name", "question", "language", "held_on", "points", "expires_at")


@cluster_view(may=MAY)
def boards(request: ClusterRequest) -> HttpResponse:
    """Show all boards, newest first."""
    page = Paginator(boards_of(request.cluster), 50).get_page(request.GET.get("page"))
    return render(request, "listening/boards/list.html", {"page": page})


@cluster_view(may=MAY)
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Hand out the list of boards as a file."""
    titles = (_("Board"), _("Question"), _("Day"), _("State"), _("Ideas"), _("Phones"))
    rows = [
        (
            *(board.name, board.question, board.held_on, board.get_phase_display()),
            *(getattr(board, number) for number in NUMBERS),
        )
        for board in boards_of(request.cluster)
    ]
    return list_file(_("Boards"), [Column(title) for title in titles], rows, form, cluster=request.cluster)


@cluster_view(may=MAY)
def create(request: ClusterRequest) -> HttpResponse:
    """Plan a board."""
    form = BoardForm(request.POST or None, initial=BoardForm.usual())
    if request.method == "POST" and form.is_valid():
        try:
            board = services.create_board(cluster=request.cluster, **form.cleaned_data)
        except ListeningError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The board is ready. Open it when everybody is seated."))
            return redirect("listening:board", request.cluster.slug, board.pk)
    status = 422 if form.is_bound else 200
    return render(request, "listening/boards/form.html", {"form": form}, status=status)


@cluster_view(may=MAY)
def edit(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Change a board; who comes second is shown both versions."""
    board = get_object_or_404(Board, pk=board_id, cluster=request.cluster)
    form = BoardForm(request.POST or None, initial=_stored(board))
    context: dict[str, Any] = {"form": form, "board": board, "version": board.version}
    if request.method != "POST":
        return render(request, "listening/boards/form.html", context)
    status, more = _save(request, board, form)
    if status != 200:
        return render(request, "listening/boards/form.html", context | more, status=status)
    notify(request, _("The board has been saved."))
    return redirect("listening:board", request.cluster.slug, board.pk)


def _save(request: ClusterRequest, board: Board, form: BoardForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.change_board(board=board, expected_version=number_in(version), **form.cleaned_data)
    except EditConflict as conflict:
        stored = _stored(conflict.current)
        return 409, {
            "has_conflict": True,
            "conflict": differences(form, stored),
            "version": getattr(conflict.current, "version", 0),
        }
    except ListeningError as problem:
        form.add_error(None, explain(problem))
        return 422, {"version": version}
    return 200, {}


def _stored(board: Any) -> dict[str, Any]:
    return {name: getattr(board, name) for name in FIELDS}
