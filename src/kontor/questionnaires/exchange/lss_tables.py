"""A LimeSurvey file → its tables, read row by row without building a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError  # nosec B405 # the exception only; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kontor.questionnaires.exchange.carried import Fault, Place, refuse

Row: TypeAlias = Mapping[str, str]
Tables: TypeAlias = Mapping[str, Sequence[Row]]
DEEPEST, MOST_CELLS = 8, 400_000


class _TooMuchError(Exception):
    """Deeper or longer than any survey."""


class _Tables:
    """Takes the events of the parser: document / table / rows / row / column."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, str]]] = {}
        self.root = ""
        self.path: list[str] = []
        self.text: list[str] = []
        self.cells = 0

    def start(self, tag: str, _attributes: Any) -> None:
        self.path.append(tag)
        self.cells += 1
        if len(self.path) > DEEPEST or self.cells > MOST_CELLS:
            raise _TooMuchError
        if len(self.path) == 1:
            self.root = tag
        if len(self.path) == 4 and tag == "row":
            self.tables.setdefault(self.path[1], []).append({})
        self.text = []

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self.text).strip()
        if len(self.path) == 5 and self.path[3] == "row" and text:
            self.tables[self.path[1]][-1][tag] = text
        if len(self.path) == 2 and text:
            self.tables.setdefault("", [{}])[0][tag] = text
        if len(self.path) == 3 and self.path[1] == "languages" and text:
            self.tables.setdefault("languages", []).append({"language": text})
        self.path.pop()
        self.text = []

    def close(self) -> _Tables:
        return self


def tables_of(data: bytes) -> Tables:
    """Return table name → rows; the table "" holds what stands beside the tables, such as "DBVersion".

    Raises QuestionnaireError "exchange.faulty" for what is no LimeSurvey survey.
    """
    target = _Tables()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except (DefusedXmlException, _TooMuchError):
        refuse([Fault("exchange.lss_hostile", Place())])
    except ParseError as problem:
        line, column = problem.position
        refuse([Fault("exchange.lss_unreadable", Place(), {"line": line, "column": column + 1})])
    except (LookupError, ValueError):  # encodings that nobody knows
        refuse([Fault("exchange.lss_unreadable", Place(), {"line": 1, "column": 1})])
    kind = (target.tables.get("") or [{}])[0].get("LimeSurveyDocType", "")
    if target.root != "document" or kind != "Survey":
        refuse([Fault("exchange.lss_no_survey", Place(), {"found": kind or target.root})])
    return target.tables


def number(text: str) -> int:
    """Return a whole number out of a cell, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
