"""All countries on record in one list: those in view first, searched and sorted as people ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from kontor.accounts.models import Cluster
from kontor.countries.models import Indicator, IndicatorValue, RegionSheet
from kontor.countries.queries.figures import Figure, figures, indicators_of
from kontor.countries.queries.frame import Link, distances
from kontor.countries.queries.sheets import sheets_of
from kontor.ui.vocabulary import country_choices, country_name

SCOPES = ("all", "view", "neighbours", "language")
SORTS = ("name", "value", "distance")
# Shown first where nobody has chosen: what most studies ask for.
_FIRST_SHOWN = "gb_xpd_rsdv_gd_zs"


@dataclass(frozen=True)
class Asked:
    """What the list is asked for. show: key of the indicator in the column; sort: with "-" descending."""

    query: str = ""
    scope: str = "all"
    show: str = ""
    sort: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        """Return what an address asks for; what makes no sense is passed over."""
        scope, sort = given.get("scope", ""), given.get("sort", "")
        return cls(
            query=given.get("q", "").strip()[:100],
            scope=scope if scope in SCOPES else "all",
            show=given.get("show", "")[:60],
            sort=sort if sort.lstrip("-") in SORTS else "",
        )


@dataclass(frozen=True)
class CountryRow:
    """A country in the list."""

    country: str
    name: str
    sheets: tuple[RegionSheet, ...]
    figure: Figure | None
    link: Link | None


@dataclass(frozen=True)
class Listing:
    """The list. counts: scope → countries that the search finds there."""

    rows: tuple[CountryRow, ...]
    counts: dict[str, int]
    indicators: tuple[Indicator, ...]
    shown: Indicator | None
    total: int


def listing(cluster: Cluster, asked: Asked, on: date) -> Listing:
    """Return the countries with a sheet, a figure or a distance. Seven queries, however many there are."""
    sheets: dict[str, list[RegionSheet]] = {}
    for sheet in sheets_of(cluster, on):
        sheets.setdefault(sheet.country, []).append(sheet)
    links = distances(cluster)
    indicators = indicators_of(cluster)
    measured = IndicatorValue.objects.filter(indicator__in=indicators).values_list("country", flat=True)
    known = {*sheets, *links, *measured.order_by().distinct()} if indicators else {*sheets, *links}
    shown = _shown(indicators, asked.show)
    values = figures([shown], known, on, with_world=False) if shown else {}
    language = get_language() or "en"
    rows = [
        CountryRow(
            country=country,
            name=country_name(country, language),
            sheets=tuple(sheets.get(country, ())),
            figure=values.get((shown.key, country)) if shown else None,
            link=links.get(country),
        )
        for country in known
    ]
    found = [row for row in rows if _fits(row, asked.query)]
    counts = {scope: sum(_is_in(row, scope) for row in found) for scope in SCOPES}
    chosen = [row for row in found if _is_in(row, asked.scope)]
    return Listing(
        _sorted(chosen, asked, language, cluster.country), counts, tuple(indicators), shown, len(rows)
    )


def _shown(indicators: list[Indicator], key: str) -> Indicator | None:
    by_key = {indicator.key: indicator for indicator in indicators}
    return by_key.get(key) or by_key.get(_FIRST_SHOWN) or next(iter(indicators), None)


def _fits(row: CountryRow, query: str) -> bool:
    """Tell whether a country is searched for: by its name in either language, or by its code."""
    if not query:
        return True
    names = (row.country, *(country_name(row.country, language) for language in ("de", "en")))
    titles = (str(sheet.title) for sheet in row.sheets)
    regions = (sheet.region for sheet in row.sheets)
    return any(query.casefold() in text.casefold() for text in (*names, *titles, *regions))


def _is_in(row: CountryRow, scope: str) -> bool:
    if scope == "view":
        return bool(row.sheets)
    if scope == "neighbours":
        return bool(row.link and row.link.is_contiguous)
    if scope == "language":
        return bool(row.link and row.link.shares_language)
    return True


def _sorted(rows: list[CountryRow], asked: Asked, language: str, home: str) -> tuple[CountryRow, ...]:
    """Return the rows in the order asked for; without one, those in view, then `home`, then by name."""
    places = {code: place for place, (code, _name) in enumerate(country_choices(language))}
    by_name = sorted(rows, key=lambda row: places.get(row.country, len(places)))
    key, turned = asked.sort.lstrip("-"), asked.sort.startswith("-")
    if key == "name":
        return tuple(reversed(by_name) if turned else by_name)
    if not key:
        return tuple(sorted(by_name, key=lambda row: (not row.sheets, row.country != home)))
    told = {row.country: _measure(row, key) for row in by_name}
    known = [row for row in by_name if told[row.country] is not None]
    known.sort(key=lambda row: told[row.country] or 0.0, reverse=turned)
    return (*known, *(row for row in by_name if told[row.country] is None))


def _measure(row: CountryRow, key: str) -> float | None:
    if key == "distance":
        return row.link.distance_km if row.link else None
    return row.figure.value if row.figure else None
