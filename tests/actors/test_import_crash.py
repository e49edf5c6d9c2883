"""A process that is killed in the middle of an import leaves nothing half written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.actors.importing import KIEL, LUND, as_csv

ROOT = Path(__file__).resolve().parents[2]
# Reports that it stands in the middle of the write, and then sleeps until it is killed.
VICTIM = """
    import sys, time, django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from pathlib import Path
    from kontor.accounts.models import Cluster
    from kontor.actors.models import Membership
    from kontor.actors.services.importing import import_members_file
    cluster = Cluster.objects.create(slug="nord", name="Nord")
    create = Membership.objects.bulk_create
    def stop(rows, **options):
        create(rows, **options)
        print("in the middle", flush=True)
        time.sleep(600)
    Membership._default_manager.bulk_create = stop
    import_members_file(cluster, Path(sys.argv[1]))
"""


@pytest.fixture
def killed_home(tmp_path: Path) -> Path:
    """Return the home of an installation whose process was killed while it wrote an import."""
    (tmp_path / "liste.csv").write_bytes(as_csv(KIEL, LUND))
    environment = os.environ | {
        "KONTOR_HOME": str(tmp_path),
        "KONTOR_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "kontor.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-c", textwrap.dedent(VICTIM), str(tmp_path / "liste.csv")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "in the middle\n"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    return tmp_path


def test_a_killed_import_leaves_nothing_half(killed_home: Path):
    with sqlite3.connect(killed_home / "kontor.sqlite3") as database:
        counts = [
            database.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("actors_organisation", "actors_membership", "actors_competence")
        ]
        states = [row[0] for row in database.execute("select state from actors_importbatch")]

    assert (counts, states) == ([0, 0, 0], ["staged"])
