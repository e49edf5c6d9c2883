"""`python -m bench.board`: 300 phones at one board of a real server; what is lost, and how long people wait.

Starts `kontor serve` on a free port of the loopback, with a folder (and, where KONTOR_DATABASE_URL is set,
a database) of its own. The phones join, send their ideas in bursts and one by one, some of them twice, ask
every three seconds whether anything is new, and give points when the moderator asks for them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.phones import Phone, Times

PHONES = 300
ASKED_MS = 500
POLL_SECONDS = 3.0
SPREAD_SECONDS, THINK_SECONDS = 1.5, 8.0
JOIN_SECONDS, COLLECT_SECONDS, WEIGH_SECONDS = 20.0, 45.0, 25.0
BURST, BURST_SECONDS = 100, 2.0


def main() -> None:
    """Measure and print; the installation is not touched."""
    home = Path(tempfile.mkdtemp(prefix="kontor-board-"))
    try:
        with own_database() as database:
            os.environ["KONTOR_HOME"], os.environ["KONTOR_DATABASE_URL"] = str(home), database
            os.environ["DJANGO_SETTINGS_MODULE"] = "kontor.config.settings"
            prepare_installation()
            measure("PostgreSQL" if database else "SQLite")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare_installation() -> None:
    """Make the tables, so that the server finds them."""
    import django

    from kontor.config.messages import compile_messages

    compile_messages()
    django.setup()
    from kontor.config.commands.preparing import prepare

    prepare()


def measure(database: str) -> None:
    """Run the meeting and print what it was like."""
    board = new_board()
    with served() as port:
        meeting = Meeting(board, port)
        asyncio.run(meeting.run())
    tell(database, meeting)


class Meeting:
    """The phones of one meeting, and what the server has confirmed to them."""

    def __init__(self, board: object, port: int) -> None:
        self.board = board
        self.times = Times()
        self.dice = random.Random(2026)
        self.phones = [Phone(port, self.times) for _ in range(PHONES)]
        self.path = f"/b/{board.code}/"  # type: ignore[attr-defined]
        self.live = ""
        self.stage = ""
        self.confirmed: set[str] = set()
        self.given: dict[int, int] = {}
        self.is_over = False

    async def run(self) -> None:
        """Join, collect, weigh; everybody asks for news all the while."""
        await asyncio.gather(*(self.join(number) for number in range(PHONES)))
        asking = [asyncio.create_task(self.follow(number)) for number in range(PHONES)]
        await asyncio.gather(*(self.send(number) for number in range(PHONES)))
        await asyncio.to_thread(open_weighing, self.board)
        await asyncio.sleep(WEIGH_SECONDS)
        self.is_over = True
        await asyncio.gather(*asking)
        for phone in self.phones:
            phone.close()

    async def join(self, number: int) -> None:
        """Scan the code and take part."""
        await asyncio.sleep(self.dice.random() * JOIN_SECONDS)
        phone = self.phones[number]
        page = (await phone.get("page", self.path)).body.decode()
        await phone.post("join", f"{self.path}join/", {"organisation": f"Sensorwerk {number} GmbH"})
        own = (await phone.get("page", self.path)).body.decode()
        if "data-joined" not in own:
            self.times.errors.append("join: not joined")
        self.live = page.split('data-live-url="')[1].split('"')[0]
        self.stage = page.split('data-stage="')[1].split('"')[0]

    async def send(self, number: int) -> None:
        """Send an idea: two hundred phones in two bursts, the others when they like; one in ten twice."""
        burst = number // BURST
        begin = (5.0 + 15.0 * burst) if burst < 2 else 0.0
        await asyncio.sleep(begin + self.dice.random() * (BURST_SECONDS if burst < 2 else COLLECT_SECONDS))
        fields = {"text": f"Idee {number}: ein Partner in Dänemark", "sent_as": str(uuid.uuid4())}
        # A second connection: a phone polls and sends at the same time.
        line = Phone(self.phones[number].port, self.times)
        line.cookies = self.phones[number].cookies
        for _ in range(2 if number % 10 == 0 else 1):
            if (await line.post("idea", f"{self.path}ideas/", fields)).status == 201:
                self.confirmed.add(fields["text"])
        line.close()

    async def follow(self, number: int) -> None:
        """Ask for news as the page's script does, and give points once they are asked for."""
        phone, stage = self.phones[number], self.stage
        await asyncio.sleep(self.dice.random() * POLL_SECONDS)
        while not self.is_over:
            reply = await phone.get("poll", f"{self.live}?since={stage}")
            if reply.status == 200:
                stage = str(json.loads(reply.body)["stage"])
                await self.weigh(number, phone)
            await asyncio.sleep(POLL_SECONDS * (0.75 + self.dice.random() / 2))

    async def weigh(self, number: int, phone: Phone) -> None:
        """Fetch the groups as the page does, think for a few seconds, give points, and change one's mind."""
        await asyncio.sleep(self.dice.random() * SPREAD_SECONDS)
        part = (await phone.get("part", f"{self.path}?part=1")).body.decode()
        groups = [piece.split('"')[0] for piece in part.split('name="points-')[1:]]
        if not groups:
            return
        for points in ("2", "3"):
            await asyncio.sleep(self.dice.random() * THINK_SECONDS)
            fields = {f"points-{self.dice.choice(groups)}": points}
            if (await phone.post("points", f"{self.path}points/", fields)).status == 200:
                self.given[number] = int(points)


