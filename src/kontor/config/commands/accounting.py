"""What an import has done or found, line by line for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontor.actors.services.importing.examining import Examination
    from kontor.imports.fields import Fault

COUNTED = (
    ("rows", "rows read"),
    ("new", "new organisations"),
    ("joined", "known organisations that became members"),
    ("updated", "organisations updated"),
    ("unchanged", "unchanged"),
    ("projects", "projects"),
    ("organisations", "organisations"),
    ("participation_rows", "participation rows read"),
    ("participations", "participations stored (an organisation counts once per project)"),
    ("members", "organisations that are members"),
    ("sciences", "EuroSciVoc fields named by the projects"),
)


def counted_lines(report: Mapping[str, Any]) -> list[str]:
    """Return one line for each number that the import accounts for."""
    return [f"{report[key]:>8,}  {label}" for key, label in COUNTED if key in report]


def fault_lines(faults: Iterable[Fault], *, most: int) -> list[str]:
    """Return one line for each of the first `most` faults: where, what was found, what was taken."""
    from kontor.actors.services.importing.faults import sentence

    found = list(faults)
    lines = [f"{len(found):>8,}  faulty cells" + (":" if found else "")]
    for fault in found[:most]:
        place = f"{fault.file} " if fault.file else ""
        taken = f" → {fault.taken}" if fault.taken else ""
        where = f"{place}row {fault.row}, {fault.column}"
        lines.append(f"          {where}: {sentence(fault.code, fault.params)} {fault.value!r}{taken}")
    if len(found) > most:
        lines.append(f"          … and {len(found) - most} more; --faults FILE.xlsx writes them all")
    return lines


def obstacle_lines(examination: Examination) -> list[str]:
    """Return what stands in the way of an import that nobody can be asked about."""
    lines = fault_lines(examination.faults, most=100)
    for question in examination.undecided:
        best = question.candidates[0]
        lines.append(
            f"          row {question.row.number}: “{question.entry.name}” may be the known "
            f"“{best.entry.name}”. Decide in the browser, or change the name in the file."
        )
    if not examination.outcomes and not lines[1:]:
        lines.append("          there is no row to import.")
    return lines
