"""`rank`: a study of candidates and criteria in a file, ranked without web and database."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from kontor import __version__
from kontor.config.progress import bar
from kontor.config.ranking import METHODS

SHOWN = 10


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    rank = commands.add_parser(
        "rank",
        help="rank the candidates of a study in a file",
        description="Rank the candidates of a study: an Excel workbook (--template writes one to fill in), "
        "a JSON file of the same, or a folder of XMCDA files with preferences between alternatives.",
    )
    rank.add_argument("study", type=Path, nargs="?", metavar="STUDY", help=".xlsx, .json or XMCDA folder")
    rank.add_argument("-o", "--output", type=Path, metavar="RESULT.json", help="file to write all results to")
    rank.add_argument("--template", type=Path, metavar="FILE.xlsx", help="write a workbook to fill in")
    rank.add_argument(
        "--method", action="append", choices=METHODS, help="one method, can be repeated (all of them)"
    )
    rank.add_argument("--samples", type=int, default=10_000, help="samples of SMAA-2 (10000)")
    rank.add_argument("--seed", type=int, default=1, help="the same seed gives the same result (1)")
    rank.add_argument(
        "--weights",
        choices=("around", "ordered", "free"),
        default="around",
        help="what SMAA-2 takes for possible: weights around those given, in their order, or any (around)",
    )
    rank.add_argument("--spread", type=float, default=50, help="for “around”: by how many percent (50)")
    rank.set_defaults(run=run_rank)


def run_rank(call: argparse.Namespace) -> int:
    """Write the template, or rank the study; a faulty file is refused with every fault named."""
    from kontor.config.command import Refused
    from kontor.config.ranking.study import StudyRefused
    from kontor.config.ranking.template import template
    from kontor.methods.errors import MethodError
    from kontor.ui.errors import explain

    if call.template:
        _write(call.template, template())
        sys.stdout.write(f"{call.template} is ready to be filled in.\n")
        return 0
    if call.study is None or call.output is None:
        raise Refused("say which study to rank and where to write: kontor rank STUDY -o RESULT.json")
    try:
        result = _ranked(call)
    except StudyRefused as refusal:
        lines = [f"{call.study}: refused", *(f"  {fault}" for fault in refusal.faults)]
        sys.stdout.write("\n".join(lines) + "\n")
        return 1
    except MethodError as problem:
        raise Refused(explain(problem)) from problem
    text = json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False)
    _write(call.output, f"{text}\n".encode())
    sys.stdout.write("\n".join([*summary(result), "", f"All of it is in {call.output}."]) + "\n")
    return 0


def _ranked(call: argparse.Namespace) -> dict[str, Any]:
    from kontor.config.ranking.json_study import read_json
    from kontor.config.ranking.results import Settings, flows, ranked
    from kontor.config.ranking.workbook import read_workbook
    from kontor.config.ranking.xmcda import ALTERNATIVES, PARAMETERS, PREFERENCES, read_xmcda

    head = {"kontor": __version__, "format": "kontor rank 1"}
    if call.study.is_dir():
        preferences = read_xmcda(call.study)
        files = [call.study / name for name in (ALTERNATIVES, PREFERENCES, PARAMETERS)]
        data = b"".join(file.read_bytes() for file in files if file.exists())
        return {**head, "input": _input(call.study, data), **flows(preferences)}
    data = _read(call.study)
    is_json = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    study = (read_json if is_json else read_workbook)(data, call.study.stem)
    settings = Settings(
        methods=tuple(method for method in METHODS if not call.method or method in call.method),
        samples=call.samples,
        seed=call.seed,
        weights=call.weights,
        spread=call.spread / 100,
    )
    with bar("SMAA-2") as progress:
        return {**head, "input": _input(call.study, data), **ranked(study, settings, progress)}


def _input(path: Path, data: bytes) -> dict[str, str]:
    """Return what was ranked, so that nobody need ask which version of the file it was."""
    return {"file": path.name, "sha256": hashlib.sha256(data).hexdigest()}


def _read(path: Path) -> bytes:
    from kontor.config.command import Refused

    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refused(f"{path} cannot be read: {problem.strerror}.") from problem


def _write(path: Path, data: bytes) -> None:
    from kontor.config.command import Refused

    try:
        path.write_bytes(data)
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}.") from problem


def summary(result: dict[str, Any]) -> list[str]:
    """Return the result in short: who is first by each method, who is out, and how sure that is."""
    lines = [str(result.get("title") or result["input"]["file"])]
    if not result["ranked"]:
        lines.append("  Every candidate is knocked out; there is nothing to rank.")
    for method, found in result["results"].items():
        lines += _method_lines(method, found)
    for key, title in (("knocked_out", "knocked out"), ("may_be_knocked_out", "may be knocked out")):
        if result.get(key):
            lines += [f"  {title}", *(f"    {each['candidate']}: {each['reason']}" for each in result[key])]
    return lines


def _method_lines(method: str, found: dict[str, Any]) -> list[str]:
    what = "first in … of 100 samples" if method == "smaa" else ""
    lines = [f"  {method}" + (f" ({what})" if what else "")]
    for row in found["ranking"][:SHOWN]:
        shown = _shown(method, row["value"])
        lines.append(f"    {row['rank'] or '–':>3}  {shown:>9}  {row['candidate']}")
    if len(found["ranking"]) > SHOWN:
        lines.append(f"         … and {len(found['ranking']) - SHOWN} more")
    return lines


def _shown(method: str, value: float | None) -> str:
    if value is None:
        return "not known"
    return f"{value * 100:.1f}" if method == "smaa" else f"{value:.4f}"
