"""The heads of tables: which shape a table has, and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kontor.imports.cells import Cell, shown
from kontor.imports.folding import folded

# World Bank files open with "Data Source" and "Last Updated Date".
HEAD_WITHIN_ROWS = 30
_YEAR = re.compile(r"(?:yr)?((?:1[89]|20|21)\d\d)(?:\.0)?(?:\s*\[yr\d{4}\])?", re.IGNORECASE)
_CODED = re.compile(r"(.+?)\s*\[([A-Za-z0-9]{2,}[A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+)\]")
_ROLES = {
    "country_code": (
        *("country code", "iso3", "iso 3", "iso3 code", "iso code", "code", "country iso3", "economy code"),
        *("countryiso3code", "iso 3166 1 alpha 3", "laendercode", "iso2", "iso", "ref area", "country id"),
    ),
    "country_name": ("country name", "country", "entity", "economy", "land", "laendername", "geography"),
    "indicator_code": ("indicator code", "series code", "indicator id", "indikatorcode"),
    "indicator_name": ("indicator name", "series name", "indicator", "series", "indikator"),
    "year": ("year", "time", "jahr", "date", "period", "time period"),
    "value": ("value", "wert", "obs value"),
    # CEPII: pairs of countries, and countries on the map.
    "home": ("iso o",),
    "abroad": ("iso d",),
    "dist": ("dist",),
    "distcap": ("distcap",),
    "distw": ("distw",),
    "contig": ("contig",),
    "comlang_off": ("comlang off",),
    "comlang_ethno": ("comlang ethno",),
    "iso3": ("iso3",),
    "landlocked": ("landlocked",),
    "area": ("area",),
    "continent": ("continent",),
    "city_en": ("city en",),
    "lat": ("lat",),
    "lon": ("lon",),
    "cap": ("cap",),
    "citynum": ("citynum",),
    "langoff_1": ("langoff 1",),
    "langoff_2": ("langoff 2",),
    "langoff_3": ("langoff 3",),
    # What comes along and holds no figures.
    "source_note": ("source note", "sourcenote"),
    "income_group": ("incomegroup", "income group"),
    "table_name": ("tablename", "table name"),
}


@dataclass(frozen=True)
class Head:
    """The head of a table. row: its index.

    columns: role → index.   years: index → year.   coded: index → (code, name) of columns such as
    "GDP per capita (current US$) [NY.GDP.PCAP.CD]".
    """

    row: int
    titles: tuple[str, ...]
    columns: dict[str, int]
    years: dict[int, int] = field(default_factory=dict)
    coded: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def shape(self) -> str:
        """Return "distances", "geography", "wide", "long", "coded" or "along"; "" for anything else."""
        has = self.columns.keys()
        if {"home", "abroad", "dist"} <= has:
            return "distances"
        if "iso3" in has and ({"langoff_1", "landlocked"} & has):
            return "geography"
        if {"country_code", "country_name"} & has:
            if self.years:
                return "wide"
            if "year" in has and (self.coded or "value" in has):
                return "coded" if self.coded else "long"
        return "along" if {"source_note", "income_group", "table_name"} & has else ""


def head_of(rows: Sequence[Sequence[Cell]]) -> Head | None:
    """Return the first head of a shape that is known within the first rows, or None."""
    for index, row in enumerate(rows[:HEAD_WITHIN_ROWS]):
        head = _head(index, row)
        if head.shape:
            return head
    return None


def year_in(cell: Cell) -> int | None:
    """Return the year that a cell names, or None.

    >>> year_in("1990 [YR1990]"), year_in(2003.0), year_in("YR2011"), year_in("12")
    (1990, 2003, 2011, None)
    """
    if isinstance(cell, bool):
        return None
    found = _YEAR.fullmatch(shown(cell).strip())
    return int(found[1]) if found else None


def _head(index: int, row: Sequence[Cell]) -> Head:
    titles = tuple(" ".join(shown(cell).split()) for cell in row)
    columns: dict[str, int] = {}
    years: dict[int, int] = {}
    coded: dict[int, tuple[str, str]] = {}
    names = [folded(title) for title in titles]
    for role, aliases in _ROLES.items():
        place = next((names.index(alias) for alias in aliases if alias in names), None)
        if place is not None:
            columns[role] = place
    for place, cell in enumerate(row):
        year = year_in(cell)
        if year is not None:
            years[place] = year
        elif match := _CODED.fullmatch(titles[place]):
            coded[place] = (match[2].upper(), match[1])
    return Head(index, titles, columns, years, coded)
