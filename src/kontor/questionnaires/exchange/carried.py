"""What came of a file: the questionnaire, and line by line what could not be carried as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from django.utils.translation import gettext as _

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.problems import QuestionnaireError


class Severity(StrEnum):
    """How much of it arrived."""

    SIMPLER = "simpler"  # carried as something simpler
    DROPPED = "dropped"  # not carried


@dataclass(frozen=True)
class Place:
    """Where in the file: sheet, row and column of a workbook, or the code of a LimeSurvey question."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    code: str = ""

    def __str__(self) -> str:
        parts = [self.sheet]
        if self.row:
            parts.append(_("row %(row)s") % {"row": self.row})
        if self.column:
            parts.append(_("column %(column)s") % {"column": self.column})
        if self.code:
            parts.append(_("question %(code)s") % {"code": self.code})
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Note:
    """Something that is not carried as it stands in the file; `code` has a sentence."""

    code: str
    place: Place
    params: Mapping[str, object]
    severity: Severity


@dataclass(frozen=True)
class Fault:
    """Something that makes the file unusable; `code` has a sentence that says what to do."""

    code: str
    place: Place
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Carried:
    """The questionnaire of a file. notes: in the order of the file."""

    definition: Definition
    notes: tuple[Note, ...] = ()


@dataclass
class Findings:
    """What is found while a file is read."""

    notes: list[Note] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def simpler(self, code: str, place: Place, /, **params: object) -> None:
        """Note that something is carried as something simpler."""
        self.notes.append(Note(code, place, _short(params), Severity.SIMPLER))

    def dropped(self, code: str, place: Place, /, **params: object) -> None:
        """Note that something is not carried."""
        self.notes.append(Note(code, place, _short(params), Severity.DROPPED))

    def fault(self, code: str, place: Place, /, **params: object) -> None:
        """Note a fault that forbids taking the file."""
        self.faults.append(Fault(code, place, _short(params)))

    def refuse_faults(self) -> None:
        """Raise QuestionnaireError "exchange.faulty" with all faults, if there are any."""
        if self.faults:
            refuse(self.faults)


def refuse(faults: Sequence[Fault]) -> NoReturn:
    """Raise "exchange.faulty"; its `faults` hold every fault with its place."""
    raise QuestionnaireError("exchange.faulty", count=len(faults), faults=tuple(faults))


def _short(params: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters fit for a sentence: no cell of 30,000 characters in it."""
    return {key: _cut(value) if isinstance(value, str) else value for key, value in params.items()}


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
