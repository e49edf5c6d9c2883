"""`backup`, `restore`, `check`: what an operator needs to sleep well."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kontor.config.commands.preparing import prepare
from kontor.config.progress import bar


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    backup = commands.add_parser("backup", help="write database and files to one archive")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=run_backup)

    restore = commands.add_parser("restore", help="bring a backup into an empty installation")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="overwrite what is there")
    restore.set_defaults(run=run_restore)

    check = commands.add_parser("check", help="say whether this installation is sound")
    check.set_defaults(run=run_check)


def run_backup(call: argparse.Namespace) -> int:
    """Write the archive; an unfinished one never bears the name asked for."""
    from kontor.config.archive.backup import write_backup

    prepare()
    with bar("Backup") as progress:
        rows = write_backup(call.file, on_progress=progress)
    sys.stdout.write(f"{rows} rows are in {call.file}. Keep it safe: it holds everything, keys included.\n")
    return 0


def run_restore(call: argparse.Namespace) -> int:
    """Bring the archive in, all of it or nothing."""
    from kontor.config.archive.restore import ArchiveRefused, restore_backup
    from kontor.config.command import Refused

    if not call.file.exists():
        raise Refused(f"{call.file} is not there.")
    prepare()
    try:
        with bar("Restore") as progress:
            rows = restore_backup(call.file, may_replace=call.replace, on_progress=progress)
    except ArchiveRefused as refusal:
        raise Refused(str(refusal)) from refusal
    sys.stdout.write(f"{rows} rows are back from {call.file}.\n")
    return 0


def run_check(_call: argparse.Namespace) -> int:
    """Look at everything and say each finding in a line; exit code 1 where something is wrong."""
    from kontor.config.soundness import findings

    lines = findings()
    for is_good, sentence in lines:
        sys.stdout.write(f"{'ok     ' if is_good else 'PROBLEM'}  {sentence}\n")
    return 0 if all(is_good for is_good, _ in lines) else 1
