"""`strategy`: the concept document without a browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kontor.config.commands.preparing import cluster_named, prepare


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    strategy = commands.add_parser("strategy", help="write the internationalisation concept of a cluster")
    strategy.add_argument("cluster")
    strategy.add_argument("--language", choices=("de", "en"), default="de")
    strategy.add_argument("--format", choices=("docx", "pdf", "html", "xlsx"), default="docx")
    strategy.add_argument("-o", "--output", type=Path, help="file to write (CLUSTER-LANGUAGE.FORMAT)")
    strategy.set_defaults(run=run_strategy)


def run_strategy(call: argparse.Namespace) -> int:
    """Write the concept as it stands today."""
    from django.utils import timezone

    from kontor.strategy.document import concept_report
    from kontor.strategy.papers import paper

    prepare()
    cluster = cluster_named(call.cluster)
    target = call.output or Path(f"{call.cluster}-{call.language}.{call.format}")
    report = concept_report(cluster, language=call.language, on=timezone.localdate())
    target.write_bytes(paper(report, call.format))
    sys.stdout.write(f"{target}\n")
    return 0
