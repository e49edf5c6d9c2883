"""What was loaded from which file, and what the indicators on record cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from kontor.accounts.models import Cluster
from kontor.countries.models import Indicator, IndicatorValue, SourceFile


@dataclass(frozen=True)
class Coverage:
    """An indicator with what is on record of it. is_stale: even its newest figure is out of date."""

    indicator: Indicator
    countries: int
    figures: int
    first: int
    last: int
    is_stale: bool


def files_of(cluster: Cluster) -> QuerySet[SourceFile]:
    """Return the files that were loaded once, the latest first. One query."""
    files = SourceFile.objects.filter(cluster=cluster).exclude(state=SourceFile.State.STAGED)
    return (
        files.select_related("upload__created_by", "taken_back_by")
        .defer("staged", "replaced")
        .order_by("-loaded_at", "-pk")
    )


def replaced_files(cluster: Cluster) -> set[int]:
    """Return the keys of loaded files that a later one builds on: they are taken back after it. One query."""
    loaded = SourceFile.objects.filter(cluster=cluster, state=SourceFile.State.LOADED)
    return {key for keys in loaded.values_list("replaces", flat=True) for key in keys}


def coverage(cluster: Cluster, on: date) -> list[Coverage]:
    """Return every indicator with figures, and what they cover. Two queries."""
    rows: Any = IndicatorValue.objects.filter(indicator__cluster=cluster).order_by().values("indicator")
    covered = rows.annotate(
        countries=Count("country", distinct=True), figures=Count("pk"), first=Min("year"), last=Max("year")
    )
    by_pk = {row.pop("indicator"): row for row in covered}
    return [
        Coverage(
            indicator=indicator,
            is_stale=on.year - by_pk[indicator.pk]["last"] > indicator.stale_after_years,
            **by_pk[indicator.pk],
        )
        for indicator in Indicator.objects.filter(cluster=cluster, pk__in=by_pk)
    ]
