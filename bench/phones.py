"""A phone in the hall, on the standard library alone: one connection, its cookies, one request at a time."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Times:
    """How long requests took, in milliseconds by kind, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes


class Phone:
    """Keeps its connection as browsers do and opens a new one where the server has closed it."""

    def __init__(self, port: int, times: Times) -> None:
        self.port = port
        self.times = times
        self.cookies: dict[str, str] = {}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, kind: str, path: str) -> Reply:
        """Ask for a page."""
        return await self.ask(kind, "GET", path, b"")

    async def post(self, kind: str, path: str, fields: dict[str, str]) -> Reply:
        """Send a form as the page's script does."""
        fields = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return await self.ask(kind, "POST", path, urlencode(fields).encode())

    async def ask(self, kind: str, method: str, path: str, body: bytes) -> Reply:
        """Return the reply and note how long it took, opening the connection included."""
        begun = time.perf_counter()
        try:
            reply = await asyncio.wait_for(self._exchange(method, path, body), timeout=30)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.times.errors.append(f"{kind}: {type(error).__name__}")
            self.close()
            return Reply(0, b"")
        self.times.taken[kind].append((time.perf_counter() - begun) * 1000)
        if reply.status >= 400:
            self.times.errors.append(f"{kind}: {reply.status}")
        return reply

    async def _exchange(self, method: str, path: str, body: bytes) -> Reply:
        is_kept = self.streams is not None
        try:
            return await self._try(method, path, body)
        except (OSError, asyncio.IncompleteReadError):
            # A kept connection may have been closed meanwhile; browsers try a new one too.
            if not is_kept:
                raise
            self.close()
            return await self._try(method, path, body)

    async def _try(self, method: str, path: str, body: bytes) -> Reply:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Content-Length: {len(body)}",
            "Content-Type: application/x-www-form-urlencoded",
            "Accept: application/json",
            "Accept-Language: de",
        ]
        head = "\r\n".join([*lines, f"Cookie: {cookies}"] if cookies else lines)
        writer.write(head.encode() + b"\r\n\r\n" + body)
        await writer.drain()
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> Reply:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, length, is_chunked = int(head[0].split()[1]), 0, False
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "transfer-encoding":
                is_chunked = "chunked" in value
            elif name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        body = await self._chunks(reader) if is_chunked else await reader.readexactly(length)
        return Reply(status, body)

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None
