"""Whether anything is new, for phones that ask every few seconds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kontor.listening.live import MEMORY, board_in
from kontor.listening.queries.boards import phone_state
from kontor.ui.forms import number_in


@require_GET
@never_cache
def live(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the board's stage and phase, or 204 where the phone shows that stage; and keep the answer.

    Most phones never get here: `kontor.config.shortcut` answers them from what is kept.
    """
    board_id = board_in(key)
    state = phone_state(board_id) if board_id else None
    if state is None:
        return HttpResponse(status=404)
    answer = MEMORY.keep(key, state.stage, state.phase)
    if number_in(request.GET.get("since", "")) == answer.stage:
        return HttpResponse(status=204)
    return HttpResponse(answer.body, content_type="application/json")
