"""Write sheets and their entries, confirm that an entry still holds, delete and bring back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.countries.models import RegionSheet, SheetEntry
from kontor.countries.problems import CountryError

_TEXTS = ("title", "conclusion", "text")


@transaction.atomic
def create_sheet(
    *,
    cluster: Cluster,
    country: str,
    region: str = "",
    title: Mapping[str, str] | None = None,
    conclusion: Mapping[str, str] | None = None,
) -> RegionSheet:
    """Return a new sheet of a country or region; title and conclusion are language → text.

    Raises CountryError "country.sheet_twice" and Django's ValidationError.
    """
    sheet = RegionSheet(cluster=cluster, country=country, region=region.strip())
    sheet.title, sheet.conclusion = _texts(title or {}), _texts(conclusion or {})
    return _saved(sheet)


@transaction.atomic
def update_sheet(*, sheet: RegionSheet, expected_version: int, **fields: Any) -> RegionSheet:
    """Return the sheet with region, title or conclusion changed, or raise EditConflict.

    Raises CountryError "country.sheet_twice" and Django's ValidationError.
    """
    current = claim_edit(sheet, expected_version)
    _set(current, fields)
    return _saved(current)


@transaction.atomic
def write_entry(
    *,
    sheet: RegionSheet,
    dimension: str,
    text: Mapping[str, str],
    as_of: date,
    source: str = "",
    url: str = "",
    rating: int | None = None,
    on: date,
) -> SheetEntry:
    """Return a new entry of a sheet, reviewed on the day `on`. Raises Django's ValidationError."""
    entry = SheetEntry(
        cluster_id=sheet.cluster_id,
        sheet=sheet,
        dimension=dimension,
        text=_texts(text),
        as_of=as_of,
        source=source,
        url=url,
        rating=rating,
        reviewed_on=on,
    )
    entry.full_clean()
    entry.save()
    return entry


@transaction.atomic
def update_entry(*, entry: SheetEntry, expected_version: int, on: date, **fields: Any) -> SheetEntry:
    """Return the entry with `fields` changed and reviewed on the day `on`, or raise EditConflict.

    Raises Django's ValidationError.
    """
    current = claim_edit(entry, expected_version)
    _set(current, fields)
    current.reviewed_on = on
    current.full_clean()
    current.save()
    return current


@transaction.atomic
def confirm_entry(*, entry: SheetEntry, on: date) -> SheetEntry:
    """Return the entry, looked at on the day `on` and found to hold still."""
    current = claim_edit(entry, SheetEntry.objects.select_for_update().get(pk=entry.pk).version)
    current.reviewed_on = on
    current.save()
    return current


@transaction.atomic
def delete_sheet(*, sheet: RegionSheet) -> str:
    """Delete a sheet with its entries; `restore` brings back what is returned."""
    remains = str(serializers.serialize("json", [sheet, *sheet.entries.all()]))
    sheet.delete()
    return remains


@transaction.atomic
def delete_entry(*, entry: SheetEntry) -> str:
    """Delete an entry; `restore` brings back what is returned."""
    remains = str(serializers.serialize("json", [entry]))
    entry.delete()
    return remains


def restore(*, remains: str) -> RegionSheet:
    """Bring back what was deleted and return its sheet.

    Raises CountryError "country.cannot_come_back" where another sheet has taken its place, or the sheet of an
    entry has gone.
    """
    try:
        with transaction.atomic():
            rows: list[Any] = [each.object for each in serializers.deserialize("json", remains)]
            for row in rows:
                if not isinstance(row, RegionSheet | SheetEntry):
                    raise CountryError("country.cannot_come_back")
                row.full_clean(validate_unique=False, validate_constraints=False)
                row.save_base(raw=True, force_insert=True)
            first = rows[0]
            return first if isinstance(first, RegionSheet) else first.sheet
    except (DeserializationError, IndexError, DatabaseError, ValidationError) as problem:
        raise CountryError("country.cannot_come_back") from problem


def _set(row: RegionSheet | SheetEntry, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, _texts(value) if name in _TEXTS else value)


def _texts(given: Mapping[str, str]) -> LazyI18nString:
    """Return the texts by language, without blanks around and without empty ones."""
    return LazyI18nString({code: text.strip() for code, text in given.items() if text and text.strip()})


def _saved(sheet: RegionSheet) -> RegionSheet:
    sheet.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as problem:
        raise CountryError("country.sheet_twice") from problem
    return sheet
