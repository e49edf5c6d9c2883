"""Backup and restore give back every row; a wrong archive changes nothing."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from i18nfield.strings import LazyI18nString

from kontor.actors.models import Organisation
from kontor.config.archive.backup import write_backup
from kontor.config.archive.export import export_cluster, paths_to_cluster
from kontor.config.archive.restore import ArchiveRefused, restore_backup
from kontor.config.archive.rows import row_lines, stored_models
from tests.factories import (
    ClusterFactory,
    GoalFactory,
    JointProjectFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    ParticipationFactory,
    RoleFactory,
    SectionTextFactory,
    TaskLinkFactory,
)

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 22, 1, 3, 44, 938147, tzinfo=UTC)


def silent(_done: int, _total: int) -> None:
    """Report no progress."""


def all_rows() -> dict[str, list[str]]:
    """Return every row of the installation as a backup sees it."""
    return {m._meta.label_lower: list(row_lines(m._base_manager.all())) for m in stored_models(apps)}


@pytest.fixture
def furnished() -> None:
    """Fill a cluster with the kinds of values that are easily lost: languages, money, dates, line breaks."""
    organisation = OrganisationFactory(
        name="Größmann & Søn “Meßtechnik”",
        description=LazyI18nString({"de": "Prüft.\nMisst.", "en": "Tests."}),
    )
    MembershipFactory(organisation=organisation, valid_to=date(2027, 12, 31))
    project = JointProjectFactory(cluster=organisation.cluster, total_cost=Decimal("1234567.89"))
    ParticipationFactory(project=project, organisation=organisation, contribution=Decimal("0.10"))
    GoalFactory(cluster=organisation.cluster).needs.add(NeedFactory(organisation=organisation))
    SectionTextFactory(cluster=organisation.cluster)
    RoleFactory(cluster=organisation.cluster)


def test_restore_gives_back_every_row(furnished, tmp_path):
    before = all_rows()
    write_backup(tmp_path / "all.zip", on_progress=silent)
    Organisation.objects.all().delete()
    ClusterFactory()

    restore_backup(tmp_path / "all.zip", may_replace=True, on_progress=silent)

    assert all_rows() == before


def test_restore_gives_back_moments_to_the_microsecond(furnished, tmp_path):
    before = Organisation.objects.update(created_at=MOMENT)
    write_backup(tmp_path / "all.zip", on_progress=silent)

    restore_backup(tmp_path / "all.zip", may_replace=True, on_progress=silent)

    assert [row.created_at for row in Organisation.objects.all()] == [MOMENT] * before


def test_after_a_restore_new_rows_get_new_numbers(furnished, tmp_path):
    write_backup(tmp_path / "all.zip", on_progress=silent)
    restore_backup(tmp_path / "all.zip", may_replace=True, on_progress=silent)
    taken = set(Organisation.objects.values_list("pk", flat=True))

    assert OrganisationFactory().pk not in taken


def test_restore_into_an_installation_in_use_is_refused(furnished, tmp_path):
    write_backup(tmp_path / "all.zip", on_progress=silent)
    before = all_rows()

    with pytest.raises(ArchiveRefused):
        restore_backup(tmp_path / "all.zip", may_replace=False, on_progress=silent)
    assert all_rows() == before


def damaged(path) -> None:
    """Turn over one byte within the rows of the largest part."""
    with zipfile.ZipFile(path) as archive:
        part = max(archive.infolist(), key=lambda info: info.compress_size)
    content = bytearray(path.read_bytes())
    content[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def scrambled(path) -> None:
    """Make the beginning of the manifest something that cannot be unpacked at all."""
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("manifest.json")
    content = bytearray(path.read_bytes())
    content[part.header_offset + 30 + len(part.filename)] |= 0b110  # a kind of block that does not exist
    path.write_bytes(bytes(content))


def truncated(path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def something_else(path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("holiday.txt", "no backup")


def from_the_future(path) -> None:
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["migrations"].append(["actors", "9999_from_the_future"])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))


@pytest.mark.parametrize("harm", [damaged, scrambled, truncated, something_else, from_the_future])
def test_a_wrong_archive_is_refused_and_changes_nothing(furnished, tmp_path, harm):
    write_backup(tmp_path / "all.zip", on_progress=silent)
    before = all_rows()
    harm(tmp_path / "all.zip")

    with pytest.raises(ArchiveRefused):
        restore_backup(tmp_path / "all.zip", may_replace=True, on_progress=silent)
    assert all_rows() == before


def test_a_backup_that_fails_leaves_no_file_of_that_name(furnished, tmp_path):
    def give_up(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(tmp_path / "all.zip", on_progress=give_up)
    assert list(tmp_path.iterdir()) == []


def test_export_holds_only_the_rows_of_its_cluster(furnished, tmp_path):
    home = Organisation.objects.get().cluster
    OrganisationFactory(name="From elsewhere")

    export_cluster(home, tmp_path / "home.zip", on_progress=silent)

    with zipfile.ZipFile(tmp_path / "home.zip") as archive:
        lines = archive.read("actors.organisation.jsonl").decode().splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Größmann & Søn “Meßtechnik”"]


def test_export_holds_no_keys(furnished, tmp_path):
    home = Organisation.objects.get().cluster
    TaskLinkFactory(cluster=home)

    export_cluster(home, tmp_path / "home.zip", on_progress=silent)

    with zipfile.ZipFile(tmp_path / "home.zip") as archive:
        assert "token_hash" not in archive.read("accounts.tasklink.csv").decode("utf-8-sig")


def test_every_table_of_a_cluster_is_exported():
    left_out = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("kontor.") and model not in paths_to_cluster()
    }

    assert left_out == {"accounts.Cluster", "accounts.User", "jobs.Job", "votes.BallotKey"}
