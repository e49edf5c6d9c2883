"""Phones that ask whether anything is new are answered before Django begins."""

from __future__ import annotations

from urllib.parse import parse_qs

from kontor.config.guards import Application, Receive, Scope, Send
from kontor.listening.live import MEMORY

LIVE = "/b/live/"
_HEADERS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


class Shortcut:
    """Gives what `kontor.listening.live` remembers; whatever it does not know goes on to Django."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on."""
        is_live = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(LIVE)
        answer = MEMORY.recall(scope["path"][len(LIVE) :].rstrip("/")) if is_live else None
        if answer is None:
            await self.application(scope, receive, send)
            return
        since = parse_qs(scope["query_string"].decode("latin-1")).get("since", [""])[0]
        is_new = since != str(answer.stage)
        headers = [*_HEADERS, (b"content-type", b"application/json")] if is_new else _HEADERS
        status = 200 if is_new else 204
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body if is_new else b""})
