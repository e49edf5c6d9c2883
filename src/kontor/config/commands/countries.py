"""`import countries`: figures of countries from a folder of downloaded files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontor.config.commands.preparing import cluster_named, prepare
from kontor.config.progress import bar

if TYPE_CHECKING:
    from kontor.countries.models import SourceFile
    from kontor.countries.problems import CountryError

_MOST_FAULTS = 20


def add_to(kinds: Any) -> None:
    """Add `countries` to the kinds of `import`."""
    countries = kinds.add_parser("countries", help="figures of countries: World Bank and CEPII files")
    countries.add_argument("folder", type=Path, metavar="FOLDER|FILE")
    countries.add_argument("--cluster", required=True, metavar="SLUG", help="short name of the cluster")
    countries.set_defaults(run=run_import_countries)


def run_import_countries(call: argparse.Namespace) -> int:
    """Load every file that tells figures, all of them or none; faults are named by file, row and column."""
    from kontor.config.command import Refused
    from kontor.countries.problems import CountryError
    from kontor.countries.services import load_folder
    from kontor.imports.refused import ImportRefused
    from kontor.ui.errors import explain

    prepare()
    cluster = cluster_named(call.cluster)
    if not call.folder.exists():
        raise Refused(f"{call.folder} is not there.")
    try:
        with bar("Countries") as progress:
            upload = load_folder(cluster=cluster, folder=call.folder, on_progress=progress)
    except CountryError as refusal:
        lines = [*_fault_lines(refusal), explain(refusal), "Nothing has been written."]
        sys.stdout.write("\n".join(lines) + "\n")
        return 1
    except (ImportRefused, OSError) as refusal:
        raise Refused(explain(refusal) if isinstance(refusal, ImportRefused) else str(refusal)) from refusal
    files = upload.files.defer("staged", "replaced").order_by("pk")
    sys.stdout.write("\n".join(line for file in files for line in _file_lines(file)) + "\n")
    return 0


def _file_lines(file: SourceFile) -> Iterable[str]:
    """Tell what a file has brought, and what of it was left out."""
    from kontor.countries.models import SourceFile
    from kontor.countries.shown_files import contents_line, figures_number, left_out_lines
    from kontor.ui.errors import explain_code

    if file.state == SourceFile.State.LOADED:
        yield f"{file.name}: {contents_line(file)}, {figures_number(file)} figures"
    else:
        problem = file.findings["problem"]
        reason = (
            explain_code(problem["code"], problem["params"]) if problem else "What is on record is newer."
        )
        yield f"{file.name}: not loaded. {reason}"
    yield from (f"  left out: {line}" for line in left_out_lines(file.findings["left_out"]))


def _fault_lines(refusal: CountryError) -> Iterable[str]:
    """Tell the first faults of the files, and why files cannot be read."""
    from kontor.countries.shown_files import shown_faults
    from kontor.ui.errors import explain_code

    files: Any = refusal.params.get("files", ())
    for file in files:
        for line in shown_faults(file)[:_MOST_FAULTS]:
            fault = line.fault
            yield f"{fault.file}: row {fault.row}, column {fault.column_letter}: {line.sentence}"
        problem = file.findings["problem"]
        if problem:
            yield f"{file.name}: {explain_code(problem['code'], problem['params'])}"
