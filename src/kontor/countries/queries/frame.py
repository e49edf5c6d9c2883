"""The frame of countries: distance and language from home, and figures side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.countries.models import CountryLink, Indicator
from kontor.countries.queries.figures import Figure, Place, figures, indicators_of


@dataclass(frozen=True)
class Link:
    """What lies between the cluster's country and another one.

    distance_km: between the most populated cities, as CEPII measures it; capital_km, weighted_km: see models.
    At home it is the distance between people within the country, and the language is shared.
    """

    home: str
    country: str
    distance_km: float
    capital_km: float | None
    weighted_km: float | None
    shares_language: bool
    speaks_language: bool | None
    is_contiguous: bool
    publisher: str
    file: str
    loaded_on: date | None

    @property
    def source(self) -> str:
        """Return publisher and file."""
        return " · ".join(filter(None, (self.publisher, self.file)))

    @property
    def is_home(self) -> bool:
        """True for the cluster's own country."""
        return self.home == self.country


@dataclass(frozen=True)
class Frame:
    """Countries side by side. figures: (indicator's key, country) → Figure, without what is not known."""

    countries: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    figures: dict[Place, Figure]
    links: dict[str, Link]

    def row(self, indicator: Indicator) -> tuple[Figure | None, ...]:
        """Return an indicator's figures in the order of the countries."""
        return tuple(self.figures.get((indicator.key, country)) for country in self.countries)


def frame(cluster: Cluster, countries: Collection[str], on: date, *, with_world: bool = True) -> Frame:
    """Return the figures and distances of these countries on a day, ranked among them. Five queries."""
    chosen = tuple(dict.fromkeys(countries))
    found = indicators_of(cluster)
    return Frame(
        countries=chosen,
        indicators=tuple(found),
        figures=figures(found, chosen, on, with_world=with_world),
        links=distances(cluster, chosen),
    )


def distance(cluster: Cluster, country: str) -> Link | None:
    """Return what lies between the cluster's country and another one, None where no file tells. One query."""
    return distances(cluster, [country]).get(country)


def distances(cluster: Cluster, countries: Collection[str] | None = None) -> dict[str, Link]:
    """Return country → what lies between it and the cluster's, of all on record without `countries`.

    One query.
    """
    rows = CountryLink.objects.filter(cluster=cluster, home=cluster.country).select_related("file")
    if countries is not None:
        rows = rows.filter(country__in=countries)
    return {row.country: _link(row) for row in rows.defer("file__replaced", "file__staged", "file__findings")}


def _link(row: CountryLink) -> Link:
    is_home = row.home == row.country
    return Link(
        home=row.home,
        country=row.country,
        distance_km=row.distance_km,
        capital_km=row.capital_km,
        weighted_km=row.weighted_km,
        # CEPII leaves the pair of a country with itself at 0.
        shares_language=is_home or row.shares_language,
        speaks_language=is_home or row.speaks_language,
        is_contiguous=row.is_contiguous,
        publisher=row.file.publisher,
        file=row.file.name,
        loaded_on=timezone.localdate(row.file.loaded_at) if row.file.loaded_at else None,
    )
