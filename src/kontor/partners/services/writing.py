"""Steps that writes of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.actors.folding import search_key
from kontor.partners.models import Partner
from kontor.partners.problems import PartnerError
from kontor.partners.values import texts_of


def texts(given: Mapping[str, str] | LazyI18nString | str) -> LazyI18nString:
    """Return the texts by language, without blanks around and without empty ones."""
    return LazyI18nString(texts_of(given))


def day_or_today(as_of: date | None) -> date:
    """Return the day, today where none is given; raises PartnerError "fact.in_the_future"."""
    today = timezone.localdate()
    if as_of is not None and as_of > today:
        raise PartnerError("fact.in_the_future")
    return as_of or today


def set_key(partner: Partner) -> None:
    """Write what the partner cluster is found by."""
    partner.search_key = search_key(
        f"{partner.name} {partner.region}", partner.short_name, f"{partner.city} {partner.reference}"
    )


def empty_value(name: str) -> Any:
    """Return what a field of a profile holds where nothing is known."""
    field: Any = Partner._meta.get_field(name)
    return field.get_default()


def filled(row: Any, values: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Set the row's fields; raises TypeError for a field that may not be set so."""
    unknown = set(values) - allowed
    if unknown:
        raise TypeError(f"{type(row).__name__} does not take {sorted(unknown)}")
    for name, value in values.items():
        setattr(row, name, value)
