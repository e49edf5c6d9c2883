"""What the pages of the import assistant show, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from kontor.actors.imports_members import FIELD_LABELS
from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.deciding import Candidate, Question
from kontor.actors.services.importing.examining import Examination
from kontor.actors.services.importing.faults import sentence
from kontor.actors.services.importing.ledger import Change
from kontor.actors.services.importing.planning import Outcome
from kontor.actors.services.importing.staging import unpacked_table
from kontor.imports.cells import column_letter, is_blank, shown
from kontor.imports.fields import Fault

SAMPLES = 3
FAULTS_SHOWN = 100
QUESTIONS_SHOWN = 50


@dataclass(frozen=True)
class ColumnLine:
    """One column of the file: where it is, what stands in it, what it is taken for ("" for nothing)."""

    index: int
    letter: str
    header: str
    samples: str
    field: str


def column_lines(batch: ImportBatch, meanings: Mapping[int, str] | None) -> list[ColumnLine]:
    """Return the columns that hold anything, as chosen just now or before."""
    table = unpacked_table(batch.staged["table"])
    if meanings is None:
        meanings = {index: name for name, index in batch.staged["mapping"].items()}
    lines = []
    for index, header in enumerate(table.headers):
        cells = (row.cells[index] for row in table.rows if index < len(row.cells))
        samples = list(islice((shown(cell)[:60] for cell in cells if not is_blank(cell)), SAMPLES))
        if header or samples:
            said = " · ".join(samples)
            lines.append(ColumnLine(index, column_letter(index), header, said, meanings.get(index, "")))
    return lines


@dataclass(frozen=True)
class FaultLine:
    """One fault as a person reads it."""

    fault: Fault
    sentence: str


def fault_lines(faults: Iterable[Fault]) -> Iterator[FaultLine]:
    """Yield each fault with its sentence."""
    return (FaultLine(fault, sentence(fault.code, fault.params)) for fault in faults)


@dataclass(frozen=True)
class Option:
    """One answer to a question: the value to post, what it means, why it is offered."""

    candidate: Candidate
    reasons: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionLine:
    """A question with its possible answers."""

    question: Question
    options: tuple[Option, ...]


def question_line(question: Question) -> QuestionLine:
    """Return the question as the page asks it."""
    options = tuple(
        Option(
            candidate,
            " ".join(sentence(code, {}) for code in candidate.reasons),
            candidate.choice == question.choice,
        )
        for candidate in question.candidates
    )
    return QuestionLine(question, options)


@dataclass(frozen=True)
class RowLine:
    """One row of the file and what becomes of it. changes: "Town: Kiel → Lübeck"."""

    number: int
    name: str
    state: str
    label: str
    changes: tuple[str, ...]


def preview_context(examination: Examination, *, shows_decided: bool) -> dict[str, Any]:
    """Return everything that the preview shows, except the page of rows."""
    undecided = examination.undecided
    asked = [q for q in examination.questions if q.choice] if shows_decided else list(undecided)
    header_faults = [fault for fault in examination.faults if fault.code == "field.no_column"]
    used = set(examination.mapping.values())
    headers = examination.table.headers
    return {
        "examination": examination,
        "notes": [sentence(note.code, note.params) for note in examination.table.notes],
        "unused": [header for index, header in enumerate(headers) if header and index not in used],
        "counts": {state: examination.count(state) for state in ("new", "updated", "unchanged", "joined")},
        "faults": list(fault_lines(islice(examination.faults, FAULTS_SHOWN))),
        "more_faults": max(0, len(examination.faults) - FAULTS_SHOWN),
        "lacks": [sentence(fault.code, fault.params) for fault in header_faults],
        "questions": [question_line(question) for question in asked[:QUESTIONS_SHOWN]],
        "more_questions": max(0, len(asked) - QUESTIONS_SHOWN),
        "sure": sum(question.is_sure for question in undecided),
        "decided": sum(bool(question.choice) for question in examination.questions),
        "shows_decided": shows_decided,
        "lines": _Rows(examination),
    }


class _Rows:
    """The rows of the file as lines, made only for the page that is shown."""

    def __init__(self, examination: Examination) -> None:
        self._examination = examination
        self._faulty = set(examination.faulty_rows)
        self._choices = {question.row.number: question.choice for question in examination.questions}

    def __len__(self) -> int:
        return len(self._examination.rows)

    def __getitem__(self, part: slice) -> list[RowLine]:
        return [self._line(row.number, row.values["name"] or "") for row in self._examination.rows[part]]

    def _line(self, number: int, name: str) -> RowLine:
        outcome = self._examination.outcomes.get(number)
        if outcome is None:
            state = self._other_state(number)
            return RowLine(number, name, state, _state_label(state), ())
        changes = tuple(_change_said(outcome)) if outcome.state in ("updated", "joined") else ()
        return RowLine(number, name, outcome.state, _state_label(outcome.state), changes)

    def _other_state(self, number: int) -> str:
        if number in self._faulty:
            return "faulty"
        return "out" if self._choices.get(number) else "undecided"


def _state_label(state: str) -> str:
    return {
        "new": _("New"),
        "updated": _("Updated"),
        "unchanged": _("Unchanged"),
        "joined": _("With an earlier row"),
        "faulty": _("Faulty"),
        "out": _("Left out"),
        "undecided": _("To be decided"),
    }[state]


def _change_said(outcome: Outcome) -> Iterator[str]:
    for change in outcome.changes:
        before, after = _value_said(change, change.before), _value_said(change, change.after)
        yield f"{_label_of(change)}: {before} → {after}"
    if outcome.additions:
        yield _("%(number)s additions") % {"number": outcome.additions}


def _label_of(change: Change) -> str:
    if change.field in FIELD_LABELS:
        return str(FIELD_LABELS[change.field])
    field = change.row._meta.get_field(change.field)
    label = str(getattr(field, "verbose_name", change.field))
    return f"{change.row._meta.verbose_name}, {label}"


def _value_said(change: Change, value: object) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, LazyI18nString):
        return str(value)
    choices = dict(getattr(change.row._meta.get_field(change.field), "flatchoices", ()))
    return str(choices.get(value, value))
