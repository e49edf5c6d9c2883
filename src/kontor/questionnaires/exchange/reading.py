"""Bytes of a file → a questionnaire, or one refusal that names everything that is wrong."""

from __future__ import annotations

from pathlib import PurePath
from typing import NoReturn

from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import kind_of, require_size
from kontor.questionnaires.exchange.carried import Carried, Fault, Findings, Place, refuse
from kontor.questionnaires.exchange.json_text import json_in
from kontor.questionnaires.exchange.sheets import LIMITS, read_sheets
from kontor.questionnaires.exchange.xlsform import definition_of, refuse_unsound
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.stored import from_json

_NO_WORKBOOK = {"import.empty", "import.not_a_table_file", "import.pdf", "import.web_page"}
_SPACE = b"\xef\xbb\xbf \t\r\n"


def read_questionnaire(*, file_name: str, data: bytes, language: str = "en") -> Carried:
    """Return the questionnaire in an XLSForm, a LimeSurvey .lss file or Kontor's own JSON.

    The content decides what it is, not the name. language: spoken by a form that names none.
    Raises QuestionnaireError "exchange.faulty", and nothing else, for any bytes; `faults` holds all faults.
    """
    name = PurePath(file_name).name or "?"
    try:
        require_size(len(data), LIMITS)
        start = data[:512].lstrip(_SPACE)
        if start.startswith(b"{"):
            return _from_json(data)
        if start.startswith(b"<"):
            from kontor.questionnaires.exchange.lss import read_lss

            return read_lss(data, PurePath(name).stem)
        return _from_workbook(data, language, PurePath(name).stem)
    except ImportRefused as refusal:
        code = "exchange.not_a_questionnaire" if refusal.code in _NO_WORKBOOK else refusal.code
        _refuse(Fault(code, Place(), {"name": name, **refusal.params}), name)
    except QuestionnaireError as problem:
        problem.params["name"] = name
        raise


def _refuse(fault: Fault, name: str) -> NoReturn:
    raise QuestionnaireError("exchange.faulty", count=1, faults=(fault,), name=name)


def _from_workbook(data: bytes, language: str, untitled: str) -> Carried:
    kind = kind_of(data, LIMITS)
    if kind == "csv":
        refuse([Fault("exchange.not_a_questionnaire", Place())])
    findings = Findings()
    sheets = read_sheets(data, kind, findings)
    return definition_of(sheets, findings, unstated=language, untitled=untitled)


def _from_json(data: bytes) -> Carried:
    try:
        definition = from_json(json_in(data.decode("utf-8-sig")))
    except QuestionnaireError as problem:
        refuse([Fault(problem.code, Place(), problem.params)])
    except (ValueError, RecursionError):
        refuse([Fault("exchange.json_unreadable", Place())])
    findings = Findings()
    refuse_unsound(definition, findings)
    return Carried(definition)