def new_board() -> object:
    """Return a board that collects ideas."""
    from datetime import timedelta

    from django.utils import timezone

    from kontor.accounts.services import found_cluster
    from kontor.listening.services import boards

    board = boards.create_board(
        cluster=found_cluster(slug="bench", name="Bench", requires_second_factor=False),
        name="Jahrestreffen",
        question="Was brauchen Sie im Ausland?",
        held_on=timezone.localdate(),
        expires_at=timezone.now() + timedelta(hours=2),
    )
    boards.move_to(board=board, phase="collecting")
    return board


def open_weighing(board: object) -> None:
    """Do what the moderator does, in another process than the server: it must learn of it by itself."""
    from django.db import connection

    from kontor.listening.models import Board
    from kontor.listening.services import boards

    now = Board.objects.get(pk=board.pk)  # type: ignore[attr-defined]
    for title in ("Partner", "Märkte", "Fachkräfte", "Messen", "Förderung"):
        boards.add_group(board=now, title=title)
    boards.move_to(board=now, phase="weighing")
    connection.close()


def tell(database: str, meeting: Meeting) -> None:
    """Print the waits beside what is asked, and whether everything confirmed is stored, once."""
    from django.db.models import Sum

    from kontor.listening.models import BoardPoint, Idea

    write = sys.stdout.write
    write(f"\nBoard, {PHONES} phones, {database}\n")
    for kind, taken in sorted(meeting.times.taken.items()):
        ordered = sorted(taken)
        p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.5, 0.95, 0.99))
        write(
            f"  {kind:<8} {len(ordered):>6} × p50 {p50:>7.1f}  p95 {p95:>7.1f}  p99 {p99:>7.1f}"
            f"  max {ordered[-1]:>7.1f} ms   asked p95 ≤ {ASKED_MS} ms   {p95 / ASKED_MS:>5.2f}×\n"
        )
    stored = Counter(Idea.objects.values_list("text", flat=True))
    lost = meeting.confirmed - set(stored)
    doubled = [text for text, number in stored.items() if number > 1]
    given = BoardPoint.objects.aggregate(sum=Sum("points", default=0))["sum"]
    write(f"  ideas confirmed {len(meeting.confirmed)}, stored {sum(stored.values())}, asked {PHONES}; ")
    write(f"lost {len(lost)}, stored twice {len(doubled)}\n")
    write(f"  points confirmed {sum(meeting.given.values())}, stored {given}\n")
    write(f"  errors {len(meeting.times.errors)} {dict(Counter(meeting.times.errors)) or ''}\n")
    sys.stdout.flush()


@contextmanager
def served():
    """Serve the prepared installation on a free port; the server ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    root = Path(__file__).resolve().parents[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "src"),
        "KONTOR_PUBLIC_URL": f"http://localhost:{port}",
    }
    command = [sys.executable, "-m", "kontor.config", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers, within a minute."""
    for _ in range(300):
        if process.poll() is not None:
            sys.exit("The server ended before it answered.")
        try:
            urlopen(f"http://127.0.0.1:{port}/b/", timeout=2)
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not answer within a minute.")


@contextmanager
def own_database():
    """Yield "" for SQLite, else the address of a new database beside the one named."""
    address = os.environ.get("KONTOR_DATABASE_URL", "")
    if not address:
        yield ""
        return
    import psycopg

    server, name = address.rsplit("/", 1)[0], f"kontor_board_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


if __name__ == "__main__":
    main()
