"""A real server with the demo cluster, and a real browser in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kontor.demo.people import DOMAIN, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Server:
    """Where the demo cluster is served."""

    address: str

    def url(self, path: str) -> str:
        """Return the full address of a path."""
        return f"{self.address}{path}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a fresh installation with the demo cluster, on the database that the tests run on."""
    port = free_port()
    address = f"http://localhost:{port}"
    with own_database(port) as database:
        environment = {
            **os.environ,
            "KONTOR_HOME": str(tmp_path_factory.mktemp("home")),
            "KONTOR_DATABASE_URL": database,
            "KONTOR_PUBLIC_URL": address,
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = [sys.executable, "-m", "kontor.config", "serve", "--demo", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(address, process)
            yield Server(address)
        finally:
            process.terminate()
            process.wait(timeout=20)


class own_database:  # noqa: N801 - reads as a sentence
    """A database of the server's own: "" for SQLite, else a new one beside the tests' on PostgreSQL."""

    def __init__(self, number: int) -> None:
        self.admin = os.environ.get("KONTOR_DATABASE_URL", "")
        self.name = f"kontor_browser_{number}"

    def __enter__(self) -> str:
        if not self.admin:
            return ""
        self._tell(f"CREATE DATABASE {self.name}")
        return f"{self.admin.rsplit('/', 1)[0]}/{self.name}"

    def __exit__(self, *_: object) -> None:
        if self.admin:
            self._tell(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _tell(self, statement: str) -> None:
        address = f"{self.admin.rsplit('/', 1)[0]}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail("The server ended before it answered.")
        try:
            urlopen(address, timeout=2)
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not answer within two minutes.")


def log_in(context: BrowserContext, server: Server, name: str) -> Page:
    """Log in through the form as one of the demo's people and return the page."""
    page = context.new_page()
    page.goto(server.url("/account/login/"))
    page.fill("input[name=login]", f"{name}@{DOMAIN}")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/nordlicht/")
    return page


@pytest.fixture(scope="module")
def states(browser: Browser, server: Server) -> dict[str, object]:
    """Return the logged-in state of the manager, so that each test need not log in again."""
    context = browser.new_context(viewport=DESKTOP)
    log_in(context, server, "leitung")
    state = context.storage_state()
    context.close()
    return {"leitung": state}


def context_for(
    browser: Browser,
    server: Server,
    states: dict[str, object],
    *,
    language: str,
    scheme: str,
    size: dict[str, int],
) -> BrowserContext:
    """Return a manager's window in a language, a colour scheme and a size."""
    context = browser.new_context(
        storage_state=states["leitung"],  # type: ignore[arg-type]
        viewport=size,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=language,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": server.address}])
    return context
