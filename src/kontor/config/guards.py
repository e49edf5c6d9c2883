"""What never reaches a view or a log: bodies that fill the disk, characters that no text holds, tokens."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

# The largest form takes 200 MB of files (CORDIS); a body is stored before anybody asks who sent it.
LARGEST_BODY_BYTES = 220_000_000
# Part of an address; ours have 43 characters, those of new passwords a few more.
TOKEN = re.compile(r"/[\w-]{40,}(?![\w-])")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class LimitedBody:
    """Answers 413 to a request that announces too much, and hangs up on one that sends too much."""

    def __init__(self, application: Application, most: int = LARGEST_BODY_BYTES) -> None:
        self.application = application
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        if _announced(scope) > self.most:
            await _refuse(send)
            return
        received = 0

        async def counted() -> Mapping[str, Any]:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message if received <= self.most else {"type": "http.disconnect"}

        await self.application(scope, counted, send)


def _announced(scope: Scope) -> int:
    length = dict(scope.get("headers", ())).get(b"content-length", b"")
    return int(length) if length.isdigit() and len(length) <= 18 else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"This is more than Kontor takes at once.\n"})


class NoNulCharacters:
    """Answers 400 where a query, a cookie or a form holds U+0000: PostgreSQL stores it nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address and the cookies before the session is looked up."""
        _require_plain(_texts(request.GET.lists()))
        _require_plain(request.COOKIES.values())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Look at the form before the view does."""
        _require_plain(_texts(request.POST.lists()))


def _texts(lists: Iterable[tuple[str, list[Any]]]) -> Iterable[str]:
    return (str(text) for name, values in lists for text in (name, *values))


def _require_plain(texts: Iterable[str]) -> None:
    if any("\x00" in text for text in texts):
        raise BadRequest("U+0000")


class HideTokens(logging.Filter):
    """Takes the tokens of signed links out of what is logged: whoever reads the log must not open them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, its addresses without tokens."""
        record.msg, record.args = TOKEN.sub("/…", record.getMessage()), ()
        return True
