"""Stage, decide, write and take back an import of needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.actors.models import ImportBatch
from kontor.imports.cells import shown
from kontor.imports.fields import guess_mapping
from kontor.imports.table import read_table
from kontor.needs.importing.columns import columns
from kontor.needs.importing.plan import Plan, Ready, plan
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.needs.problems import NeedError
from kontor.needs.services.topics import add_topic

STATES = ImportBatch.State


@transaction.atomic
def stage(*, cluster: Cluster, user: User | None, file_name: str, data: bytes) -> ImportBatch:
    """Return a batch with the list and the guessed columns; raises ImportRefused and keeps nothing then."""
    table = read_table(data, file_name)
    staged = {
        "headers": list(table.headers),
        "header_row": table.header_row,
        "rows": [[row.number, [shown(cell) for cell in row.cells]] for row in table.rows],
        "mapping": guess_mapping(table.headers, columns()),
        "organisations": {},
        "topics": {},
    }
    name = PurePath(file_name).name[:255]
    return ImportBatch.objects.create(
        cluster=cluster, kind=ImportBatch.Kind.NEEDS, file_name=name, staged=staged, created_by=user
    )


@transaction.atomic
def choose(
    *,
    batch: ImportBatch,
    mapping: Mapping[str, int],
    organisations: Mapping[str, str],
    topics: Mapping[str, str],
) -> ImportBatch:
    """Store which column means what and which known name an unknown one stands for.

    organisations, topics: folded name → key, "skip", or "new" for a topic. Raises NeedError
    "need_import.not_staged".
    """
    locked = _locked(batch, STATES.STAGED, "need_import.not_staged")
    width, known = len(locked.staged["headers"]), {field.name for field in columns()}
    locked.staged["mapping"] = {
        name: index for name, index in mapping.items() if name in known and 0 <= index < width
    }
    locked.staged["organisations"] |= organisations
    locked.staged["topics"] |= topics
    locked.save()
    return locked


@transaction.atomic
def carry_out(*, batch: ImportBatch) -> ImportBatch:
    """Write every row of the list or none.

    Raises NeedError "need_import.not_staged", "need_import.has_faults" or "need_import.nothing_to_write".
    """
    locked = _locked(batch, STATES.STAGED, "need_import.not_staged")
    planned = plan(locked)
    if planned.faults or planned.is_open:
        raise NeedError("need_import.has_faults")
    if not planned.ready:
        raise NeedError("need_import.nothing_to_write")
    topics = _new_topics(locked.cluster, planned)
    kinds = dict(NeedTopic.objects.filter(cluster=locked.cluster).values_list("pk", "kind"))
    Need.objects.bulk_create([_need(locked, each, topics, kinds) for each in planned.ready], batch_size=500)
    locked.changes = {"topics": sorted(topics.values())}
    locked.report = {
        "written": len(planned.ready),
        "skipped": planned.skipped,
        "known": len(planned.known),
        "topics": len(topics),
    }
    # The members' words now stand in the needs; a second copy would outlive their deletion.
    locked.staged = {}
    return _close(locked, STATES.DONE)


@transaction.atomic
def take_back(*, batch: ImportBatch) -> ImportBatch:
    """Delete what the import wrote; needs that somebody has edited, merged or linked since stay.

    Raises NeedError "need_import.not_done".
    """
    locked = _locked(batch, STATES.DONE, "need_import.not_done")
    untouched = Need.objects.filter(imported_in=locked, version=1, links=None, merged_into=None, merged=None)
    removed = untouched.count()
    untouched.delete()
    locked.report |= {"removed": removed, "kept": Need.objects.filter(imported_in=locked).count()}
    NeedTopic.objects.filter(pk__in=locked.changes.get("topics", []), needs__isnull=True).delete()
    return _close(locked, STATES.UNDONE)


def _locked(batch: ImportBatch, state: str, code: str) -> ImportBatch:
    """Return the batch locked, or refuse where it is not in the state expected."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != state or locked.kind != ImportBatch.Kind.NEEDS:
        raise NeedError(code)
    return locked


def _close(batch: ImportBatch, state: str) -> ImportBatch:
    batch.state, batch.finished_at = state, timezone.now()
    batch.save()
    return batch


def _new_topics(cluster: Cluster, planned: Plan) -> dict[str, int]:
    """Make the topics that the list brings along and return name → key."""
    made: dict[str, int] = {}
    for each in planned.ready:
        if each.new_topic and each.new_topic.casefold() not in made:
            kind = each.values["kind"] or NeedKind.OTHER
            names = dict.fromkeys(cluster.languages[:1] or ["de"], each.new_topic)
            made[each.new_topic.casefold()] = add_topic(cluster=cluster, kind=kind, name=names).pk
    return made


def _need(batch: ImportBatch, each: Ready, topics: Mapping[str, int], kinds: Mapping[int, str]) -> Need:
    topic = each.topic if each.topic is not None else topics[each.new_topic.casefold()]
    values = each.values
    return Need(
        cluster=batch.cluster,
        organisation_id=each.organisation,
        topic_id=topic,
        kind=values["kind"] or kinds[topic],
        statement=values["statement"],
        country=values["country"] or "",
        urgency=values["urgency"] or Need.Urgency.SOON,
        source=values["source"] or Need.Source.OTHER,
        recorded_on=values["recorded_on"] or timezone.localdate(),
        imported_in=batch,
    )
