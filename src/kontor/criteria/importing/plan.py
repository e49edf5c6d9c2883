"""What an import is going to write, computed from the staged file and the columns chosen so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kontor.criteria.checking import POINTS, check_content, settled
from kontor.criteria.importing.columns import LESS, columns
from kontor.criteria.models import Catalogue, CriteriaImport, Criterion, Scale
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import OWN
from kontor.criteria.texts import LANGUAGES, texts_of
from kontor.imports.cells import column_letter, shown
from kontor.imports.fields import Fault, ParsedRow, read_rows
from kontor.imports.folding import folded
from kontor.imports.table import RawRow, RawTable

# In which column a refusal of the whole row is shown: the first of these that the list has.
_PLACES = {
    "criterion.no_name": ("name_de", "name_en"),
    "criterion.ends_reversed": ("scale_low", "scale_high"),
    "criterion.ends_outside": ("scale_low", "scale_high"),
    "criterion.number_too_large": ("scale_high", "scale_low", "knock_out_below", "knock_out_above"),
    "criterion.all_knocked_out": ("knock_out_below",),
    "criterion.knock_out_outside": ("knock_out_below", "knock_out_above"),
}


@dataclass(frozen=True)
class Ready:
    """One row that can be written: the fields as `services.create_own_criterion` takes them."""

    row: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Everything that the preview shows.

    known: rows whose name the catalogue, or a row above, has already; they are left out.
    """

    headers: tuple[str, ...]
    mapping: dict[str, int]
    faults: tuple[Fault, ...]
    ready: tuple[Ready, ...]
    known: tuple[int, ...]
    total: int

    @property
    def can_run(self) -> bool:
        """True where everything can be written as it stands."""
        return bool(self.ready) and not self.faults


def plan(batch: CriteriaImport) -> Plan:
    """Return the plan of a staged batch. Two queries, whatever the length of the list."""
    table, catalogue = staged_table(batch), batch.catalogue
    mapping = {name: int(index) for name, index in batch.staged["mapping"].items()}
    parsed = read_rows(table, mapping, columns(catalogue.purpose))
    faults = [*parsed.faults, *_no_name_column(table, mapping)]
    faulty, names = {fault.row for fault in faults}, _names_of(catalogue)
    ready, known = [], []
    for row in parsed.rows:
        values = _values(row.values)
        own = {folded(name) for name in values["name"].values()}
        if own & names:
            known.append(row.number)
        elif table.header_row not in faulty and row.number not in faulty:
            names |= own
            problem = _problem(catalogue, values)
            faults += [_fault(table, mapping, row, problem)] if problem else []
            ready += [] if problem else [Ready(row.number, values)]
    return Plan(
        headers=table.headers,
        mapping=mapping,
        faults=tuple(sorted(faults, key=lambda fault: (fault.row, fault.column_letter))),
        ready=tuple(ready),
        known=tuple(known),
        total=len(parsed.rows),
    )


def staged_table(batch: CriteriaImport) -> RawTable:
    """Return the table as it was staged, every cell as text."""
    rows = tuple(RawRow(number, tuple(cells)) for number, cells in batch.staged["rows"])
    return RawTable(tuple(batch.staged["headers"]), rows, header_row=batch.staged["header_row"])


def _names_of(catalogue: Catalogue) -> set[str]:
    """Return all names in the catalogue, in all languages, folded for comparing."""
    found = Criterion.objects.filter(catalogue=catalogue).values_list("name", flat=True)
    return {folded(text) for name in found for text in texts_of(name).values()}


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as the services take it; what the list leaves open is as in an empty form."""
    values: dict[str, Any] = {
        name: {code: row[f"{name}_{code}"] or "" for code in LANGUAGES if row[f"{name}_{code}"]}
        for name in ("name", "meaning", "evidence", "unit")
    }
    values["anchors"] = {
        point: {code: row[f"anchor_{point}_{code}"] or "" for code in LANGUAGES} for point in POINTS
    }
    numbers = ("scale_low", "scale_high", "knock_out_below", "knock_out_above")
    return values | {
        "family": row["family"] or OWN,
        "scale": row["scale"] or Scale.POINTS,
        "is_benefit": row["direction"] != LESS,
        "source": row["source"] or "",
        **{name: row[name] for name in numbers},
    }


def _no_name_column(table: RawTable, mapping: Mapping[str, int]) -> Iterator[Fault]:
    """Yield one fault, at the header row, where no column holds a name."""
    if not any(f"name_{code}" in mapping for code in LANGUAGES):
        label = gettext("Name")
        yield Fault(table.header_row, label, "", "field.no_column", {"field": label})


def _problem(catalogue: Catalogue, values: Mapping[str, Any]) -> CriteriaError | None:
    """Return what is wrong with a row as a whole."""
    try:
        check_content(Criterion(catalogue=catalogue, **settled(values)))
    except CriteriaError as problem:
        return problem
    return None


def _fault(table: RawTable, mapping: Mapping[str, int], row: ParsedRow, problem: CriteriaError) -> Fault:
    """Return the fault of a row at the column that most likely causes it."""
    index = next((mapping[name] for name in _PLACES.get(problem.code, ()) if name in mapping), None)
    if index is None:
        return Fault(row.number, "", "", problem.code, problem.params)
    cells = next(each.cells for each in table.rows if each.number == row.number)
    found = shown(cells[index]) if index < len(cells) else ""
    return Fault(row.number, table.headers[index], column_letter(index), problem.code, problem.params, found)
