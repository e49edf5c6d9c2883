"""What has happened to an organisation, read from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kontor.actors.queries.profile import Profile

LIMIT = 30
_SILENT_FIELDS = {"id", "cluster", "organisation", "search_key", "imported_in", "version"}


class Event(TypedDict):
    """One line of the history."""

    when: datetime
    who: str
    what: str


def history(profile: Profile) -> list[Event]:
    """Return the latest changes of the organisation and all that hangs on it, newest first.

    One query, and one more for each kind of object until Django knows it.
    """
    rows: list[models.Model] = [profile.organisation]
    for group in (
        profile.memberships,
        profile.sizes,
        profile.start_up_periods,
        profile.competences,
        profile.sites,
        profile.people,
        profile.ties,
    ):
        rows.extend(group)
    return history_of(rows)


def history_of(rows: Iterable[models.Model]) -> list[Event]:
    """Return the latest changes of the rows, newest first. One query."""
    entries = LogEntry.objects.filter(_about(rows)).select_related("actor", "content_type")
    return [_event(entry) for entry in entries.order_by("-timestamp", "-pk")[:LIMIT]]


def last_editor(row: models.Model) -> str:
    """Return the name of who changed `row` last, or "". One query."""
    kind = ContentType.objects.get_for_model(type(row))
    entries = LogEntry.objects.filter(content_type=kind, object_id=row.pk).select_related("actor")
    entry = entries.order_by("-timestamp", "-pk").first()
    return str(entry.actor) if entry and entry.actor else ""


def _about(rows: Iterable[models.Model]) -> Q:
    ids: dict[type[models.Model], list[int]] = {}
    for row in rows:
        ids.setdefault(type(row), []).append(row.pk)
    condition = Q()
    for model, pks in ids.items():
        condition |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=pks)
    return condition


def _event(entry: LogEntry) -> Event:
    model = entry.content_type.model_class()
    noun = str(model._meta.verbose_name) if model else ""
    who = str(entry.actor) if entry.actor else ""
    return Event(when=entry.timestamp, who=who, what=_sentence(entry, model, noun))


def _sentence(entry: LogEntry, model: type[models.Model] | None, noun: str) -> str:
    named = {"noun": noun, "name": entry.object_repr}
    if entry.action == LogEntry.Action.CREATE:
        return _("Added: %(noun)s “%(name)s”") % named
    if entry.action == LogEntry.Action.DELETE:
        return _("Deleted: %(noun)s “%(name)s”") % named
    return _("Changed: %(fields)s") % {"fields": _changes(entry, model)}


def _changes(entry: LogEntry, model: type[models.Model] | None) -> str:
    told = []
    for name, pair in (entry.changes_dict or {}).items():
        if model is None or name in _SILENT_FIELDS or not isinstance(pair, list):
            continue
        told.append(f"{_label(model, name)}: {_said(pair[0])} → {_said(pair[1])}")
    return "; ".join(told) or entry.object_repr


def _label(model: type[models.Model], name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return name


def _said(value: object) -> str:
    text = "" if value in (None, "None") else str(value)
    return (text if len(text) <= 60 else f"{text[:59]}…") or "–"
