"""What a phone in the hall sees and sends."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kontor.listening.live import live_key
from kontor.listening.models import Board
from kontor.listening.problems import ListeningError
from kontor.listening.queries import boards as queries
from kontor.listening.services import boards as services
from kontor.listening.services.boards.codes import read_code
from kontor.listening.services.boards.taking_part import LONGEST_IDEA
from kontor.listening.views.boards.door import (
    PhoneRequest,
    phone_view,
    refused,
    remember,
    wants_json,
)
from kontor.ui.errors import explain
from kontor.ui.forms import number_in

POINTS = "points-"


@require_GET
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Let people type the code from the screen."""
    typed = request.GET.get("code", "")
    if code := read_code(typed):
        return redirect("board:phone", code)
    problem = _("A code has eight letters and digits. Please compare it with the screen.") if typed else ""
    context = {"typed": typed[:40], "problem": problem}
    return render(request, "listening/boards/enter.html", context, status=422 if problem else 200)


@require_GET
@phone_view
def phone(request: PhoneRequest) -> HttpResponse:
    """Show what can be done now; `?part=1` is what the page's script fetches when that changes."""
    return _show(request)


@require_POST
@phone_view
def join(request: PhoneRequest) -> HttpResponseBase:
    """Take part; coming back with the same phone changes nothing."""
    if request.participant is not None:
        return redirect("board:phone", request.board.code)
    said = request.POST.get("organisation", "")
    try:
        _participant, token = services.join_board(board=request.board, said_organisation=said)
    except ListeningError as error:
        return _show(request, problem=explain(error), status=422)
    response = redirect("board:phone", request.board.code)
    remember(response, request.board, token)
    return response


@require_POST
@phone_view
def send(request: PhoneRequest) -> HttpResponseBase:
    """Take an idea; the answer is given once it is stored."""
    if request.participant is None:
        return _not_joined(request)
    text = request.POST.get("text", "")
    try:
        services.send_idea(participant=request.participant, text=text, sent_as=_number(request))
    except ListeningError as error:
        if wants_json(request):
            return refused(error)
        return _show(request, problem=explain(error), text=text, status=422)
    if wants_json(request):
        return JsonResponse({"saved": request.POST.get("sent_as", "")}, status=201)
    return redirect("board:phone", request.board.code)


@require_POST
@phone_view
def weigh(request: PhoneRequest) -> HttpResponseBase:
    """Take the points of one phone, all at once."""
    if request.participant is None:
        return _not_joined(request)
    points, is_sound = _points(request)
    try:
        if not is_sound:
            raise ListeningError("board.points_no_number")
        services.give_points(participant=request.participant, points=points)
    except ListeningError as error:
        if wants_json(request):
            return refused(error)
        return _show(request, problem=explain(error), points=points, status=422)
    if wants_json(request):
        left = request.board.points - sum(points.values())
        return JsonResponse({"left": left, "saved": _("Saved.")})
    return redirect("board:phone", request.board.code)


def _not_joined(request: PhoneRequest) -> HttpResponseBase:
    """The cookie is gone or the board's code is new: the text stays with the phone, which joins again."""
    if wants_json(request):
        return refused(ListeningError("board.not_joined"))
    problem = explain(ListeningError("board.not_joined"))
    return _show(request, problem=problem, text=request.POST.get("text", ""), status=422)


def _number(request: HttpRequest) -> uuid.UUID:
    """Return the phone's own number of an idea; one that is none makes the words their own number."""
    try:
        return uuid.UUID(request.POST.get("sent_as", ""))
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_OID, request.POST.get("text", "").strip())


def _points(request: HttpRequest) -> tuple[dict[int, int], bool]:
    """Return group → points as typed, and whether every one of them is a number."""
    points, is_sound = {}, True
    for name, typed in request.POST.items():
        group = number_in(name.removeprefix(POINTS)) if name.startswith(POINTS) else 0
        if group:
            points[group] = number_in(str(typed).strip())
            is_sound &= str(typed).strip() in ("", "0") or points[group] > 0
    return points, is_sound


def _show(
    request: PhoneRequest,
    *,
    problem: str = "",
    text: str = "",
    points: dict[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    board, participant = request.board, request.participant
    context: dict[str, Any] = {
        "board": board,
        "participant": participant,
        "state": queries.phone_state_of(board),
        "live_key": live_key(board.pk),
        "problem": problem,
        "text": text,
        "longest": LONGEST_IDEA,
        "sent_as": uuid.uuid4(),
    }
    if participant is not None:
        context["own"] = queries.own_ideas(participant)
        if board.phase == Board.Phase.WEIGHING:
            given = queries.own_points(participant) if points is None else points
            groups = [(group, given.get(group.pk, 0)) for group in board.groups.all()]
            context |= {"groups": groups, "left": max(0, board.points - sum(given.values()))}
    if "part" in request.GET and request.method == "GET":
        # Without what the shell around a page needs: three hundred phones ask for this within seconds.
        context["csrf_token"] = get_token(request)
        return HttpResponse(render_to_string("listening/boards/partials/phone.html", context))
    return render(request, "listening/boards/phone.html", context, status=status)
