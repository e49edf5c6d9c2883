"""What an import is going to write, computed from the staged file and the choices made so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from kontor.actors.models import ImportBatch
from kontor.imports.cells import column_letter
from kontor.imports.fields import Fault, ParsedRow, read_rows
from kontor.imports.folding import folded
from kontor.imports.table import RawRow, RawTable
from kontor.needs.importing.columns import columns
from kontor.needs.importing.matching import Register, organisations_of, topics_of
from kontor.needs.models import Need
from kontor.ui.forms import number_in

SKIP, NEW = "skip", "new"
# More unknown names than anybody decides one by one; the file is the better place to put them right.
MOST_NAMES = 100


@dataclass(frozen=True)
class Unknown:
    """A name in the list that stands for nothing known yet, with what it may mean.

    chosen: key of what was chosen, "skip" to leave its rows out, "new" for a new topic, "" while open.
    """

    name: str
    key: str
    rows: tuple[int, ...]
    proposals: tuple[tuple[int, str], ...]
    chosen: str

    @property
    def places(self) -> str:
        """Return the first row numbers, as text."""
        first = ", ".join(map(str, self.rows[:8]))
        return f"{first}, …" if len(self.rows) > len(self.rows[:8]) else first


@dataclass(frozen=True)
class Ready:
    """One row that can be written; topic is None where `new_topic` is to be made first."""

    row: int
    organisation: int
    topic: int | None
    new_topic: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Everything that the preview shows.

    skipped: rows left out on request. known: rows that are on record already and are left out.
    """

    headers: tuple[str, ...]
    mapping: dict[str, int]
    faults: tuple[Fault, ...]
    organisations: tuple[Unknown, ...]
    topics: tuple[Unknown, ...]
    ready: tuple[Ready, ...]
    skipped: int
    known: tuple[int, ...]
    total: int

    @property
    def is_open(self) -> bool:
        """True while a name waits for a choice."""
        return any(not each.chosen for each in (*self.organisations, *self.topics))

    @property
    def can_run(self) -> bool:
        """True where everything can be written as it stands."""
        return bool(self.ready) and not self.faults and not self.is_open


def plan(batch: ImportBatch) -> Plan:
    """Return the plan of a staged batch. Three queries, whatever the length of the list."""
    table, staged = staged_table(batch), batch.staged
    mapping = {name: int(index) for name, index in staged["mapping"].items()}
    parsed = read_rows(table, mapping, columns())
    faults = [*parsed.faults, *_future(table, mapping, parsed.rows)]
    faulty = {fault.row for fault in faults}
    sorted_out = _Sorter(batch, staged.get("organisations", {}), staged.get("topics", {}))
    for row in parsed.rows:
        sorted_out.take(row, is_faulty=row.number in faulty)
    return Plan(
        headers=table.headers,
        mapping=mapping,
        faults=tuple(sorted(faults, key=lambda fault: (fault.row, fault.column_letter))),
        organisations=tuple(sorted_out.unknown(sorted_out.open_organisations, sorted_out.organisations)),
        topics=tuple(sorted_out.unknown(sorted_out.open_topics, sorted_out.topics)),
        ready=tuple(sorted_out.ready),
        skipped=sorted_out.skipped,
        known=tuple(sorted_out.known),
        total=len(parsed.rows),
    )


def staged_table(batch: ImportBatch) -> RawTable:
    """Return the table as it was staged, every cell as text."""
    rows = tuple(RawRow(number, tuple(cells)) for number, cells in batch.staged["rows"])
    return RawTable(tuple(batch.staged["headers"]), rows, header_row=batch.staged["header_row"])


class _Sorter:
    """Sorts the rows into ready, skipped, known and open."""

    def __init__(self, batch: ImportBatch, organisations: dict[str, str], topics: dict[str, str]) -> None:
        self.organisations, self.topics = organisations_of(batch.cluster), topics_of(batch.cluster)
        self.chosen = {id(self.organisations): organisations, id(self.topics): topics}
        self.seen = _on_record(batch)
        self.open_organisations: dict[str, tuple[str, list[int]]] = {}
        self.open_topics: dict[str, tuple[str, list[int]]] = {}
        self.ready: list[Ready] = []
        self.known: list[int] = []
        self.skipped = 0

    def take(self, row: ParsedRow, *, is_faulty: bool) -> None:
        """Put one row where it belongs."""
        name, topic_name = row.values["organisation"] or "", row.values["topic"] or ""
        organisation = self._meant(self.organisations, self.open_organisations, name, row.number)
        topic = self._meant(self.topics, self.open_topics, topic_name, row.number)
        if SKIP in (organisation, topic):
            self.skipped += 1
        elif organisation and topic and not is_faulty:
            self._accept(row, int(organisation), topic, topic_name)

    def _accept(self, row: ParsedRow, organisation: int, topic: str, topic_name: str) -> None:
        identity = (organisation, folded(topic_name) if topic == NEW else topic, row.values["statement"])
        if identity in self.seen:
            self.known.append(row.number)
            return
        self.seen.add(identity)
        values = {key: value for key, value in row.values.items() if key not in ("organisation", "topic")}
        is_new = topic == NEW
        new_topic = topic_name if is_new else ""
        self.ready.append(Ready(row.number, organisation, None if is_new else int(topic), new_topic, values))

    def _meant(
        self, register: Register, waiting: dict[str, tuple[str, list[int]]], name: str, row: int
    ) -> str:
        """Return the key that a name stands for, or what was chosen for it; note names that are not known."""
        if not name:
            return ""
        found = register.find(name)
        if found is not None:
            return str(found)
        waiting.setdefault(folded(name), (name, []))[1].append(row)
        return self._choice(register, folded(name))

    def _choice(self, register: Register, key: str) -> str:
        """Return the choice made for a folded name, where it still makes sense."""
        chosen = self.chosen[id(register)].get(key, "")
        is_known = number_in(chosen) in register.labels
        is_word = chosen == SKIP or (chosen == NEW and register is self.topics)
        return chosen if is_known or is_word else ""

    def unknown(self, waiting: dict[str, tuple[str, list[int]]], register: Register) -> Iterator[Unknown]:
        """Yield the names that the register does not know."""
        for number, (key, (name, rows)) in enumerate(waiting.items()):
            proposals = register.propose(name) if number < MOST_NAMES else ()
            yield Unknown(name, key, tuple(rows), proposals, self._choice(register, key))


def _on_record(batch: ImportBatch) -> set[tuple[int, str, str]]:
    rows = Need.objects.filter(cluster=batch.cluster).values_list("organisation_id", "topic_id", "statement")
    return {(organisation, str(topic), statement) for organisation, topic, statement in rows}


def _future(table: RawTable, mapping: dict[str, int], rows: tuple[ParsedRow, ...]) -> Iterator[Fault]:
    """Yield a fault for each day that is still to come."""
    today, index = timezone.localdate(), mapping.get("recorded_on")
    for row in rows:
        day = row.values["recorded_on"]
        if index is not None and isinstance(day, date) and day > today:
            letter = column_letter(index)
            yield Fault(row.number, table.headers[index], letter, "need_import.future", {}, day.isoformat())
