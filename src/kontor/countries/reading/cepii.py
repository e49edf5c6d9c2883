"""CEPII GeoDist as it comes: dist_cepii (pairs of countries) and geo_cepii (countries), CSV or Excel.

Source: Mayer & Zignago (2011), Notes on CEPII's distances measures: the GeoDist database, CEPII working
paper 2011-25.
"""

from __future__ import annotations

from collections.abc import Sequence

from kontor.countries.codes import country_of, is_current, is_without_code
from kontor.countries.reading.found import Facts, Link, ReadFile, Tally
from kontor.countries.reading.heads import Head
from kontor.countries.reading.numbers import Writing, writing_of
from kontor.imports.cells import Cell, column_letter, shown
from kontor.imports.fields import LONGEST_QUOTE, Fault
from kontor.imports.grid import Grid
from kontor.imports.refused import FieldFault

_NUMBERS = ("dist", "distcap", "distw", "area", "lat", "lon")
_MOST_KM = 40_076.0  # once round the equator


class _Table:
    """Rows of a CEPII file with typed cells; a cell that cannot be read becomes a fault."""

    def __init__(self, file: ReadFile, grid: Grid, head: Head) -> None:
        self.file, self.head = file, head
        self.rows = [
            (number, row)
            for number, row in enumerate(grid.rows[head.row + 1 :], start=head.row + 2)
            if any(row)
        ]
        places = [head.columns[name] for name in _NUMBERS if name in head.columns]
        cells = (row[place] for _number, row in self.rows for place in places if place < len(row))
        self._writing: Writing = writing_of(cells, is_from_excel=False)

    def cell(self, row: Sequence[Cell], role: str) -> Cell:
        """Return a cell, None where the table has no such column."""
        place = self.head.columns.get(role)
        return row[place] if place is not None and place < len(row) else None

    def text(self, row: Sequence[Cell], role: str) -> str:
        """Return a cell as text, "" for the point by which CEPII marks what is missing."""
        found = shown(self.cell(row, role)).strip()
        return "" if found == "." else found

    def number(self, number: int, row: Sequence[Cell], role: str, most: float) -> float | None:
        """Return a figure between -most and most, or None; anything else becomes a fault."""
        try:
            value = self._writing.figure(self.cell(row, role))
        except FieldFault as problem:
            self.fault(number, row, role, problem.code)
            return None
        if value is not None and abs(value) > most:
            self.fault(number, row, role, "country.out_of_range")
            return None
        return value

    def yes(self, number: int, row: Sequence[Cell], role: str) -> bool | None:
        """Return a yes or no, which CEPII writes as 1 and 0."""
        found = self.text(row, role).removesuffix(".0").removesuffix(",0")
        if found in ("0", "1", ""):
            return None if not found else found == "1"
        self.fault(number, row, role, "country.not_yes_no")
        return None

    def fault(self, number: int, row: Sequence[Cell], role: str, code: str) -> None:
        """Keep a fault with the place where it stands."""
        place = self.head.columns[role]
        value = shown(self.cell(row, role))[:LONGEST_QUOTE]
        params: dict[str, object] = {"value": value}
        title = self.head.titles[place]
        self.file.report(Fault(number, title, column_letter(place), code, params, value, file=self.file.name))


def read_distances(file: ReadFile, grid: Grid, head: Head, home: str) -> None:
    """Read what lies between `home` and each country into `file`; all other pairs are left out.

    Raises FieldFault "country.no_distances" where the file does not know `home`.
    """
    table, tally = _Table(file, grid, head), Tally()
    links: dict[str, tuple[bool, Link]] = {}
    for number, row in table.rows:
        origin, target = table.text(row, "home"), table.text(row, "abroad")
        if country_of(origin) != home:
            tally.add("country.left_out_other_pairs")
            continue
        country = country_of(target)
        if not country:
            code = "country.left_out_no_code" if is_without_code(target) else "country.left_out_unknown"
            tally.add(code, target)
            continue
        link = _link(table, number, row, country)
        known = links.get(country)
        if link is None or (known and known[0]):
            tally.add("country.left_out_no_value" if link is None else "country.left_out_old_code", target)
            continue
        links[country] = (is_current(target), link)
    file.kind, file.links, file.left_out = "distances", [link for _c, link in links.values()], tally.lines()
    if not file.links and not file.faults:
        file.kind = "other"
        raise FieldFault("country.no_distances", home=home)


def _link(table: _Table, number: int, row: Sequence[Cell], country: str) -> Link | None:
    """Return the link of a row; None where the distance itself is missing or faulty."""
    distance = table.number(number, row, "dist", _MOST_KM)
    contiguous = table.yes(number, row, "contig") if "contig" in table.head.columns else None
    official = table.yes(number, row, "comlang_off") if "comlang_off" in table.head.columns else None
    spoken = table.yes(number, row, "comlang_ethno") if "comlang_ethno" in table.head.columns else None
    if distance is None:
        return None
    return Link(
        country=country,
        distance_km=distance,
        capital_km=table.number(number, row, "distcap", _MOST_KM),
        weighted_km=table.number(number, row, "distw", _MOST_KM),
        shares_language=bool(official),
        speaks_language=spoken,
        is_contiguous=bool(contiguous),
    )


def read_geography(file: ReadFile, grid: Grid, head: Head) -> None:
    """Read languages, main city and place of each country into `file`.

    A country with two rows (its capital is not its largest city) is told by the larger city, as CEPII's
    distances are.
    """
    table, tally = _Table(file, grid, head), Tally()
    found: dict[str, tuple[tuple[bool, bool], Facts]] = {}
    for number, row in table.rows:
        code = table.text(row, "iso3")
        country = country_of(code)
        if not country:
            unknown = "country.left_out_no_code" if is_without_code(code) else "country.left_out_unknown"
            tally.add(unknown, code)
            continue
        weight = (is_current(code), table.text(row, "cap").removesuffix(".0") not in ("1",))
        if country in found and weight <= found[country][0]:
            tally.add("country.left_out_second_city", table.text(row, "city_en"))
            continue
        if country in found:
            tally.add("country.left_out_second_city", found[country][1].main_city)
        found[country] = (weight, _facts(table, number, row, country))
    file.kind, file.facts, file.left_out = "geography", [facts for _w, facts in found.values()], tally.lines()
    if not file.facts and not file.faults:
        file.kind = "other"
        raise FieldFault("country.no_figures")


def _facts(table: _Table, number: int, row: Sequence[Cell], country: str) -> Facts:
    languages = (table.text(row, f"langoff_{place}") for place in (1, 2, 3))
    return Facts(
        country=country,
        languages=tuple(dict.fromkeys(language[:60] for language in languages if language)),
        continent=table.text(row, "continent")[:40],
        main_city=table.text(row, "city_en")[:100],
        area_km2=table.number(number, row, "area", 2e7),
        is_landlocked=table.yes(number, row, "landlocked") if "landlocked" in table.head.columns else None,
        latitude=table.number(number, row, "lat", 90),
        longitude=table.number(number, row, "lon", 180),
    )
