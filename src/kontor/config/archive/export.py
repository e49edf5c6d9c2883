"""All data of one cluster as tables that any office program opens, and as JSON lines for machines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.db import models

from kontor.accounts.models import Cluster
from kontor.config.archive.rows import LEFT_OUT, row_lines
from kontor.reports.lists import ListCell, write_csv
from kontor.reports.model import Column

# Keys are no data of the cluster: whoever holds the export must not hold them.
SECRET = frozenset({"token_hash"})


def paths_to_cluster() -> dict[type[models.Model], str]:
    """Return, for each model that belongs to a cluster, the lookup that leads there."""
    found: dict[type[models.Model], str] = {}
    kept = [m for m in apps.get_models() if m._meta.label_lower not in LEFT_OUT]
    ours = [m for m in kept if m.__module__.startswith("kontor.") and m is not Cluster]
    for model in ours:
        if any(f.name == "cluster" and f.remote_field for f in model._meta.concrete_fields):
            found[model] = "cluster"
    known = 0
    while known < len(found):
        # Rows that hang on rows that hang on the cluster, however deep.
        known = len(found)
        found |= {model: path for model in ours if model not in found and (path := _path(model, found))}
    return found


def _path(model: type[models.Model], found: Mapping[type[models.Model], str]) -> str:
    """Return the lookup through the model's first key that leads to the cluster, "" where none does."""
    for field in model._meta.concrete_fields:
        target: Any = field.remote_field.model if field.remote_field else None
        if target in found:
            return f"{field.name}__{found[target]}"
    return ""


def export_cluster(cluster: Cluster, target: Path, *, on_progress: Callable[[int, int], None]) -> int:
    """Write every row of `cluster` to the ZIP `target`; return the number of rows."""
    parts = sorted(paths_to_cluster().items(), key=lambda part: part[0]._meta.label_lower)
    total = 0
    target.touch(mode=0o600)  # what competitors confided is for its owner alone
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (model, path) in enumerate(parts):
            on_progress(number, len(parts))
            rows = [json.loads(line) for line in row_lines(model._base_manager.filter(**{path: cluster}))]
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in SECRET]
            columns = tuple(Column(name, "text") for name in names)
            cells = [tuple(_cell(row[name]) for name in names) for row in rows]
            label = model._meta.label_lower
            archive.writestr(f"{label}.csv", write_csv(columns, cells))
            kept = [{name: row[name] for name in names} for row in rows]
            archive.writestr(
                f"{label}.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in kept)
            )
            total += len(rows)
    return total


def _cell(value: Any) -> ListCell:
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else cast("ListCell", value)
    )
