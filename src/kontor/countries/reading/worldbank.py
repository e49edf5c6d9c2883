"""Tables of indicators, as the World Bank offers them: years side by side, or one figure a row.

Read are the downloads of an indicator or a country (API_….csv, .xls), exports of DataBank, and tables with
country, year and value. Groups of countries are left out; a country that comes twice must say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from kontor.countries.catalogue import indicators
from kontor.countries.codes import country_of, is_current, is_group, is_without_code
from kontor.countries.reading.found import ReadFile, Series, Tally
from kontor.countries.reading.heads import Head, year_in
from kontor.countries.reading.numbers import Writing, writing_of
from kontor.imports.cells import Cell, column_letter, is_blank, shown
from kontor.imports.fields import LONGEST_QUOTE, Fault
from kontor.imports.grid import Grid
from kontor.imports.refused import FieldFault

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]+(?:\.[A-Za-z0-9]+)+")
_LONGEST_CODE = 60
MOST_FIGURES = 500_000


def read_indicators(file: ReadFile, grid: Grid, head: Head, *, is_from_excel: bool) -> None:
    """Read all series of the table into `file`. Raises FieldFault for what stops the whole table."""
    file.kind = "indicators"
    rows = grid.rows[head.row + 1 :]
    writing = writing_of(_figure_cells(rows, head), is_from_excel=is_from_excel)
    reader = _Reader(file, head, writing)
    for number, row in enumerate(rows, start=head.row + 2):
        if any(not is_blank(cell) for cell in row):
            reader.read(number, row)
    file.series = [series for series in reader.series.values() if series.values]
    file.left_out = reader.tally.lines()
    if not file.series and not file.faults:
        file.kind = "other"
        raise FieldFault("country.no_figures")


def code_in_name(name: str) -> str:
    """Return the code of the indicator that a file is named after, or "".

    >>> code_in_name("API_GB.XPD.RSDV.GD.ZS_DS2_en_csv_v2_45.csv"), code_in_name("wdi-ny.gdp.pcap.cd.csv")
    ('GB.XPD.RSDV.GD.ZS', 'NY.GDP.PCAP.CD')
    >>> code_in_name("figures.csv"), code_in_name("PV.EST.csv")
    ('', 'PV.EST')
    """
    stem = PurePath(name).stem if "." in name else name
    for candidate in re.split(r"[_\s()-]+", stem):
        code = candidate.strip(".").upper()
        if _CODE.fullmatch(code) and (code.count(".") >= 2 or code in indicators()):
            return code[:_LONGEST_CODE]
    return ""


def _figure_cells(rows: Sequence[Sequence[Cell]], head: Head) -> Iterator[Cell]:
    places = [*head.years, *head.coded] or [head.columns["value"]]
    return (row[place] for row in rows for place in places if place < len(row))


class _Reader:
    """Reads row by row; keeps what was found, and what was left out."""

    def __init__(self, file: ReadFile, head: Head, writing: Writing) -> None:
        self.file, self.head, self.writing = file, head, writing
        self.series: dict[str, Series] = {}
        self.tally = Tally()
        self._own_code = code_in_name(file.name)
        # (series, country) → whether the code of its row is the one in use today
        self._is_current: dict[tuple[str, str], bool] = {}
        self._figures = 0

    def read(self, number: int, row: Sequence[Cell]) -> None:
        """Read one row: its country, its indicator, its figures."""
        code, name = self._text(row, "country_code"), self._text(row, "country_name")
        country = country_of(code, name)
        if not country:
            self._leave_out(code, name)
            return
        for place, year_cell, series in self._places(number, row):
            self._take(number, row, place, (series, country, year_cell, is_current(code)))

    def _places(self, number: int, row: Sequence[Cell]) -> Iterator[tuple[int, int, Series]]:
        """Yield (column, year, series) of each figure that the row may hold."""
        if self.head.shape == "wide":
            series = self._series(self._text(row, "indicator_code"), self._text(row, "indicator_name"))
            for place, year in self.head.years.items():
                yield place, year, series
            return
        column = self.head.columns["year"]
        found = year_in(self._cell(row, column))
        if found is None:
            self._fault(number, column, row, "country.year_unreadable")
            return
        if self.head.shape == "long":
            name = self._text(row, "indicator_name")
            yield self.head.columns["value"], found, self._series(self._text(row, "indicator_code"), name)
            return
        for place, (code, name) in self.head.coded.items():
            yield place, found, self._series(code, name)

    def _series(self, code: str, name: str) -> Series:
        code = (code or self._own_code).upper()[:_LONGEST_CODE]
        if code not in self.series:
            self.series[code] = Series(code, name[:300])
        return self.series[code]

    def _take(
        self, number: int, row: Sequence[Cell], place: int, what: tuple[Series, str, int, bool]
    ) -> None:
        """Keep one figure; the same figure twice counts once, another one is a fault."""
        series, country, year, current = what
        try:
            value = self.writing.figure(self._cell(row, place))
        except FieldFault as problem:
            self._fault(number, place, row, problem.code)
            return
        if value is None:
            self.tally.add("country.left_out_no_value")
            return
        was_current = self._is_current.setdefault((series.code, country), current)
        if was_current != current:
            if was_current:
                self.tally.add("country.left_out_old_code", self._text(row, "country_code"))
                return
            series.values.pop(country, None)
            self._is_current[series.code, country] = True
        years = series.values.setdefault(country, {})
        if years.get(year, value) != value:
            self._fault(number, place, row, "country.two_figures")
            return
        self._figures += year not in years
        if self._figures > MOST_FIGURES:
            raise FieldFault("country.too_many_figures", most=MOST_FIGURES)
        years[year] = value

    def _leave_out(self, code: str, name: str) -> None:
        if is_group(code):
            self.tally.add("country.left_out_group", name or code)
        elif is_without_code(code):
            self.tally.add("country.left_out_no_code", name or code)
        elif code and name:
            self.tally.add("country.left_out_unknown", f"{name} ({code})")
        elif code or name:
            # "Data from database: World Development Indicators" stands below the exports of DataBank.
            self.tally.add("country.left_out_remark", name or code)

    def _fault(self, number: int, place: int, row: Sequence[Cell], code: str) -> None:
        value = shown(self._cell(row, place))[:LONGEST_QUOTE]
        title = self.head.titles[place] if place < len(self.head.titles) else ""
        params: dict[str, object] = {"value": value}
        self.file.report(Fault(number, title, column_letter(place), code, params, value, file=self.file.name))

    def _text(self, row: Sequence[Cell], role: str) -> str:
        place = self.head.columns.get(role)
        return "" if place is None else " ".join(shown(self._cell(row, place)).split())

    @staticmethod
    def _cell(row: Sequence[Cell], place: int) -> Cell:
        return row[place] if place < len(row) else None
