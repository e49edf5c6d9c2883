"""Countries: open figures with their files, distances, and sheets with what the cluster thinks of them."""

from kontor.countries.models.figures import CountryFacts, CountryLink, Indicator, IndicatorValue
from kontor.countries.models.files import SourceFile, Upload
from kontor.countries.models.sheets import Dimension, RegionSheet, SheetEntry

__all__ = [
    "CountryFacts",
    "CountryLink",
    "Dimension",
    "Indicator",
    "IndicatorValue",
    "RegionSheet",
    "SheetEntry",
    "SourceFile",
    "Upload",
]
