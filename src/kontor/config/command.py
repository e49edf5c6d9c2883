"""The `kontor` command: every way to run and look after an installation.

Exit codes: 0 done · 1 refused, with a sentence that says what to do · 2 the words of the call are off ·
130 stopped by the keyboard.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from kontor import __version__
from kontor.config.messages import compile_messages


class Refused(Exception):  # noqa: N818 - an answer to the operator, not a fault of the program
    """The command cannot be carried out; the message says why and what to do."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    from kontor.config.commands import data, deciding, mails, papers, questionnaires, safety, serving

    top = argparse.ArgumentParser(
        prog="kontor",
        description="Kontor: from the members' needs to the strategy document.",
        epilog="KONTOR_HOME names the folder of database, files, outgoing mail and backups.",
    )
    top.add_argument("--version", action="version", version=f"Kontor {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    for module in (serving, data, questionnaires, deciding, mails, papers, safety):
        module.add_commands(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
    call = parser().parse_args(arguments)
    try:
        _set_up()
        result = call.run(call)
    except Refused as refusal:
        sys.stderr.write(f"kontor: {refusal}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("kontor: stopped.\n")
        return 130
    return int(result or 0)


def _set_up() -> None:
    import django

    compile_messages()
    django.setup()
