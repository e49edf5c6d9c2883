"""Names of countries, regions and sheets in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from kontor.countries.models import RegionSheet
from kontor.ui.vocabulary import country_name, region_name


def country_called(code: str) -> str:
    """Return a country's name in the reader's language."""
    return country_name(code, get_language() or "en")


def region_called(sheet: RegionSheet) -> str:
    """Return the region of a sheet: the name behind a NUTS code, or what was typed."""
    return region_name(sheet.region) or sheet.region


def place_called(sheet: RegionSheet) -> str:
    """Return region and country of a sheet."""
    country = country_called(sheet.country)
    return f"{region_called(sheet)}, {country}" if sheet.region else country


def sheet_name(sheet: RegionSheet) -> str:
    """Return a sheet's own title, or else its region and country."""
    return str(sheet.title) or place_called(sheet)
