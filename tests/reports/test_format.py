from datetime import date
from decimal import Decimal

import pytest

from kontor.reports import format as fmt


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (fmt.count(1234, "de"), "1.234"),
        (fmt.count(1234, "en"), "1,234"),
        (fmt.decimal(1234.5, "de"), "1.234,5"),
        (fmt.decimal(1234.5, "en"), "1,234.5"),
        (fmt.percent(0.41, "de"), "41\u00a0%"),
        (fmt.percent(0.41, "en"), "41%"),
        (fmt.percent(0, "en"), "0%"),
        (fmt.percent(Decimal("0.004"), "de"), "0,4\u00a0%"),
        (fmt.money(Decimal("1234.50"), "EUR", "de"), "1.234,50\u00a0€"),
        (fmt.money(Decimal("1234.50"), "EUR", "en"), "€1,234.50"),
        (fmt.money(-5, "EUR", "en"), "−€5"),
        (fmt.money(1000, "", "de"), "1.000"),
        (fmt.day(date(2026, 11, 21), "de"), "21.\u00a0November 2026"),
        (fmt.day(date(2026, 11, 21), "en"), "21\u00a0November 2026"),
        (fmt.day(date(2026, 3, 1), "de"), "1.\u00a0März 2026"),
        (fmt.cell(2026, "year", "de"), "2026"),
    ],
)
def test_numbers_and_dates_are_printed_as_people_write_them(printed, wanted):
    assert printed == wanted


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
@pytest.mark.parametrize("kind", ["count", "percent", "decimal", "year"])
def test_what_is_not_known_is_a_dash(value, kind):
    assert fmt.cell(value, kind, "de") == "–"
