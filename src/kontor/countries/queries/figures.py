"""The newest figures of countries on a day: each with its year, its file, its trend and its ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.countries.models import Indicator, IndicatorValue, RegionSheet, SourceFile

TREND_YEARS = 5
# How far before and after the fifth year back a figure may lie to be compared with.
TREND_SLACK = 2
STEADY_SHARE = 0.05
# How far back the small pictures reach.
HISTORY_YEARS = 20

# (key of the indicator, country)
Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Trend:
    """How a figure has moved over about five years.

    change: in the unit of the figure. direction: "up", "down" or "steady".
    is_good: for indicators with a direction; None where it is steady or neither is better.
    """

    from_year: int
    from_value: float
    to_year: int
    to_value: float
    change: float
    direction: str
    is_good: bool | None


@dataclass(frozen=True)
class Figure:
    """What is known of one country in one respect, with its origin.

    key:        as source keys name it, such as "countries.gb_xpd_rsdv_gd_zs".
    year:       None for what has no year (distance, language).
    rank, of:   among the countries asked for that have a figure; 1 is best, or largest without a direction;
                equal figures share a rank. world_rank, world_of: among all countries on record.
    publisher, file: who measured it, and the file that told it; loaded_on: the day on which it was loaded.
    """

    key: str
    country: str
    value: float
    year: int | None
    name: str
    unit: str
    decimals: int
    is_benefit: bool | None
    publisher: str
    file: str
    source_url: str
    loaded_on: date | None
    is_stale: bool = False
    rank: int | None = None
    of: int = 0
    world_rank: int | None = None
    world_of: int = 0
    trend: Trend | None = None

    @property
    def source(self) -> str:
        """Return publisher and file."""
        return " · ".join(filter(None, (self.publisher, self.file)))


def countries_in_view(cluster: Cluster) -> tuple[str, ...]:
    """Return the countries that the cluster has a sheet of, in the order of their codes. One query."""
    found = RegionSheet.objects.filter(cluster=cluster).order_by("country")
    return tuple(found.values_list("country", flat=True).distinct())


def figures(
    indicators: Collection[Indicator], countries: Collection[str], on: date, *, with_world: bool = True
) -> dict[Place, Figure]:
    """Return the newest figures of these countries, by (indicator's key, country).

    Newest means: of the latest year that had ended or begun by `on`. Ranks are among `countries`, and with
    `with_world` among all. At most four queries, however many there are.
    """
    by_pk = {indicator.pk: indicator for indicator in indicators}
    newest = _newest(by_pk, on, None if with_world else set(countries))
    earlier = _earlier(newest, by_pk, set(countries), on)
    found: dict[Place, Figure] = {}
    for pk, rows in newest.items():
        indicator = by_pk[pk]
        world = _ranks(rows, indicator)
        here = _ranks({c: row for c, row in rows.items() if c in countries}, indicator)
        for country in here:
            figure = _figure(indicator, country, rows[country], on)
            trend = _trend(indicator, rows[country], earlier.get((pk, country), {}))
            figure = replace(figure, rank=here[country], of=len(here), trend=trend)
            if with_world:
                figure = replace(figure, world_rank=world[country], world_of=len(world))
            found[indicator.key, country] = figure
    return found


@dataclass(frozen=True)
class _Row:
    year: int
    value: float
    publisher: str
    file: str
    loaded_on: date | None


def _newest(
    by_pk: Mapping[int, Indicator], on: date, countries: Collection[str] | None
) -> dict[int, dict[str, _Row]]:
    """Return indicator → country → its newest row. Two queries: the rows, and the files they come from."""
    later = IndicatorValue.objects.filter(
        indicator=OuterRef("indicator"),
        country=OuterRef("country"),
        year__gt=OuterRef("year"),
        year__lte=on.year,
    )
    values = IndicatorValue.objects.filter(~Exists(later), indicator__in=by_pk, year__lte=on.year)
    if countries is not None:
        values = values.filter(country__in=countries)
    rows = list(values.values_list("indicator", "country", "year", "value", "file"))
    files = SourceFile.objects.filter(pk__in={row[-1] for row in rows})
    origins = {
        pk: (publisher, name, timezone.localdate(loaded_at) if loaded_at else None)
        for pk, publisher, name, loaded_at in files.values_list("pk", "publisher", "name", "loaded_at")
    }
    found: dict[int, dict[str, _Row]] = {}
    for indicator, country, year, value, file in rows:
        found.setdefault(indicator, {})[country] = _Row(year, value, *origins[file])
    return found


def _earlier(
    newest: Mapping[int, Mapping[str, _Row]],
    by_pk: Mapping[int, Indicator],
    countries: Collection[str],
    on: date,
) -> dict[tuple[int, str], dict[int, float]]:
    """Return (indicator, country) → year → value of the years that a trend may compare with. One query."""
    shown = [row.year for rows in newest.values() for country, row in rows.items() if country in countries]
    if not shown:
        return {}
    span = TREND_YEARS + TREND_SLACK
    values = IndicatorValue.objects.filter(
        indicator__in=by_pk,
        country__in=countries,
        year__gte=min(shown) - span,
        year__lte=max(shown) - TREND_YEARS + TREND_SLACK,
    )
    found: dict[tuple[int, str], dict[int, float]] = {}
    for indicator, country, year, value in values.values_list("indicator", "country", "year", "value"):
        found.setdefault((indicator, country), {})[year] = value
    return found


def histories(
    indicators: Collection[Indicator], country: str, on: date
) -> dict[str, tuple[tuple[int, float], ...]]:
    """Return indicator's key → (year, value) of the last years of a country, oldest first. One query."""
    keys = {indicator.pk: indicator.key for indicator in indicators}
    values = IndicatorValue.objects.filter(
        indicator__in=keys, country=country, year__gt=on.year - HISTORY_YEARS, year__lte=on.year
    )
    found: dict[str, list[tuple[int, float]]] = {}
    for pk, year, value in values.order_by("year").values_list("indicator", "year", "value"):
        found.setdefault(keys[pk], []).append((year, value))
    return {key: tuple(years) for key, years in found.items()}


def trend_of(years: Mapping[int, float], *, steady: float | None, is_benefit: bool | None) -> Trend | None:
    """Return how the newest figure compares with that of about five years before, None without one.

    Compared is the year nearest to five years back, two more or less at most; of two equally near the
    earlier. steady: a change up to this counts as none; None = 5 % of the earlier value.
    """
    if not years:
        return None
    last = max(years)
    wanted = last - TREND_YEARS
    near = [year for year in years if abs(year - wanted) <= TREND_SLACK]
    if not near:
        return None
    first = min(near, key=lambda year: (abs(year - wanted), year))
    change = years[last] - years[first]
    threshold = STEADY_SHARE * abs(years[first]) if steady is None else steady
    direction = "steady" if abs(change) <= threshold else "up" if change > 0 else "down"
    is_good = None if direction == "steady" or is_benefit is None else (change > 0) == is_benefit
    return Trend(first, years[first], last, years[last], change, direction, is_good)


def _trend(indicator: Indicator, row: _Row, earlier: Mapping[int, float]) -> Trend | None:
    before = {year: value for year, value in earlier.items() if year < row.year}
    return trend_of({**before, row.year: row.value}, steady=indicator.steady, is_benefit=indicator.is_benefit)


def _figure(indicator: Indicator, country: str, row: _Row, on: date) -> Figure:
    return Figure(
        key=f"countries.{indicator.key}",
        country=country,
        value=row.value,
        year=row.year,
        name=str(indicator.name),
        unit=str(indicator.unit),
        decimals=indicator.decimals,
        is_benefit=indicator.is_benefit,
        publisher=indicator.source or row.publisher,
        file=row.file,
        source_url=indicator.source_url,
        loaded_on=row.loaded_on,
        is_stale=on.year - row.year > indicator.stale_after_years,
    )


def _ranks(rows: Mapping[str, _Row], indicator: Indicator) -> dict[str, int]:
    """Return country → rank, equal values sharing the better one."""
    values = {country: row.value for country, row in rows.items()}
    return ranked(values, is_benefit=indicator.is_benefit)


def ranked(values: Mapping[str, float], *, is_benefit: bool | None) -> dict[str, int]:
    """Return country → rank: 1 is best, or largest where neither more nor less is better.

    >>> ranked({"DE": 3.1, "DK": 2.9, "FI": 2.9, "AT": 1.0}, is_benefit=True)
    {'DE': 1, 'DK': 2, 'FI': 2, 'AT': 4}
    """
    order = sorted(values.items(), key=lambda item: item[1], reverse=is_benefit is not False)
    ranks: dict[str, int] = {}
    for place, (country, value) in enumerate(order, start=1):
        before = order[place - 2] if place > 1 else None
        ranks[country] = ranks[before[0]] if before and before[1] == value else place
    return ranks


def indicators_of(cluster: Cluster, keys: Iterable[str] | None = None) -> list[Indicator]:
    """Return the indicators with figures, or those of `keys`, in the order of the catalogue. One query."""
    found = Indicator.objects.filter(cluster=cluster)
    if keys is not None:
        return list(found.filter(key__in=list(keys)))
    figures_of_it = IndicatorValue.objects.filter(indicator=OuterRef("pk"))
    return list(found.filter(Exists(figures_of_it)))
