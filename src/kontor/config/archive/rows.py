"""Rows as JSON lines, independent of the database they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

# Of no worth elsewhere, or made anew by themselves; and what opens the sealed ballots of a vote under way:
# with it, two backups a vote apart would tell who chose what.
LEFT_OUT = frozenset(
    {"sessions.session", "auth.permission", "django_tasks_db.dbtaskresult", "votes.ballotkey"}
)


class ExactEncoder(DjangoJSONEncoder):
    """Writes moments to the microsecond; Django's own stops at milliseconds."""

    def default(self, o: Any) -> Any:
        """Return a moment as ISO 8601, all else as Django does."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def stored_models(registry: Apps) -> list[type[models.Model]]:
    """Return every model with a table of its own that a backup holds, join tables included."""
    found = registry.get_models(include_auto_created=True)
    return sorted(
        (m for m in found if m._meta.managed and not m._meta.proxy and m._meta.label_lower not in LEFT_OUT),
        key=lambda m: m._meta.label_lower,
    )


def row_lines(rows: models.QuerySet[Any]) -> Iterator[str]:
    """Yield each row as one JSON object of column name to stored value, ordered by key."""
    fields = rows.model._meta.concrete_fields
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        values = {field.attname: field.get_prep_value(getattr(row, field.attname)) for field in fields}
        yield json.dumps(values, cls=ExactEncoder, ensure_ascii=False)


def stored_values(model: type[models.Model], line: str) -> list[Any]:
    """Return one line's values in the order of the model's columns, as Python objects."""
    values = json.loads(line)
    return [
        field.to_python(values[field.attname])
        if not isinstance(field, models.JSONField)
        else values[field.attname]
        for field in model._meta.concrete_fields
    ]
