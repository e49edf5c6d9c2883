"""The door of a board: its code, without an account, and the cookie by which a phone is known again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from kontor.accounts.services.tokens import hash_of
from kontor.accounts.views.limits import count_wrong_guess, has_guessed_too_often
from kontor.accounts.views.wall import speak, unlisted
from kontor.listening.models import Board, BoardParticipant
from kontor.listening.problems import ListeningError
from kontor.listening.services.boards.codes import read_code
from kontor.ui.errors import explain

COOKIE = "kontor_board"
GUESS = "board_code"

View = Callable[..., HttpResponseBase]


class PhoneRequest(HttpRequest):
    """A request that came with a board's code: to which board, from which participant, if known."""

    board: Board
    participant: BoardParticipant | None


def phone_view(view: Callable[[PhoneRequest], HttpResponseBase]) -> View:
    """Let a view be seen by whoever holds the board's code; the route is `/b/<code>/…`.

    Wrong codes are counted by network address, and after too many of them no new phone from there gets in
    for a while. Phones that take part already are always let in: a hall shares one address.
    """

    @never_cache
    @unlisted
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponseBase:
        code = read_code(token)
        entered = cast("PhoneRequest", request)
        entered.participant = _participant(request, code) if code else None
        if entered.participant is None:
            if has_guessed_too_often(request, GUESS):
                return render(request, "429.html", status=429)
            board = Board.objects.select_related("cluster").filter(code=code).first() if code else None
            if board is None:
                count_wrong_guess(request, GUESS)
                return render(request, "listening/boards/unknown.html", status=404)
            entered.board = board
        else:
            entered.board = entered.participant.board
        if token != code:
            return redirect("board:phone", code)
        speak(request, entered.board.language)
        return view(entered)

    return guarded


def remember(response: HttpResponse, board: Board, token: str) -> None:
    """Give the phone the cookie by which it is known again, for this board's address only."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=_salt(board.code),
        expires=board.expires_at,
        path=f"/b/{board.code}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def wants_json(request: HttpRequest) -> bool:
    """True where the page's script asks, not a plain form."""
    return request.headers.get("Accept", "") == "application/json"


def refused(error: ListeningError) -> JsonResponse:
    """Tell the page's script why not; `code` lets it decide whether trying again makes sense."""
    return JsonResponse({"problem": explain(error), "code": error.code}, status=422)


def _participant(request: HttpRequest, code: str) -> BoardParticipant | None:
    """Return the participant whose cookie the phone carries. One query, none without a valid cookie."""
    token = request.get_signed_cookie(COOKIE, default="", salt=_salt(code))
    if not token:
        return None
    rows = BoardParticipant.objects.select_related("board__cluster")
    return rows.filter(key=hash_of(token), board__code=code).first()


def _salt(code: str) -> str:
    return f"{COOKIE}:{code}"
