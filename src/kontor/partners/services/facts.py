"""Record what was found out. Nothing is overwritten; a newer fact stands before the older ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kontor.accounts.models import User
from kontor.needs.services import Remains, remove
from kontor.partners.catalogue import fields
from kontor.partners.models import Fact, Partner, PartnerImport
from kontor.partners.problems import PartnerError
from kontor.partners.services.writing import day_or_today
from kontor.partners.values import checked, same


@transaction.atomic
def record_fact(
    *,
    partner: Partner,
    field: str,
    value: Any,
    source: str = "",
    source_url: str = "",
    as_of: date | None = None,
    note: str = "",
    by: User | None = None,
    imported_in: PartnerImport | None = None,
) -> Fact:
    """Return the fact, new or as it stands on that day already.

    value: text or language → text; a number (percent as 0 to 100, money in euro); an option's code or several
    of them. as_of: the day for which it is true, today where none is given. Raises PartnerError
    "fact.field_unknown", "fact.in_the_future" or any of `values.checked`, and Django's ValidationError for a
    bad link.
    """
    found = fields().get(field)
    if found is None:
        raise PartnerError("fact.field_unknown", wanted=field)
    columns, day = checked(found, value), day_or_today(as_of)
    there = Fact.objects.filter(partner=partner, field=field, as_of=day).order_by("-pk").first()
    said = {"source": source.strip(), "source_url": source_url.strip(), "note": note.strip()}
    if there is not None and same(columns | said, there):
        return there
    fact = Fact(
        cluster_id=partner.cluster_id,
        partner=partner,
        field=field,
        as_of=day,
        entered_by=by,
        imported_in=imported_in,
        **columns,
        **said,
    )
    fact.full_clean()
    fact.save()
    return fact


@transaction.atomic
def record_facts(
    *,
    partner: Partner,
    values: Mapping[str, Any],
    source: str = "",
    source_url: str = "",
    as_of: date | None = None,
    note: str = "",
    by: User | None = None,
) -> list[Fact]:
    """Record several fields from one source, all or none. Raises as `record_fact` does."""
    shared: dict[str, Any] = {
        "source": source,
        "source_url": source_url,
        "as_of": as_of,
        "note": note,
        "by": by,
    }
    return [
        record_fact(partner=partner, field=field, value=value, **shared) for field, value in values.items()
    ]


@transaction.atomic
def delete_fact(*, fact: Fact) -> Remains:
    """Delete one fact; an older one of the same field counts again. `needs.services.restore` undoes it."""
    return remove(fact)
