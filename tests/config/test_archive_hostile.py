"""Archives that want to do harm, and archives that fall into the wrong hands."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from kontor.accounts.models import Cluster
from kontor.config.archive import restore
from kontor.config.archive.backup import write_backup
from kontor.config.archive.export import export_cluster
from kontor.config.archive.restore import ArchiveRefused, restore_backup
from kontor.config.environment import Environment
from tests.factories import ClusterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def silent(_done: int, _total: int) -> None:
    """Report no progress."""


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    """Return a KONTOR_HOME of its own, with its folder of files."""
    folder = tmp_path / "home"
    folder.mkdir()
    settings.KONTOR_HOME, settings.MEDIA_ROOT = folder, folder / "files"
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a sound backup of one cluster."""
    ClusterFactory(slug="nord")
    path = tmp_path / "all.zip"
    write_backup(path, on_progress=silent)
    return path


def put(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)


def bring_in(path: Path) -> None:
    restore_backup(path, may_replace=True, on_progress=silent)


@pytest.mark.parametrize(
    "name", ["files/../../evil", "files//../../evil", "/evil", "../evil", "evil", "files/"]
)
def test_nothing_is_written_beside_the_folder_of_files(archive, home, tmp_path, name):
    put(archive, name, b"evil")
    before = {path for path in tmp_path.rglob("*") if path != home / "files"}

    bring_in(archive)

    assert {path for path in tmp_path.rglob("*") if path != home / "files"} == before


def test_files_come_back(archive, home):
    put(archive, "files/notes/a.txt", b"kept")

    bring_in(archive)

    assert (home / "files/notes/a.txt").read_bytes() == b"kept"


def test_an_archive_larger_than_the_free_space_is_refused_before_anything_changes(archive, monkeypatch):
    put(archive, "files/bomb", b"0" * 3_000_000)
    monkeypatch.setattr(restore.shutil, "disk_usage", lambda _path: SimpleNamespace(free=2_000_000))
    Cluster.objects.all().delete()

    with pytest.raises(ArchiveRefused, match="free space"):
        bring_in(archive)
    assert not Cluster.objects.exists()


def test_a_manifest_that_fills_the_memory_is_not_read(tmp_path):
    path = tmp_path / "bomb.zip"
    put(path, "manifest.json", json.dumps({"format": 1, "migrations": [], "more": "0" * 6_000_000}).encode())

    with pytest.raises(ArchiveRefused):
        bring_in(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
@pytest.mark.parametrize("write", [write_backup, export_cluster])
def test_only_its_owner_reads_an_archive(tmp_path, write):
    path = tmp_path / "all.zip"
    arguments = (path,) if write is write_backup else (ClusterFactory(), path)

    write(*arguments, on_progress=silent)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
def test_only_its_owner_reads_the_home_and_the_signing_key(tmp_path, monkeypatch):
    monkeypatch.setenv("KONTOR_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("KONTOR_SECRET_KEY", raising=False)

    Environment.read().secret_key()

    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "new/secret_key")]
    assert modes == [0o700, 0o600]
