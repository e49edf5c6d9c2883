"""Sort the ideas of a board: groups, what stands in them, what is taken off."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.forms_boards import GroupForm
from kontor.listening.models import Board, BoardGroup
from kontor.listening.problems import ListeningError
from kontor.listening.services import boards as services
from kontor.listening.views.boards.desk import MAY, answer, board_of
from kontor.ui.errors import explain
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify

NEW = "new"


@require_POST
@cluster_view(may=MAY)
def ideas(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Move the ticked ideas under a heading, an old or a new one, or take them off the board."""
    board = board_of(request, board_id)
    chosen = _chosen(request.POST.getlist("ideas"))
    target = request.POST.get("target", "")
    try:
        if "hide" in request.POST:
            _hide(request, board, chosen)
        elif target == NEW:
            services.add_group(board=board, title=request.POST.get("title", ""), ideas=chosen)
        else:
            services.place_ideas(board=board, ideas=chosen, group=_target(board, target))
    except ListeningError as error:
        return answer(request, board, error)
    return answer(request, board)


@require_POST
@cluster_view(may=MAY)
def show(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Put ideas back on the board; the numbers stand in the address, or in a form."""
    board = board_of(request, board_id)
    chosen = _chosen([*request.GET.getlist("ideas"), *request.POST.getlist("hidden")])
    try:
        services.show_ideas(board=board, ideas=chosen)
    except ListeningError as error:
        return answer(request, board, error)
    return answer(request, board)


@require_POST
@cluster_view(may=MAY)
def add(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Make a group, empty or of the ideas named."""
    board = board_of(request, board_id)
    chosen = _chosen(request.POST.getlist("ideas"))
    try:
        services.add_group(board=board, title=request.POST.get("title", ""), ideas=chosen)
    except ListeningError as error:
        return answer(request, board, error)
    return answer(request, board)


@cluster_view(may=MAY)
def group(request: ClusterRequest, board_id: int, group_id: int) -> HttpResponse:
    """Change heading and topic of a group."""
    board, row = _group(request, board_id, group_id)
    stored = {"title": row.title, "topic": row.topic_id}
    form = GroupForm(request.POST or None, cluster=request.cluster, initial=stored)
    others = board.groups.exclude(pk=row.pk)
    context = {"form": form, "board": board, "group": row, "others": others, "version": row.version}
    status = 200
    if request.method == "POST":
        status, more = _change(request, row, form)
        if status == 200:
            return redirect("listening:board", request.cluster.slug, board.pk)
        context |= more
    return render(request, "listening/boards/group.html", context, status=status)


@require_POST
@cluster_view(may=MAY)
def shift(request: ClusterRequest, board_id: int, group_id: int) -> HttpResponse:
    """Move a group one place up or down."""
    board, row = _group(request, board_id, group_id)
    services.shift_group(group=row, by=-1 if request.POST.get("by") == "-1" else 1)
    return answer(request, board)


@require_POST
@cluster_view(may=MAY)
def merge(request: ClusterRequest, board_id: int, group_id: int) -> HttpResponse:
    """Put a group into another one."""
    board, row = _group(request, board_id, group_id)
    into = board.groups.filter(pk=number_in(request.POST.get("into", ""))).first()
    try:
        if into is None:
            raise ListeningError("board.group_gone")
        services.merge_group(group=row, into=into)
    except ListeningError as error:
        return answer(request, board, error)
    text = _("“%(group)s” is now part of “%(into)s”.")
    notify(request, text % {"group": row.title, "into": into.title})
    return answer(request, board)


@require_POST
@cluster_view(may=MAY)
def remove(request: ClusterRequest, board_id: int, group_id: int) -> HttpResponse:
    """Drop a heading; its ideas are unsorted again."""
    board, row = _group(request, board_id, group_id)
    try:
        services.remove_group(group=row)
    except ListeningError as error:
        return answer(request, board, error)
    notify(request, _("The heading is gone; its ideas are unsorted again."))
    return answer(request, board)


def _group(request: ClusterRequest, board_id: int, group_id: int) -> tuple[Board, BoardGroup]:
    board = board_of(request, board_id)
    return board, get_object_or_404(BoardGroup, pk=group_id, board=board, cluster=request.cluster)


def _chosen(typed: list[str]) -> list[int]:
    return sorted({number for text in typed if (number := number_in(text))})


def _target(board: Board, typed: str) -> BoardGroup | None:
    """Return the group that is meant, None for "not sorted"; what is neither is refused."""
    if typed == "0":
        return None
    found = board.groups.filter(pk=number_in(typed)).first()
    if found is None:
        raise ListeningError("board.group_gone")
    return found


def _hide(request: ClusterRequest, board: Board, chosen: list[int]) -> None:
    number = services.hide_ideas(board=board, ideas=chosen)
    url = reverse("listening:board-ideas-show", args=[request.cluster.slug, board.pk])
    text = ngettext("%(n)s idea taken off the board.", "%(n)s ideas taken off the board.", number)
    if request.headers.get("X-Board-Part") != "1":
        notify(request, text % {"n": number}, undo_url=f"{url}?{urlencode({'ideas': chosen}, doseq=True)}")


def _change(request: ClusterRequest, row: BoardGroup, form: GroupForm) -> tuple[int, dict[str, object]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.change_group(group=row, expected_version=number_in(version), **form.cleaned_data)
    except EditConflict as conflict:
        now = conflict.current
        current = {"title": getattr(now, "title", ""), "topic": getattr(now, "topic_id", None)}
        version = str(getattr(now, "version", 0))
        return 409, {"has_conflict": True, "conflict": differences(form, current), "version": version}
    except ListeningError as problem:
        form.add_error(None, explain(problem))
        return 422, {"version": version}
    return 200, {}
