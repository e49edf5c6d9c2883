"""Stage, decide, write and take back an import of profiles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.imports.cells import Cell, shown
from kontor.imports.fields import guess_mapping
from kontor.imports.table import read_table
from kontor.partners.importing.columns import columns
from kontor.partners.importing.plan import plan
from kontor.partners.importing.undoing import taken_back
from kontor.partners.importing.writing import Writer
from kontor.partners.models import PartnerImport
from kontor.partners.problems import PartnerError

STATES = PartnerImport.State
LONGEST_SOURCE = 300


@transaction.atomic
def stage(*, cluster: Cluster, user: User | None, file_name: str, data: bytes) -> PartnerImport:
    """Return an import with the list and the guessed columns; raises ImportRefused and keeps nothing then."""
    table = read_table(data, file_name)
    name = PurePath(file_name).name[:255]
    staged = {
        "headers": list(table.headers),
        "header_row": table.header_row,
        "sheet": table.sheet,
        "rows": [[row.number, [_kept(cell) for cell in row.cells]] for row in table.rows],
        "mapping": guess_mapping(table.headers, columns()),
        "choices": {},
        "source": name[:LONGEST_SOURCE],
        "as_of": timezone.localdate().isoformat(),
    }
    return PartnerImport.objects.create(cluster=cluster, file_name=name, staged=staged, created_by=user)


@transaction.atomic
def choose(
    *,
    batch: PartnerImport,
    mapping: Mapping[str, int],
    choices: Mapping[str, str],
    source: str,
    as_of: date | None,
) -> PartnerImport:
    """Store which column means what, whom a row means, and the source of rows that name none.

    choices: row number → "new", "skip", "p:<key>" or "r:<row>". Raises PartnerError
    "profile_import.not_staged" or "fact.in_the_future".
    """
    locked = _locked(batch, STATES.STAGED, "profile_import.not_staged")
    if as_of is not None and as_of > timezone.localdate():
        raise PartnerError("fact.in_the_future")
    width, known = len(locked.staged["headers"]), {field.name for field in columns()}
    locked.staged["mapping"] = {
        name: index for name, index in mapping.items() if name in known and 0 <= index < width
    }
    locked.staged["choices"] |= choices
    locked.staged["source"] = source.strip()[:LONGEST_SOURCE]
    locked.staged["as_of"] = as_of.isoformat() if as_of else locked.staged["as_of"]
    locked.save()
    return locked


@transaction.atomic
def carry_out(*, batch: PartnerImport, user: User | None = None) -> PartnerImport:
    """Write every row of the list or none.

    Raises PartnerError "profile_import.not_staged", "profile_import.has_faults",
    "profile_import.undecided" or "profile_import.nothing_to_write".
    """
    locked = _locked(batch, STATES.STAGED, "profile_import.not_staged")
    planned = plan(locked)
    if planned.faults:
        raise PartnerError("profile_import.has_faults", number=len(planned.faults))
    if planned.open_questions:
        raise PartnerError("profile_import.undecided", number=planned.open_questions)
    if not planned.ready:
        raise PartnerError("profile_import.nothing_to_write")
    writer = Writer(locked, user)
    writer.write(planned)
    locked.changes = writer.changes
    locked.report = writer.report | {"skipped": planned.skipped}
    # What the file held now stands in the profiles; a second copy would outlive their deletion.
    locked.staged = {}
    return _close(locked, STATES.DONE)


@transaction.atomic
def take_back(*, batch: PartnerImport) -> PartnerImport:
    """Delete what the import wrote; profiles that somebody has changed or built on since stay.

    Raises PartnerError "profile_import.not_done".
    """
    locked = _locked(batch, STATES.DONE, "profile_import.not_done")
    locked.report |= taken_back(locked)
    return _close(locked, STATES.UNDONE)


def _kept(cell: Cell) -> Any:
    """Return a cell as JSON holds it; numbers stay numbers, so that none is read two ways."""
    return cell if cell is None or isinstance(cell, bool | int | float) else shown(cell)


def _locked(batch: PartnerImport, state: str, code: str) -> PartnerImport:
    """Return the import locked, or refuse where it is not in the state expected."""
    locked = PartnerImport.objects.select_for_update().get(pk=batch.pk)
    if locked.state != state or locked.kind != PartnerImport.Kind.TABLE:
        raise PartnerError(code)
    return locked


def _close(batch: PartnerImport, state: str) -> PartnerImport:
    batch.state, batch.finished_at = state, timezone.now()
    batch.save()
    return batch
