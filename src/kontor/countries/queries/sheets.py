"""Sheets with their five dimensions: figures filled in, own entries, ratings, and what wants a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.countries.models import Dimension, Indicator, RegionSheet, SheetEntry
from kontor.countries.queries.figures import Figure, Place, countries_in_view, histories
from kontor.countries.queries.frame import Frame, Link, frame

# An entry that nobody has looked at for so long may no longer hold.
REVIEW_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class ShownFigure:
    """An indicator with its figure, which may be missing, and the years before it for a small picture."""

    indicator: Indicator
    figure: Figure | None
    history: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class DimensionView:
    """One dimension of a sheet. rating: mean of the rated entries, None without any; rated: how many."""

    dimension: Dimension
    figures: tuple[ShownFigure, ...]
    entries: tuple[SheetEntry, ...]
    rating: float | None
    rated: int


@dataclass(frozen=True)
class CountryView:
    """A country on a day. view: the countries that it is ranked among.

    stale_figures, stale_entries: how many are out of date.
    """

    country: str
    on: date
    view: tuple[str, ...]
    dimensions: tuple[DimensionView, ...]
    link: Link | None
    stale_figures: int
    stale_entries: int

    @property
    def has_figures(self) -> bool:
        """True where at least one indicator has a figure."""
        return any(shown.figure for dimension in self.dimensions for shown in dimension.figures)


def sheets_of(cluster: Cluster, on: date) -> QuerySet[RegionSheet]:
    """Return the sheets with `entries_number`, `stale_number` and `mean_rating`. One query."""
    annotated: Any = RegionSheet.objects.filter(cluster=cluster).annotate(
        entries_number=Count("entries"),
        stale_number=Count("entries", filter=Q(entries__reviewed_on__lt=on - REVIEW_AFTER)),
        mean_rating=Avg("entries__rating"),
    )
    sheets: QuerySet[RegionSheet] = annotated
    return sheets


def is_stale(entry: SheetEntry, on: date) -> bool:
    """Tell whether nobody has looked at an entry for twelve months."""
    return entry.reviewed_on < on - REVIEW_AFTER


def country_view(cluster: Cluster, country: str, on: date, entries: Iterable[SheetEntry] = ()) -> CountryView:
    """Return what is known of a country, with the entries of a sheet sorted in.

    Ranks are among the countries in view and this one. Nine queries at most, however much there is.
    """
    view = tuple(sorted({*countries_in_view(cluster), country}))
    found = frame(cluster, view, on)
    past = histories(found.indicators, country, on)
    given = list(entries)
    dimensions = tuple(_dimension(each, found, country, past, given) for each in Dimension)
    figures = [figure for (_key, of), figure in found.figures.items() if of == country]
    return CountryView(
        country=country,
        on=on,
        view=view,
        dimensions=dimensions,
        link=found.links.get(country),
        stale_figures=sum(figure.is_stale for figure in figures),
        stale_entries=sum(is_stale(entry, on) for entry in given),
    )


def mean_ratings(entries: Iterable[SheetEntry]) -> dict[str, float]:
    """Return dimension → mean rating of the entries that are rated."""
    given: dict[str, list[int]] = {}
    for entry in entries:
        if entry.rating is not None:
            given.setdefault(entry.dimension, []).append(entry.rating)
    return {dimension: sum(ratings) / len(ratings) for dimension, ratings in given.items()}


def ratings_of(cluster: Cluster, countries: Iterable[str]) -> dict[Place, float]:
    """Return (dimension, country) → mean rating over the entries of all sheets of the country. One query."""
    rated = SheetEntry.objects.filter(sheet__cluster=cluster, sheet__country__in=list(countries))
    rows: Any = rated.exclude(rating=None).order_by().values_list("dimension", "sheet__country")
    return {(dimension, country): mean for dimension, country, mean in rows.annotate(Avg("rating"))}


def _dimension(
    dimension: Dimension,
    found: Frame,
    country: str,
    past: dict[str, tuple[tuple[int, float], ...]],
    entries: list[SheetEntry],
) -> DimensionView:
    shown = tuple(
        ShownFigure(each, found.figures.get((each.key, country)), past.get(each.key, ()))
        for each in found.indicators
        if each.dimension == dimension
    )
    own = tuple(entry for entry in entries if entry.dimension == dimension)
    return DimensionView(
        dimension=dimension,
        figures=shown,
        entries=own,
        rating=mean_ratings(own).get(dimension),
        rated=sum(entry.rating is not None for entry in own),
    )
