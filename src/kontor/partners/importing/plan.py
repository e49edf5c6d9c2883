"""What an import is going to write, computed from the staged file and the choices made so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from kontor.imports.cells import column_letter
from kontor.imports.fields import Fault, ParsedRow, read_rows
from kontor.imports.folding import folded
from kontor.imports.table import RawRow, RawTable
from kontor.partners.importing.columns import columns
from kontor.partners.importing.matching import NEW, SKIP, Match, Matcher, competences_by_name
from kontor.partners.models import PartnerImport

MOST_ROWS = 2000


@dataclass(frozen=True)
class Question:
    """A row that may mean a profile that is there, or an earlier row. chosen: "" while it is open."""

    row: int
    name: str
    proposals: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Ready:
    """One row that can be written. target: "new", "p:<key>" of a profile or "r:<row>" of an earlier row."""

    row: int
    target: str
    values: Mapping[str, Any]
    competences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Plan:
    """Everything that the preview shows."""

    table: RawTable
    mapping: Mapping[str, int]
    faults: tuple[Fault, ...]
    questions: tuple[Question, ...]
    ready: tuple[Ready, ...]
    skipped: int
    total: int

    @property
    def open_questions(self) -> int:
        """Return how many rows wait for a choice."""
        return sum(not question.chosen for question in self.questions)

    @property
    def new(self) -> int:
        """Return how many profiles will be made."""
        return sum(each.target == NEW for each in self.ready)

    @property
    def can_run(self) -> bool:
        """True where everything can be written as it stands."""
        return bool(self.ready) and not self.faults and not self.open_questions


def plan(batch: PartnerImport) -> Plan:
    """Return the plan of a staged import. Three queries, whatever the length of the list."""
    table, staged = staged_table(batch), batch.staged
    mapping = {name: int(index) for name, index in staged["mapping"].items()}
    parsed = read_rows(table, mapping, columns())
    known = competences_by_name(batch.cluster)
    sorting = _Sorting(Matcher(batch.cluster, parsed.rows), staged.get("choices", {}), known)
    faults = [*parsed.faults, *_more_faults(table, mapping, parsed.rows, known)]
    faulty = {fault.row for fault in faults}
    for row in parsed.rows:
        sorting.take(row, is_faulty=row.number in faulty)
    return Plan(
        table=table,
        mapping=mapping,
        faults=tuple(
            sorted(
                (fault for fault in faults if fault.row not in sorting.left_out),
                key=lambda fault: (fault.row, len(fault.column_letter), fault.column_letter),
            )
        ),
        questions=tuple(sorting.questions),
        ready=tuple(sorting.ready),
        skipped=len(sorting.left_out),
        total=len(parsed.rows),
    )


def staged_table(batch: PartnerImport) -> RawTable:
    """Return the table as it was staged."""
    staged = batch.staged
    rows = tuple(RawRow(number, tuple(cells)) for number, cells in staged["rows"])
    return RawTable(
        tuple(staged["headers"]), rows, sheet=staged.get("sheet", ""), header_row=staged["header_row"]
    )


@dataclass
class _Sorting:
    """Sorts the rows into ready, left out and open."""

    matcher: Matcher
    choices: Mapping[str, str]
    competences: Mapping[str, int]
    questions: list[Question] = field(default_factory=list)
    ready: list[Ready] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)

    def take(self, row: ParsedRow, *, is_faulty: bool) -> None:
        """Put one row where it belongs."""
        matches = self.matcher.matches(row.number)
        target = self._target(row.number, matches)
        if matches:
            proposals = tuple((match.key, match.label) for match in matches)
            self.questions.append(Question(row.number, row.values["name"] or "", proposals, target))
        if target == SKIP:
            self.left_out.add(row.number)
        elif target and not is_faulty:
            found = tuple(
                (self.competences[folded(name)], level) for name, level in row.values["competences"] or ()
            )
            self.ready.append(Ready(row.number, self._followed(target), row.values, found))

    def _target(self, number: int, matches: tuple[Match, ...]) -> str:
        """Return what was chosen for a row; an exact match is chosen until somebody says otherwise."""
        allowed = {NEW, SKIP, *(match.key for match in matches)}
        chosen = self.choices.get(str(number), "")
        if chosen in allowed and matches:
            return chosen
        if not matches:
            return NEW
        return next((match.key for match in matches if match.is_exact), "")

    def _followed(self, target: str) -> str:
        """Return where an earlier row goes itself, so that chains end at a profile or a new one."""
        if not target.startswith("r:"):
            return target
        earlier = next((each for each in self.ready if f"r:{each.row}" == target), None)
        if earlier is None:
            return NEW
        return target if earlier.target == NEW else earlier.target


def _more_faults(
    table: RawTable, mapping: Mapping[str, int], rows: tuple[ParsedRow, ...], known: Mapping[str, int]
) -> Iterator[Fault]:
    """Yield days to come, competences that nobody has entered, and a list that is too long."""
    today = timezone.localdate()
    if len(rows) > MOST_ROWS:
        yield Fault(table.header_row, "", "", "profile_import.too_many", {"most": MOST_ROWS})
    for row in rows:
        day = row.values["as_of"]
        if isinstance(day, date) and day > today:
            yield _fault(table, mapping, row.number, "as_of", ("profile_import.future", day.isoformat()))
        for name, _level in row.values["competences"] or ():
            if folded(name) not in known:
                yield _fault(table, mapping, row.number, "competences", ("profile_import.competence", name))


def _fault(table: RawTable, mapping: Mapping[str, int], row: int, name: str, said: tuple[str, str]) -> Fault:
    """Return a fault of one cell. said: code and value."""
    index = mapping[name]
    code, value = said
    return Fault(row, table.headers[index], column_letter(index), code, {"value": value}, value)
