"""`serve`, `worker`, `demo`: Kontor at work."""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import webbrowser
from typing import Any

from kontor.config.commands.preparing import prepare
from kontor.config.progress import bar


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    serve = commands.add_parser("serve", help="start Kontor")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    serve.add_argument("--demo", action="store_true", help="load the demo cluster first where it is missing")
    serve.add_argument("--open", action="store_true", help="open the browser")
    serve.set_defaults(run=run_serve)

    worker = commands.add_parser("worker", help="carry out background work until stopped")
    worker.set_defaults(run=run_worker)

    demo = commands.add_parser("demo", help="load the demo cluster, or bring it back to its first state")
    demo.add_argument("--fresh", action="store_true", help="remove the demo cluster first")
    demo.set_defaults(run=run_demo)


def run_serve(call: argparse.Namespace) -> int:
    """Prepare the installation, say where it is, and serve until stopped."""
    from django.conf import settings

    _refuse_busy_port(call.host, call.port)
    prepare()
    logins = load_demo(is_fresh=False) if call.demo else ""
    is_own = call.host in ("127.0.0.1", "0.0.0.0")  # noqa: S104  # nosec: compared, not bound to
    address = f"http://{'localhost' if is_own else call.host}:{call.port}"
    sys.stdout.write(f"{logins}\n{_first_steps()}Kontor is at {address}   (stop with Ctrl+C)\n")
    sys.stdout.flush()
    if call.open:
        threading.Timer(1.5, webbrowser.open, args=(address,)).start()
    stop = threading.Event()
    if settings.WORKER_IN_SERVER:
        from kontor.jobs.worker import run_worker as work

        threading.Thread(target=work, args=(stop,), daemon=True, name="worker").start()
    return _listen(call.host, call.port, stop)


def _listen(host: str, port: int, stop: threading.Event) -> int:
    import uvicorn

    try:
        uvicorn.run(
            "kontor.config.asgi:application", host=host, port=port, log_level="warning", lifespan="off"
        )
    finally:
        stop.set()
    return 0


def _refuse_busy_port(host: str, port: int) -> None:
    from kontor.config.command import Refused

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"{host}:{port} is taken. Stop what runs there, or choose another: --port {port + 1}"
            raise Refused(message) from error


def _first_steps() -> str:
    from kontor.accounts.models import User
    from kontor.accounts.services.setup import setup_code

    if User.objects.exists():
        return ""
    return f"Nobody has an account yet. Open /start/ and enter the setup code {setup_code()}\n"


def run_worker(_call: argparse.Namespace) -> int:
    """Carry out background work until stopped."""
    from kontor.jobs.worker import run_worker as work

    prepare()
    sys.stdout.write("Kontor's worker is waiting for work   (stop with Ctrl+C)\n")
    sys.stdout.flush()
    work(threading.Event())
    return 0


def run_demo(call: argparse.Namespace) -> int:
    """Load the demo cluster and print its logins."""
    prepare()
    sys.stdout.write(load_demo(is_fresh=call.fresh) + "\n")
    return 0


def load_demo(*, is_fresh: bool) -> str:
    """Load the demo cluster where it is missing; return the sentence with its logins."""
    from kontor.demo.build import build_demo

    with bar("Demo cluster") as progress:
        logins = build_demo(is_fresh=is_fresh, on_progress=progress)
    width = max(len(login.email) for login in logins)
    lines = [f"  {login.email:<{width}}  {login.role}" for login in logins]
    return "\n".join([f"Demo logins (password for all: {logins[0].password})", *lines])
