"""`bounces`: mails that came back, from a mailbox or from files."""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from kontor.config.commands.preparing import prepare


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    bounces = commands.add_parser("bounces", help="note which invitations came back")
    bounces.add_argument(
        "paths", type=Path, nargs="+", metavar="PATH", help="mbox, Maildir, .eml file or folder of them"
    )
    bounces.set_defaults(run=run_bounces)


def run_bounces(call: argparse.Namespace) -> int:
    """Read the mails and mark whose invitation came back; what is no bounce of ours is counted only."""
    from kontor.config.command import Refused
    from kontor.listening.services.surveys.bounces import mails_in, note_bounces

    for path in call.paths:
        if not path.exists():
            raise Refused(f"{path} is not there.")
    prepare()
    noted = note_bounces(mails=chain.from_iterable(map(mails_in, call.paths)))
    sys.stdout.write(f"{noted.read} mails read, {noted.noted} addresses noted, {noted.strange} left alone.\n")
    return 0
