"""Everything that is stored about somebody, found through the foreign keys of all rooms.

No room needs to be named here: whoever points to the row with a foreign key is asked.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# Secrets, and what tells about other people.
KEPT_BACK = frozenset(
    {
        "accounts.invitation.token_hash",
        "accounts.user.is_superuser",
        "accounts.user.password",
        "auditlog.logentry.changes",
        "auditlog.logentry.changes_text",
        "auditlog.logentry.cid",
        "auditlog.logentry.serialized_data",
        "mfa.authenticator.data",
        "usersessions.usersession.data",
        "usersessions.usersession.session_key",
    }
)


@dataclass(frozen=True)
class Section:
    """The rows of one kind; each row maps a label to a value as people read it."""

    title: str
    rows: tuple[dict[str, str], ...]


def collect(row: models.Model) -> tuple[Section, ...]:
    """Return what is stored in `row` and in every row of any room that points to it."""
    own = Section(_title(row._meta.model), (_readable(row, None),))
    return (own, *(section for relation in _relations(row) if (section := _pointing(row, relation))))


def archive(row: models.Model) -> bytes:
    """Return a ZIP with the same twice: data.html to read, data.json for a machine."""
    sections = collect(row)
    now = timezone.localtime()
    told = {"about": str(row), "as_of": now, "sections": [asdict(section) for section in sections]}
    page = render_to_string(
        "accounts/personal_data.html", {"about": str(row), "as_of": now, "sections": sections}
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.html", page)
        file.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    return buffer.getvalue()


def _relations(row: models.Model) -> Iterator[models.ForeignObjectRel]:
    """Yield every relation that points to the row, also those without a name for the way back."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel | models.OneToOneRel):
            continue
        if not relation.related_model._meta.auto_created:
            yield relation


def _pointing(row: models.Model, relation: models.ForeignObjectRel) -> Section | None:
    model: type[models.Model] = relation.related_model
    found = model._base_manager.filter(**{relation.field.name: row}).select_related().order_by("pk")
    rows = tuple(_readable(each, relation.field) for each in found)
    label = str(relation.field.verbose_name)
    return Section(f"{_title(model)} ({label})", rows) if rows else None


def _title(model: type[models.Model]) -> str:
    return capfirst(str(model._meta.verbose_name_plural))


def _readable(row: models.Model, skipped: models.Field[Any, Any] | None) -> dict[str, str]:
    said = {}
    for field in row._meta.concrete_fields:
        is_empty = getattr(row, field.attname) in (None, "", [], {})
        # Whole lists and papers hang on a row that somebody made: they are the cluster's, not the person's.
        is_cargo = skipped is not None and isinstance(field, models.JSONField)
        if (
            field != skipped
            and not is_cargo
            and not is_empty
            and f"{row._meta.label_lower}.{field.name}" not in KEPT_BACK
        ):
            said[capfirst(str(field.verbose_name))] = _said(row, field)
    return said


def _said(row: models.Model, field: models.Field[Any, Any]) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return str(
        formats.localize(timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value)
    )
