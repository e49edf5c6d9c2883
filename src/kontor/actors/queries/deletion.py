"""What would go with an organisation, counted before anybody deletes it."""

from __future__ import annotations

from collections import Counter

from django.db import models, router
from django.db.models.deletion import Collector

from kontor.actors.models import Organisation


def hanging_on(organisation: Organisation) -> list[tuple[str, int]]:
    """Return (kind of object, number) of all that is deleted together with the organisation.

    Upper rooms count too, such as needs, without this room knowing them.
    """
    collector = Collector(using=router.db_for_write(Organisation), origin=organisation)
    collector.collect([organisation])
    counts: Counter[type[models.Model]] = Counter()
    for model, rows in collector.data.items():
        counts[model] += len(rows)
    for group in collector.fast_deletes:
        counts[group.model] += group.count()
    counts[Organisation] -= 1
    return [(_name(model, number), number) for model, number in counts.most_common() if number]


def _name(model: type[models.Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)
