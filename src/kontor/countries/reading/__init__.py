"""Reading: bytes of the World Bank's and CEPII's files, as they come → figures, and what was left out."""

from kontor.countries.reading.found import Facts, LeftOut, Link, ReadFile, Series
from kontor.countries.reading.tables import read_files

__all__ = ["Facts", "LeftOut", "Link", "ReadFile", "Series", "read_files"]
