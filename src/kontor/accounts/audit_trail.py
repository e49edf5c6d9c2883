"""Reading the audit trail: entries as people read them, in a constant number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, User
from kontor.accounts.services.audit import entries_of
from kontor.ui.components import Text

NOTHING = "–"
LONGEST = 160
ACTIONS: dict[int, Text] = {0: _("created"), 1: _("changed"), 2: _("deleted"), 3: _("opened")}


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One entry of the audit trail, ready to be shown."""

    when: datetime
    who: str
    action: str
    kind: str
    what: str
    note: str
    changes: tuple[Change, ...]

    @property
    def told(self) -> str:
        """Return note and changes as one text, for a cell of a spreadsheet."""
        parts = [f"{change.label}: {change.old} → {change.new}" for change in self.changes]
        return "; ".join([self.note, *parts] if self.note else parts)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for: ids as chosen, 0 for any; both days are included."""

    actor_id: int = 0
    kind_id: int = 0
    since: date | None = None
    until: date | None = None


def entries(cluster: Cluster, wanted: Wanted) -> QuerySet[LogEntry]:
    """Return the wanted entries of a cluster, newest first."""
    found = entries_of(cluster)
    if wanted.actor_id:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.kind_id:
        found = found.filter(content_type_id=wanted.kind_id)
    if wanted.since:
        found = found.filter(timestamp__gte=timezone.make_aware(datetime.combine(wanted.since, time.min)))
    if wanted.until:
        found = found.filter(timestamp__lte=timezone.make_aware(datetime.combine(wanted.until, time.max)))
    return found.select_related("actor")


def kinds() -> list[tuple[int, str]]:
    """Return the kinds of objects that are written about: (content type id, name), by name."""
    types = ContentType.objects.get_for_models(*auditlog.get_models())
    named = [(each.pk, capfirst(str(model._meta.verbose_name))) for model, each in types.items()]
    return sorted(named, key=lambda pair: pair[1].casefold())


def people(cluster: Cluster) -> list[tuple[int, str]]:
    """Return who can have written: everybody with a key to the cluster, by name. One query."""
    users = User.objects.filter(roles__cluster=cluster).order_by("name", "email")
    return [(user.pk, str(user)) for user in users]


def readable(page: Iterable[LogEntry]) -> list[Line]:
    """Return entries with labels and values in words; one query for each kind of object they point to."""
    shown = list(page)
    names = _names(shown)
    return [_line(entry, names) for entry in shown]


Names = Mapping[type[models.Model], Mapping[int, str]]


def _names(shown: list[LogEntry]) -> Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in shown:
        for field, values in _fields(entry):
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model].update(int(each) for each in values if str(each).isdigit())
    return {
        model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids).select_related()}
        for model, ids in wanted.items()
        if ids
    }


def _fields(entry: LogEntry) -> list[tuple[models.Field[Any, Any], list[Any]]]:
    """Return the fields of an entry that still exist, with old and new value."""
    model = _model(entry)
    pairs = []
    for name, values in (entry.changes or {}).items():
        field = _field(model, name)
        if field is not None:
            pairs.append((field, values if isinstance(values, list) else [None, _many(values)]))
    return pairs


def _field(model: type[models.Model] | None, name: str) -> models.Field[Any, Any] | None:
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) and not field.primary_key else None


def _many(values: Mapping[str, Any]) -> str:
    """Tell what was added to or taken from a list of objects."""
    sign = "−" if values.get("operation") == "delete" else "+"
    return f"{sign} {', '.join(values.get('objects', []))}"


def _model(entry: LogEntry) -> type[models.Model] | None:
    return ContentType.objects.get_for_id(entry.content_type_id).model_class()


def _line(entry: LogEntry, names: Names) -> Line:
    model = _model(entry)
    extra = entry.additional_data or {}
    note = gettext(extra["note"]) % extra.get("params", {}) if extra.get("note") else ""
    is_new = entry.action == LogEntry.Action.CREATE
    changes = (
        Change(capfirst(str(field.verbose_name)), *(_said(field, each, names) for each in values[:2]))
        for field, values in _fields(entry)
        if field.name not in ("cluster", "created_at")
    )
    return Line(
        when=entry.timestamp,
        who=str(entry.actor) if entry.actor_id else "",
        action=str(ACTIONS.get(entry.action, "")) if not note else "",
        kind=capfirst(str(model._meta.verbose_name)) if model else "",
        what=entry.object_repr,
        note=note,
        changes=tuple(each for each in changes if not (is_new and each.new == NOTHING)),
    )


def _said(field: models.Field[Any, Any], value: Any, names: Names) -> str:
    """Return a stored value in words; auditlog keeps values as text, "None" for nothing."""
    if value in (None, "None", ""):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        known = names.get(field.related_model, {})
        return known.get(int(value), NOTHING) if str(value).isdigit() else str(value)
    for key, label in field.flatchoices:
        if str(key) == str(value):
            return str(label)
    if isinstance(field, models.BooleanField):
        return gettext("Yes") if str(value) == "True" else gettext("No")
    return Truncator(_plain(field, str(value))).chars(LONGEST)


def _plain(field: models.Field[Any, Any], value: str) -> str:
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return formats.localize(timezone.localtime(_utc(moment))) if moment else value
    if isinstance(field, models.DateField):
        day = parse_date(value)
        return formats.localize(day) if day else value
    if isinstance(field, models.JSONField):
        return _flat(value)
    return value


def _utc(moment: datetime) -> datetime:
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


def _flat(value: str) -> str:
    try:
        content = json.loads(value)
    except ValueError:
        return value
    if isinstance(content, list):
        return ", ".join(str(each) for each in content) or NOTHING
    return value
