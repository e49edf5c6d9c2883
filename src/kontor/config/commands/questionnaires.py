"""`questionnaire check`, `questionnaire convert`: questionnaires of other programs, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontor.questionnaires.exchange.carried import Carried, Fault, Note
    from kontor.questionnaires.problems import QuestionnaireError


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    questionnaire = commands.add_parser("questionnaire", help="check and convert questionnaires in files")
    kinds = questionnaire.add_subparsers(title="what", dest="what", required=True, metavar="check|convert")

    check = kinds.add_parser("check", help="say what of XLSForm, LimeSurvey or Kontor files can be carried")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    check.add_argument("--language", default="en", help="language of files that name none (en)")
    check.set_defaults(run=run_check)

    convert = kinds.add_parser("convert", help="write a file as XLSForm (.xlsx) or as Kontor's own JSON")
    convert.add_argument("file", type=Path, metavar="FILE")
    convert.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    convert.add_argument("--to", choices=("xlsform", "json"), help="otherwise as the name of OUT ends")
    convert.add_argument("--language", default="en", help="language of a file that names none (en)")
    convert.set_defaults(run=run_convert)


def run_check(call: argparse.Namespace) -> int:
    """Tell what each file holds and what is not carried; 1 if one of them is refused."""
    refused = 0
    for path in call.files:
        read = _read(path, call.language)
        lines = [f"{path}: refused", *read] if isinstance(read, list) else [f"{path}: good", *_told(read)]
        refused += isinstance(read, list)
        sys.stdout.write("\n".join(lines) + "\n")
    return 1 if refused else 0


def run_convert(call: argparse.Namespace) -> int:
    """Write the questionnaire of a file anew, and tell what is not carried."""
    from kontor.config.command import Refused
    from kontor.questionnaires.exchange.writing import write_xlsform
    from kontor.questionnaires.problems import QuestionnaireError
    from kontor.questionnaires.stored import to_json
    from kontor.ui.errors import explain

    target = call.to or {".xlsx": "xlsform", ".json": "json"}.get(call.output.suffix.lower())
    if target is None:
        raise Refused(f"{call.output} ends neither in .xlsx nor in .json. Say --to xlsform or --to json.")
    read = _read(call.file, call.language)
    if isinstance(read, list):
        sys.stdout.write("\n".join([f"{call.file}: refused", *read]) + "\n")
        return 1
    try:
        text = json.dumps(to_json(read.definition), ensure_ascii=False, indent=1)
        data = write_xlsform(read.definition) if target == "xlsform" else f"{text}\n".encode()
        call.output.write_bytes(data)
    except QuestionnaireError as problem:
        raise Refused(explain(problem)) from problem
    except OSError as problem:
        raise Refused(f"{call.output} cannot be written: {problem.strerror}.") from problem
    sys.stdout.write("\n".join([f"{call.file} → {call.output}", *_told(read)]) + "\n")
    return 0


def _read(path: Path, language: str) -> Carried | list[str]:
    """Return what the file holds, or the lines that say why it is refused."""
    from kontor.config.command import Refused
    from kontor.questionnaires.exchange.reading import read_questionnaire
    from kontor.questionnaires.problems import QuestionnaireError

    try:
        return read_questionnaire(file_name=path.name, data=path.read_bytes(), language=language)
    except QuestionnaireError as problem:
        return _faults(problem)
    except OSError as problem:
        raise Refused(f"{path} cannot be read: {problem.strerror}.") from problem


def _told(read: Carried) -> list[str]:
    from kontor.questionnaires.exchange.carried import Severity

    definition = read.definition
    questions = list(definition.questions())
    options = sum(len(question.options) for question in questions)
    counted = (("section", len(definition.sections)), ("question", len(questions)), ("option", options))
    counts = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counted)
    lines = [
        f"  title      {definition.say(definition.title, definition.languages[0])}",
        f"  languages  {', '.join(definition.languages)}",
        f"  holds      {counts}",
    ]
    for severity, title in (
        (Severity.SIMPLER, "carried as something simpler"),
        (Severity.DROPPED, "not carried"),
    ):
        notes = [note for note in read.notes if note.severity == severity]
        lines.append(f"  {title}: {len(notes)}")
        lines += [f"    {line}" for line in _lines(notes)]
    return lines


def _faults(problem: QuestionnaireError) -> list[str]:
    faults: Any = problem.params.get("faults", ())
    return [f"  {line}" for line in _lines(faults)]


def _lines(found: Iterable[Note | Fault]) -> list[str]:
    from kontor.ui.errors import explain_code

    return [
        f"{place}: {sentence}" if (place := str(each.place)) else sentence
        for each in found
        for sentence in (explain_code(each.code, each.params),)
    ]
