"""`import members`, `import cordis`, `import countries`, `export`: data in and out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontor.config.commands import countries
from kontor.config.commands.accounting import counted_lines, fault_lines, obstacle_lines
from kontor.config.commands.preparing import cluster_named, prepare
from kontor.config.progress import bar

if TYPE_CHECKING:
    from kontor.accounts.models import Cluster


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    bring = commands.add_parser("import", help="bring in members, CORDIS projects or figures of countries")
    kinds = bring.add_subparsers(title="what", dest="what", required=True, metavar="members|cordis|countries")

    members = kinds.add_parser("members", help="members from an Excel or CSV file")
    members.add_argument("file", type=Path)
    members.add_argument("--cluster", required=True, help="short name of the cluster")
    members.set_defaults(run=run_import_members)

    cordis = kinds.add_parser("cordis", help="projects and participations from CORDIS tables")
    cordis.add_argument("folder", type=Path)
    cordis.add_argument("--cluster", required=True, help="short name of the cluster; founded where missing")
    cordis.add_argument(
        "--members",
        default="",
        metavar="country=XX|FILE",
        help="who the members are: all organisations of a country, or names listed in a file",
    )
    cordis.add_argument("--faults", type=Path, help="write the list of faulty cells to this XLSX file")
    cordis.set_defaults(run=run_import_cordis)

    countries.add_to(kinds)

    export = commands.add_parser("export", help="write all data of a cluster to a ZIP of tables")
    export.add_argument("cluster")
    export.add_argument("-o", "--output", type=Path, help="file to write (CLUSTER.zip)")
    export.set_defaults(run=run_export)


def run_import_members(call: argparse.Namespace) -> int:
    """Import members; a faulty file is refused as a whole, each fault named."""
    from kontor.actors.models import ImportBatch
    from kontor.actors.services.importing.members import import_members_file

    prepare()
    cluster = cluster_named(call.cluster)
    _require(call.file)
    with _told_refusals(), bar("Members") as progress:
        outcome = import_members_file(cluster, call.file, progress)
    if isinstance(outcome, ImportBatch):
        sys.stdout.write("\n".join(counted_lines(outcome.report)) + "\n")
        return 0
    sys.stdout.write("\n".join(obstacle_lines(outcome)) + "\nNothing has been written.\n")
    return 1


def run_import_cordis(call: argparse.Namespace) -> int:
    """Import CORDIS tables and account for every row."""
    from django.utils.translation import get_language

    from kontor.actors.imports_downloads import faults_file
    from kontor.actors.services.importing.cordis import import_cordis_folder
    from kontor.actors.services.importing.faults import unpacked_fault

    prepare()
    _require(call.folder)
    country, file = _members(call.members)
    cluster = _cluster_for_cordis(call.cluster, country)
    with _told_refusals(), bar("CORDIS") as progress:
        batch = import_cordis_folder(cluster, call.folder, country, file, progress)
    faults = [unpacked_fault(fault) for fault in batch.report["faults"]]
    if call.faults:
        call.faults.write_bytes(faults_file(faults, "xlsx", get_language() or "en"))
    sys.stdout.write("\n".join([*counted_lines(batch.report), *fault_lines(faults, most=20)]) + "\n")
    return 0


@contextmanager
def _told_refusals() -> Iterator[None]:
    """Turn the refusal of a file into a sentence for the operator."""
    from kontor.config.command import Refused
    from kontor.imports.refused import ImportRefused
    from kontor.ui.errors import explain

    try:
        yield
    except ImportRefused as refusal:
        raise Refused(explain(refusal)) from refusal


def _members(words: str) -> tuple[str | None, Path | None]:
    from kontor.config.command import Refused

    if not words:
        return None, None
    if words.startswith("country="):
        country = words.removeprefix("country=").strip().upper()
        if len(country) != 2 or not country.isalpha():
            raise Refused(f"“{country}” is no country code. Give two letters, such as country=AT.")
        return country, None
    return None, _require(Path(words))


def _cluster_for_cordis(slug: str, country: str | None) -> Cluster:
    from django.core.exceptions import ValidationError

    from kontor.accounts.models import Cluster
    from kontor.accounts.services import found_cluster
    from kontor.config.command import Refused

    found = Cluster.objects.filter(slug=slug).first()
    if found is not None:
        return found
    try:
        made = found_cluster(
            slug=slug, name=slug, country=country or "DE", regions=[country] if country else []
        )
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    sys.stdout.write(f"Founded the cluster “{slug}”.\n")
    return made


def _require(path: Path) -> Path:
    from kontor.config.command import Refused

    if not path.exists():
        raise Refused(f"{path} is not there.")
    return path


def run_export(call: argparse.Namespace) -> int:
    """Write everything the cluster owns as CSV tables and JSON lines in one ZIP."""
    from kontor.config.archive.export import export_cluster

    prepare()
    cluster = cluster_named(call.cluster)
    target = call.output or Path(f"{call.cluster}.zip")
    with bar("Export") as progress:
        rows = export_cluster(cluster, target, on_progress=progress)
    sys.stdout.write(f"{rows} rows of {cluster} are in {target}.\n")
    return 0
