"""What is known of partner clusters on a day: the newest fact of each field, and whether it still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet

from kontor.partners.catalogue import ProfileField, fields
from kontor.partners.models import Fact, Partner
from kontor.partners.values import Value, shown, value_of


@dataclass(frozen=True)
class KnownFact:
    """One thing that is known. fact: None where it is computed from our own directory."""

    field: ProfileField
    value: Value
    source: str
    source_url: str
    as_of: date
    is_stale: bool
    fact: Fact | None = None

    @property
    def text(self) -> str:
        """Return the value in the reader's writing."""
        return shown(self.field, self.value)

    @property
    def is_computed(self) -> bool:
        """True where the program has counted it."""
        return self.fact is None


# Field code → what is known.
Known = Mapping[str, KnownFact]


def oldest_fresh(field: ProfileField, on: date) -> date:
    """Return the first day from which on a fact of this field still holds on `on`."""
    return _months_before(on, field.stale_after_months) if field.stale_after_months else date.min


def is_stale(field: ProfileField, as_of: date, on: date) -> bool:
    """True where a fact of that day is out of date on `on`."""
    return as_of < oldest_fresh(field, on)


def known_facts(partner: Partner, on: date) -> Known:
    """Return what is known of one partner on `on`. One query."""
    return known_of([partner], on).get(partner.pk, {})


def known_of(
    partners: Iterable[Partner], on: date, codes: Collection[str] | None = None
) -> dict[int, dict[str, KnownFact]]:
    """Return partner → what is known of it on `on`, or only the fields `codes`. One query."""
    return known_of_keys([partner.pk for partner in partners if partner.pk], on, codes)


def known_of_keys(
    keys: Collection[int], on: date, codes: Collection[str] | None = None
) -> dict[int, dict[str, KnownFact]]:
    """Return the same for the keys of partners. One query."""
    wanted = set(fields() if codes is None else codes)
    rows = Fact.objects.filter(partner__in=keys, field__in=wanted, as_of__lte=on).order_by("as_of", "pk")
    newest: dict[int, dict[str, Fact]] = defaultdict(dict)
    for row in rows:
        newest[row.partner_id][row.field] = row
    return {
        key: {code: known_fact(found[code], on) for code in fields() if code in found}
        for key, found in newest.items()
    }


def known_fact(fact: Fact, on: date) -> KnownFact:
    """Return a fact of a field of the catalogue with its value."""
    field = fields()[fact.field]
    return KnownFact(
        field=field,
        value=value_of(fact, field),
        source=fact.source,
        source_url=fact.source_url,
        as_of=fact.as_of,
        is_stale=is_stale(field, fact.as_of, on),
        fact=fact,
    )


def fact_history(partner: Partner, code: str) -> QuerySet[Fact]:
    """Return all facts of one field, the current one first."""
    return (
        Fact.objects.filter(partner=partner, field=code)
        .select_related("entered_by")
        .order_by("-as_of", "-pk")
    )


@lru_cache(maxsize=256)
def _months_before(on: date, months: int) -> date:
    return on - relativedelta(months=months)


def is_fresh_on(on: date, prefix: str = "") -> Q:
    """Return the condition, for facts: true on `on` and not out of date; prefix: the way to them, "facts__".

    A field is fresh where any of its facts is, because the newest one counts.
    """
    by_limit: dict[date, list[str]] = defaultdict(list)
    for field in fields().values():
        by_limit[oldest_fresh(field, on)].append(field.code)
    condition = Q()
    for limit, codes in by_limit.items():
        condition |= Q(**{f"{prefix}field__in": codes, f"{prefix}as_of__gte": limit})
    return condition & Q(**{f"{prefix}as_of__lte": on})
