"""Taking an import back: what it made goes, what it altered becomes what it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlog.context import disable_auditlog
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.ledger import dependants_last, encoded, portions, stamp
from kontor.imports.refused import ImportRefused

MOST_REASONS = 5


@transaction.atomic
def undo_import(*, batch: ImportBatch) -> ImportBatch:
    """Take a finished import back; raises ImportRefused and changes nothing where later work would be lost.

    Later work is: an edit of what the import wrote, or something that was hung on it since, such as a need.
    """
    is_mine = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.DONE)
    if not is_mine.update(state=ImportBatch.State.UNDONE):
        raise ImportRefused("import.not_to_be_undone")
    batch.refresh_from_db()
    reasons = list(_later_work(batch.changes))
    if reasons:
        raise ImportRefused("import.undo_would_lose", reasons=_listed(reasons))
    with disable_auditlog():
        _restore(batch.changes["altered"])
        _remove(batch.changes["created"])
    batch.changes = {}
    batch.finished_at = timezone.now()
    batch.save()
    return batch


def _listed(reasons: list[str]) -> str:
    """Return the first reasons and the number of the others, as one text."""
    shown = "; ".join(reasons[:MOST_REASONS])
    more = len(reasons) - MOST_REASONS
    return shown if more <= 0 else _("%(reasons)s; and %(more)s more") % {"reasons": shown, "more": more}


def _later_work(changes: dict[str, Any]) -> Iterator[str]:
    """Yield each reason as words: what it is, and what has happened to it."""
    created = changes["created"]
    for label, stamps in created.items():
        model = apps.get_model(label)
        rows = _stored(model, list(stamps))
        for row in rows.values():
            if stamp(row) != stamps[str(row.pk)]:
                yield _("“%(name)s” has been edited") % {"name": row}
        yield from _hung_on(model, rows, created)
    for label, noted in changes["altered"].items():
        for key, row in _stored(apps.get_model(label), list(noted)).items():
            if any(encoded(getattr(row, name)) != after for name, (_b, after) in noted[str(key)].items()):
                yield _("“%(name)s” has been edited") % {"name": row}


def _stored(model: type[models.Model], keys: list[str]) -> dict[Any, models.Model]:
    """Return the rows that are still there, locked until the end of the transaction."""
    found: dict[Any, models.Model] = {}
    for part in portions(keys):
        found |= model._default_manager.select_for_update().in_bulk([int(key) for key in part])
    return found


def _hung_on(
    model: type[models.Model], rows: dict[Any, models.Model], created: dict[str, dict[str, str]]
) -> Iterator[str]:
    """Yield what points at created rows without having been created with them."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not (relation.one_to_many or relation.one_to_one) or other is ImportBatch:
            continue
        own = created.get(other._meta.label_lower, {})
        for part in portions(list(rows)):
            pointing = other._default_manager.filter(**{f"{relation.field.name}__in": part})
            for key, target in pointing.values_list("pk", relation.field.attname):
                if str(key) not in own:
                    values = {"what": other._meta.verbose_name, "name": rows[target]}
                    yield _("“%(name)s” has something new: %(what)s") % values


def _restore(altered: dict[str, dict[str, dict[str, list[Any]]]]) -> None:
    for label, noted in altered.items():
        model = apps.get_model(label)
        for key, row in _stored(model, list(noted)).items():
            for name, (before, after) in noted[str(key)].items():
                # The count of edits only goes up: a form opened before must not seem fresh again.
                setattr(row, name, after + 1 if name == "version" else _decoded(model, name, before))
            row.save(update_fields=list(noted[str(key)]))


def _decoded(model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    if isinstance(field, I18nCharField | I18nTextField):
        return LazyI18nString(value)
    return field.to_python(value)  # type: ignore[union-attr]


def _remove(created: dict[str, dict[str, str]]) -> None:
    """Delete what the import made: what points at others goes before them."""
    for model in reversed(dependants_last(map(apps.get_model, created))):
        for part in portions([int(key) for key in created[model._meta.label_lower]]):
            model._default_manager.filter(pk__in=part).delete()
