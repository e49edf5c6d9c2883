"""The audit trail: entries of a cluster, notes on what no single change tells, and forgetting names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import BigIntegerField, F, Func, Q, QuerySet, TextField
from django.db.models.functions import Cast

from kontor.accounts.models import Cluster, User

FORGOTTEN = "–"


class ClusterOfEntry(Func):
    """The cluster that an entry belongs to, written as the index of migration 0002 has it."""

    function = "JSON_EXTRACT"
    template = "JSON_EXTRACT(%(expressions)s, '$.cluster')"
    output_field = BigIntegerField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Say the same in PostgreSQL's words."""
        template = "((%(expressions)s ->> 'cluster')::bigint)"
        sql, params = self.as_sql(compiler, connection, template=template, **context)
        return sql, params


def entries_of(cluster: Cluster) -> QuerySet[LogEntry]:
    """Return a cluster's entries, newest first, by the index."""
    found: QuerySet[LogEntry] = LogEntry.objects.alias(of_cluster=ClusterOfEntry(F("additional_data")))
    return found.filter(of_cluster=cluster.pk).order_by("-timestamp", "-pk")


def note(
    *,
    cluster: Cluster,
    actor: User | None,
    text: str,
    params: Mapping[str, object] | None = None,
    about: models.Model | None = None,
) -> LogEntry:
    """Write one entry for an act that touches many rows, such as an import, and return it.

    text:  an English sentence marked with gettext_noop, with %(name)s parameters; it is shown in the reader's
           language. about: the object that the act is about; the cluster, if absent.
    """
    subject = about or cluster
    entry: LogEntry = LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_pk=str(subject.pk),
        object_id=subject.pk,
        object_repr=str(subject),
        action=LogEntry.Action.UPDATE,
        changes={},
        actor=actor,
        actor_email=actor.email if actor else None,
        additional_data={"cluster": cluster.pk, "note": text, "params": dict(params or {})},
    )
    return entry


def _trail_of(row: models.Model) -> QuerySet[LogEntry]:
    kind = ContentType.objects.get_for_model(row)
    found: QuerySet[LogEntry] = LogEntry.objects.filter(content_type=kind, object_pk=str(row.pk))
    return found


@transaction.atomic
def forget(
    *, rows: Iterable[models.Model] = (), words: Iterable[str] = (), cluster: Cluster | None = None
) -> int:
    """Take a person out of the audit trail and return how many entries were changed.

    Entries about `rows` keep time, kind and action only; in all others each of `words` (name, address) is
    replaced by a dash. Entries of other clusters than `cluster` are left alone, if one is given.
    """
    changed = 0
    for row in rows:
        bare: dict[str, Any] = {
            "object_repr": FORGOTTEN,
            "changes": {},
            "changes_text": "",
            "serialized_data": None,
        }
        changed += _trail_of(row).update(**bare)
    searched = sorted({word.strip() for word in words if len(word.strip()) > 2}, key=len, reverse=True)
    if searched:
        scope = entries_of(cluster) if cluster else LogEntry.objects.all()
        changed += _replace(scope, searched)
    return changed


def _replace(scope: QuerySet[LogEntry], words: list[str]) -> int:
    texts = {f"text_of_{name}": Cast(name, TextField()) for name in ("changes", "additional_data")}
    mentions = Q()
    for word in words:
        # SQLite keeps "ü" in JSON as an escape, PostgreSQL as the letter.
        for written in {word, json.dumps(word)[1:-1]}:
            mentions |= Q(object_repr__contains=written)
            for name in texts:
                mentions |= Q(**{f"{name}__contains": written})
    scope = scope.alias(**texts)
    found = list(scope.filter(mentions))
    for entry in found:
        entry.object_repr = _without(entry.object_repr, words)
        entry.changes = _without(entry.changes, words)
        entry.additional_data = _without(entry.additional_data, words)
    LogEntry.objects.bulk_update(found, ["object_repr", "changes", "additional_data"], batch_size=500)
    return len(found)


def _without(value: Any, words: list[str]) -> Any:
    """Return a JSON value with each word replaced in all its texts."""
    if isinstance(value, str):
        for word in words:
            value = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", FORGOTTEN, value)
        return value
    if isinstance(value, list):
        return [_without(each, words) for each in value]
    if isinstance(value, dict):
        return {key: _without(each, words) for key, each in value.items()}
    return value
