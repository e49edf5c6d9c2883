"""Stage, write and take back an import of own criteria."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.criteria.checking import settled
from kontor.criteria.importing.columns import columns
from kontor.criteria.importing.plan import Ready, plan
from kontor.criteria.models import Catalogue, CriteriaImport, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.services.keeping import code_for, last_position
from kontor.criteria.services.loading import free_code
from kontor.imports.cells import shown
from kontor.imports.fields import guess_mapping
from kontor.imports.table import read_table

STATES = CriteriaImport.State


@transaction.atomic
def stage(*, catalogue: Catalogue, user: User | None, file_name: str, data: bytes) -> CriteriaImport:
    """Return a batch with the list and the guessed columns; raises ImportRefused and keeps nothing then."""
    table = read_table(data, file_name)
    staged = {
        "headers": list(table.headers),
        "header_row": table.header_row,
        "rows": [[row.number, [shown(cell) for cell in row.cells]] for row in table.rows],
        "mapping": guess_mapping(table.headers, columns(catalogue.purpose)),
    }
    name = PurePath(file_name).name[:255]
    return CriteriaImport.objects.create(
        cluster_id=catalogue.cluster_id, catalogue=catalogue, file_name=name, staged=staged, created_by=user
    )


@transaction.atomic
def choose(*, batch: CriteriaImport, mapping: Mapping[str, int]) -> CriteriaImport:
    """Store which column means what. Raises CriteriaError "criteria_import.not_staged"."""
    locked = _locked(batch, STATES.STAGED, "criteria_import.not_staged")
    width = len(locked.staged["headers"])
    known = {field.name for field in columns(locked.catalogue.purpose)}
    locked.staged["mapping"] = {
        name: index for name, index in mapping.items() if name in known and 0 <= index < width
    }
    locked.save()
    return locked


@transaction.atomic
def carry_out(*, batch: CriteriaImport) -> CriteriaImport:
    """Write every row of the list or none.

    Raises CriteriaError "criteria_import.not_staged", "criteria_import.has_faults" or
    "criteria_import.nothing_to_write".
    """
    locked = _locked(batch, STATES.STAGED, "criteria_import.not_staged")
    catalogue = Catalogue.objects.select_for_update().get(pk=locked.catalogue_id)
    planned = plan(locked)
    if planned.faults:
        raise CriteriaError("criteria_import.has_faults")
    if not planned.ready:
        raise CriteriaError("criteria_import.nothing_to_write")
    Criterion.objects.bulk_create(_criteria(locked, catalogue, planned.ready), batch_size=500)
    locked.report = {"written": len(planned.ready), "known": len(planned.known)}
    locked.staged = {}
    return _close(locked, STATES.DONE)


@transaction.atomic
def take_back(*, batch: CriteriaImport) -> CriteriaImport:
    """Delete what the import wrote; criteria that somebody has edited or switched since stay.

    Versions keep their copies. Raises CriteriaError "criteria_import.not_done".
    """
    locked = _locked(batch, STATES.DONE, "criteria_import.not_done")
    untouched = Criterion.objects.filter(imported_in=locked, version=1)
    removed = untouched.count()
    untouched.delete()
    locked.report |= {"removed": removed, "kept": Criterion.objects.filter(imported_in=locked).count()}
    return _close(locked, STATES.UNDONE)


def _criteria(batch: CriteriaImport, catalogue: Catalogue, rows: tuple[Ready, ...]) -> list[Criterion]:
    """Return the criteria of the list, each last in its family, in the order of the list."""
    taken = set(catalogue.criteria.values_list("code", flat=True))
    families = {row.values["family"] for row in rows}
    last = {family: last_position(catalogue, family) for family in families}
    made = []
    for row in rows:
        criterion = draft(batch, row)
        criterion.code = free_code(code_for(criterion.name), taken)
        taken.add(criterion.code)
        last[criterion.family] += 1
        criterion.position = last[criterion.family]
        made.append(criterion)
    return made


def draft(batch: CriteriaImport, row: Ready) -> Criterion:
    """Return the criterion that a row becomes, not stored and without place and short name."""
    return Criterion(
        cluster_id=batch.cluster_id, catalogue=batch.catalogue, imported_in=batch, **settled(row.values)
    )


def _locked(batch: CriteriaImport, state: str, code: str) -> CriteriaImport:
    """Return the batch locked, or refuse where it is not in the state expected."""
    locked = CriteriaImport.objects.select_for_update(of=("self",)).select_related("catalogue")
    found = locked.get(pk=batch.pk)
    if found.state != state:
        raise CriteriaError(code)
    return found


def _close(batch: CriteriaImport, state: str) -> CriteriaImport:
    batch.state, batch.finished_at = state, timezone.now()
    batch.save()
    return batch
