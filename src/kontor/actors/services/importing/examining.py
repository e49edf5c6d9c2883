"""The preview: what an import would do, which faults it has, and what a person still has to decide.

Nothing is written here. Carrying out starts from a fresh examination, so that it goes by what is there now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from kontor.accounts.models import Cluster
from kontor.actors.imports_members import EXAMPLE_NAME, MEMBER_FIELDS
from kontor.actors.models import ImportBatch, Organisation
from kontor.actors.services.importing.checking import Place, row_faults
from kontor.actors.services.importing.deciding import NEW, OUT, Question, known_entries, questions
from kontor.actors.services.importing.ledger import Ledger
from kontor.actors.services.importing.planning import MemberPlan, Outcome
from kontor.actors.services.importing.staging import unpacked_table
from kontor.imports.fields import Fault, Parsed, ParsedRow, read_rows
from kontor.imports.table import RawTable


@dataclass(frozen=True)
class Examination:
    """All that the preview shows and that carrying out needs.

    faults:    by row and column; the rows they stand in are never written.
    questions: rows that may be organisations already known.
    outcomes:  what becomes of each row that is good and decided, by row number.
    directory: how the directory stood when it was compared.
    """

    table: RawTable
    mapping: Mapping[str, int]
    rows: tuple[ParsedRow, ...]
    faults: tuple[Fault, ...]
    questions: tuple[Question, ...]
    outcomes: Mapping[int, Outcome]
    ledger: Ledger
    new_competences: tuple[str, ...]
    directory: tuple[int, int]
    leaves_out_faulty: bool
    has_example: bool

    @property
    def faulty_rows(self) -> tuple[int, ...]:
        """The numbers of the rows with faults, without the header row."""
        numbers = {fault.row for fault in self.faults} - {self.table.header_row}
        return tuple(sorted(numbers))

    @property
    def undecided(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(question for question in self.questions if not question.choice)

    @property
    def lacks_a_column(self) -> bool:
        """True where a column that cannot be done without has not been chosen."""
        return any(fault.code == "field.no_column" for fault in self.faults)

    def count(self, state: str) -> int:
        """Return how many rows become "new", "updated", "unchanged" or "joined"."""
        return sum(outcome.state == state for outcome in self.outcomes.values())


def examine(batch: ImportBatch) -> Examination:
    """Return what carrying out the batch would do, as the directory stands now."""
    staged = batch.staged
    table = unpacked_table(staged["table"])
    parsed = read_rows(table, staged["mapping"], MEMBER_FIELDS)
    place = Place(table, staged["mapping"])
    rows, faults, has_example = _checked(parsed, place, batch.cluster.country)
    directory = directory_mark(batch.cluster)
    faulty = {fault.row for fault in faults}
    good = [row for row in rows if row.number not in faulty]
    asked = questions(good, known_entries(batch.cluster), staged["choices"], batch.cluster.country)
    plan = _planned(batch, place, good, asked)
    if plan.faults:
        faulty |= {fault.row for fault in plan.faults}
        faults = (*faults, *plan.faults)
        asked = tuple(question for question in asked if question.row.number not in faulty)
        plan = _planned(batch, place, [row for row in good if row.number not in faulty], asked)
    return Examination(
        table=table,
        mapping=staged["mapping"],
        rows=rows,
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        questions=asked,
        outcomes=plan.outcomes,
        ledger=plan.ledger,
        new_competences=plan.new_competences,
        directory=directory,
        leaves_out_faulty=bool(staged["leaves_out_faulty"]),
        has_example=has_example,
    )


def _checked(
    parsed: Parsed, place: Place, home_country: str
) -> tuple[tuple[ParsedRow, ...], tuple[Fault, ...], bool]:
    """Return the rows without the template's example, and the faults of cells and of whole rows."""
    examples = {row.number for row in parsed.rows if row.values["name"] == EXAMPLE_NAME}
    rows = tuple(row for row in parsed.rows if row.number not in examples)
    cell_faults = tuple(fault for fault in parsed.faults if fault.row not in examples)
    faulty = {fault.row for fault in cell_faults}
    good = [row for row in rows if row.number not in faulty]
    further = tuple(fault for row in good for fault in row_faults(row, place, home_country))
    return rows, cell_faults + further, bool(examples)


def _planned(
    batch: ImportBatch, place: Place, rows: Sequence[ParsedRow], asked: Sequence[Question]
) -> MemberPlan:
    choices = {question.row.number: question.choice for question in asked}
    plan = MemberPlan(batch.cluster, batch.file_name, place, choices.values())
    for row in rows:
        choice = choices.get(row.number, NEW)
        if choice and choice != OUT:
            plan.take(row, choice)
    return plan


def directory_mark(cluster: Cluster) -> tuple[int, int]:
    """Return a mark that changes when an organisation is added to the directory or leaves it. One query."""
    found = Organisation.objects.filter(cluster=cluster).aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0
