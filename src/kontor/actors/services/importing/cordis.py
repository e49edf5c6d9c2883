"""Carrying out a CORDIS import: all of it or nothing, once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.cordis_members import MemberChoice, names_in_file
from kontor.actors.services.importing.cordis_plan import CordisPlan, Tell
from kontor.actors.services.importing.faults import packed_fault
from kontor.imports.cordis import CordisData, read_cordis_folder
from kontor.imports.refused import ImportRefused


def import_cordis(
    *,
    cluster: Cluster,
    data: CordisData,
    members: MemberChoice,
    requested_by: User | None = None,
    batch: ImportBatch | None = None,
    file_name: str = "CORDIS",
    same: Mapping[str, int] | None = None,
    tell: Tell = lambda done, total: None,
) -> ImportBatch:
    """Write the records and return the finished batch; a second import of the same updates and adds nothing.

    batch: the running batch that this carries out; None makes one.
    same:  participant code → key of the organisation that a person has said it is; all others are found by
           their code only, never by name.
    Raises ImportRefused where a name of `members` fits nobody, or where the batch is carried out already.
    """
    missing = members.not_found(data.organisations)
    if missing:
        raise ImportRefused("import.members_not_found", names="; ".join(missing[:10]), number=len(missing))
    plan = CordisPlan(cluster, data, same or {})
    plan.make(members, tell)
    with transaction.atomic():
        running = _claimed(cluster, batch, requested_by, file_name)
        running.changes = plan.ledger.write(running)
        running.report = _report(data, plan)
        running.staged = {}
        running.state = ImportBatch.State.DONE
        running.finished_at = timezone.now()
        running.save()
    return running


def _claimed(cluster: Cluster, batch: ImportBatch | None, user: User | None, file_name: str) -> ImportBatch:
    """Return the running batch, locked, so that it is carried out once; inside a transaction."""
    if batch is None:
        kind, state = ImportBatch.Kind.CORDIS, ImportBatch.State.RUNNING
        return ImportBatch.objects.create(
            cluster=cluster, kind=kind, state=state, file_name=file_name[:255], created_by=user
        )
    running = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if running.state != ImportBatch.State.RUNNING:
        raise ImportRefused("import.no_longer_prepared")
    return running


def _report(data: CordisData, plan: CordisPlan) -> dict[str, Any]:
    created = {model._meta.model_name: len(rows) for model, rows in plan.ledger.created.items()}
    altered: dict[str, int] = {}
    for row, _before in plan.ledger.altered():
        name = str(row._meta.model_name)
        altered[name] = altered.get(name, 0) + 1
    return {
        "projects": len(data.projects),
        "organisations": len(data.organisations),
        "participation_rows": data.participation_rows,
        "participations": len(data.participations),
        "members": plan.members,
        "sciences": len({science.code for science in data.sciences}),
        "new_competences": plan.competences,
        "created": created,
        "altered": altered,
        "faults": [packed_fault(fault) for fault in (*data.faults, *plan.faults)],
    }


def import_cordis_folder(
    cluster: Cluster,
    folder: Path,
    members_country: str | None = None,
    members_file: Path | None = None,
    on_progress: Tell | None = None,
) -> ImportBatch:
    """Import the export in a folder and return the finished batch; raises ImportRefused and writes nothing.

    Members are the organisations of `members_country` and those that `members_file` names.
    """
    tell = on_progress or (lambda done, total: None)
    countries = (members_country,) if members_country else ()
    names = names_in_file(members_file) if members_file else ()
    members = MemberChoice.of(countries, names)
    data = read_cordis_folder(folder)
    return import_cordis(cluster=cluster, data=data, members=members, file_name=folder.name, tell=tell)
