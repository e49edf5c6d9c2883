"""What an import leaves to look at in Excel: rows that were left out, and the list of faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.faults import sentence, unpacked_fault
from kontor.imports.fields import Fault
from kontor.reports.lists import ListRow, write_csv, write_xlsx
from kontor.reports.model import Column


def left_out_xlsx(batch: ImportBatch) -> bytes:
    """Return the rows that were left out as they stood in the file, with a column that says why."""
    headers = batch.report.get("headers", [])
    columns = [
        Column(_("Row")),
        *(Column(str(header or "")) for header in headers),
        Column(_("Left out because")),
    ]
    rows: list[ListRow] = []
    for entry in batch.report.get("left_out", []):
        cells = [_shown(cell) for cell in entry["cells"][: len(headers)]]
        cells += [""] * (len(headers) - len(cells))
        rows.append([entry["row"], *cells, _why(entry["faults"])])
    return write_xlsx(_("Rows left out"), columns, rows)


def _shown(cell: Any) -> Any:
    if isinstance(cell, dict):
        return next(iter(cell.values()))
    return cell


def _why(faults: Sequence[Mapping[str, Any]]) -> str:
    if not faults:
        return _("You chose to leave it out.")
    told = [unpacked_fault(fault) for fault in faults]
    return "\n".join(f"{fault.column}: {sentence(fault.code, fault.params)}" for fault in told)


def faults_file(faults: Iterable[Fault], file_format: str, language: str) -> bytes:
    """Return the list of faults as XLSX or CSV."""
    columns = [
        Column(text)
        for text in (_("File"), _("Row"), _("Column"), _("Heading"), _("Found"), _("Taken"), _("What it is"))
    ]
    rows = list(_fault_rows(faults))
    if file_format == "csv":
        return write_csv(columns, rows, language)
    return write_xlsx(_("Faults"), columns, rows)


def _fault_rows(faults: Iterable[Fault]) -> Iterator[ListRow]:
    for fault in faults:
        found, said = str(fault.value), sentence(fault.code, fault.params)
        yield [fault.file, fault.row or "", fault.column_letter, fault.column, found, fault.taken, said]
