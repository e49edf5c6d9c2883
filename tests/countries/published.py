"""Files as the publishers write them, made up with a few figures: the shapes are theirs."""

from __future__ import annotations

import csv
import io
import zipfile

import xlsxwriter

FIGURES = {
    ("Denmark", "DNK"): {2018: 2.97, 2022: 2.89},
    ("Kosovo", "XKX"): {2022: 0.08},
    ("Romania", "ROU"): {2018: 0.5, 2021: 0.47},
    ("World", "WLD"): {2018: 2.2, 2021: 2.62},
}
CODE, NAME = "GB.XPD.RSDV.GD.ZS", "Research and development expenditure (% of GDP)"
YEARS = tuple(range(2017, 2024))
TOLD = {"DK": {2018: 2.97, 2022: 2.89}, "XK": {2022: 0.08}, "RO": {2018: 0.5, 2021: 0.47}}


def written(rows, *, delimiter=",", quoting=csv.QUOTE_ALL):
    """Return rows as a CSV file with a byte order mark, as both publishers write them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def api_rows(figures=FIGURES):
    """Return the rows of the World Bank's download: four lines, then years side by side and a last comma."""
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", *map(str, YEARS), ""]
    body = [
        [name, code, NAME, CODE, *(str(years.get(year, "")) for year in YEARS), ""]
        for (name, code), years in figures.items()
    ]
    return [
        ["Data Source", "World Development Indicators", ""],
        [],
        ["Last Updated Date", "2026-10-07", ""],
        [],
        head,
        *body,
    ]


def api_zip():
    """Return the archive that the World Bank offers under "Download CSV"."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            f"Metadata_Indicator_API_{CODE}_DS2_en_csv_v2_45.csv",
            written([["INDICATOR_CODE", "INDICATOR_NAME", "SOURCE_NOTE", "SOURCE_ORGANIZATION", ""]]),
        )
        archive.writestr(f"API_{CODE}_DS2_en_csv_v2_45.csv", written(api_rows()))
        archive.writestr(
            f"Metadata_Country_API_{CODE}_DS2_en_csv_v2_45.csv",
            written([["Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName", ""]]),
        )
    return file.getvalue()


def workbook(sheets):
    """Return a workbook with sheets (name → rows)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def api_workbook():
    """Return the Excel form of the same download: figures as numbers, descriptions on further sheets."""
    rows = api_rows()
    body = [[*row[:4], *(float(cell) if cell else None for cell in row[4:-1])] for row in rows[5:]]
    descriptions = [["Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName"], ["DNK", "Europe"]]
    return workbook({"Data": [*rows[:5], *body], "Metadata - Countries": descriptions})


def databank_rows():
    """Return the rows of an export of DataBank: years with marks, two points for no figure, remarks below."""
    head = ["Country Name", "Country Code", "Series Name", "Series Code"]
    body = [
        [name, code, NAME, CODE, *(str(years.get(year, "..")) for year in YEARS)]
        for (name, code), years in FIGURES.items()
    ]
    return [
        [*head, *(f"{year} [YR{year}]" for year in YEARS)],
        *body,
        [],
        [],
        ["Data from database: World Development Indicators"],
        ["Last Updated: 10/07/2026"],
    ]


def databank_list_rows():
    """Return the other export of DataBank: a row for each year, a column for each indicator."""
    body = [
        [str(year), f"YR{year}", name, code, str(years.get(year, ".."))]
        for (name, code), years in FIGURES.items()
        for year in YEARS
    ]
    return [["Time", "Time Code", "Country Name", "Country Code", f"{NAME} [{CODE}]"], *body]


def long_rows():
    """Return the plain list: country, code, year, value."""
    return [
        ["Country Name", "Country Code", "Year", "Value"],
        *(
            [name, code, str(year), str(value)]
            for (name, code), years in FIGURES.items()
            for year, value in years.items()
        ),
    ]


DISTANCES = [
    *[
        [
            "iso_o",
            "iso_d",
            "contig",
            "comlang_off",
            "comlang_ethno",
            "colony",
            "comcol",
            "curcol",
            "col45",
            "smctry",
            "dist",
            "distcap",
            "distw",
            "distwces",
        ]
    ],
    ["AUT", "DEU", "1", "1", "1", "0", "0", "0", "0", "0", "763.7314", "523.9359", "592.3266", "529.5919"],
    ["DEU", "AUT", "1", "1", "1", "0", "0", "0", "0", "0", "763.7314", "523.9359", "592.3266", "529.5919"],
    ["DEU", "DEU", "0", "0", "0", "0", "0", "0", "0", "0", "224.83582", "224.83582", "301.0826", "129.6304"],
    ["DEU", "DNK", "1", "0", "0", "0", "0", "0", "0", "0", "595.8536", "352.9857", "537.62", "477.6479"],
    ["DEU", "ROM", "0", "0", "0", "0", "0", "0", "0", "0", "1635.1", "1294.2", "1301.9", "1252.4"],
    ["DEU", "ZAR", "0", "0", "0", "0", "0", "0", "0", "0", "6033.9", "6315.1", ".", "."],
    ["DEU", "ANT", "0", "0", "0", "0", "0", "0", "0", "0", "8007.2", "8007.2", "8002.8", "8002.2"],
]
GEOGRAPHY = [
    ["iso2", "iso3", "cnum", "country", "pays", "area", "dis_int", "landlocked", "continent", "city_en",
     "city_fr", "lat", "lon", "cap", "maincity", "citynum", "langoff_1", "langoff_2", "langoff_3"],
    ["DK", "DNK", "208", "Denmark", "Danemark", "43075", "78.06", "0", "Europe", "Copenhagen", "Copenhague",
     "55.67", "12.58", "1", "1", "1", "Danish", ".", "."],
    ["CH", "CHE", "756", "Switzerland", "Suisse", "41288", "76.4", "1", "Europe", "Bern", "Berne",
     "46.95", "7.43", "1", "0", "2", "German", "French", "Italian"],
    ["CH", "CHE", "756", "Switzerland", "Suisse", "41288", "76.4", "1", "Europe", "Zürich", "Zurich",
     "47.37", "8.55", "0", "1", "1", "German", "French", "Italian"],
]  # fmt: skip
