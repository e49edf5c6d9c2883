"""Reads of this room."""

from kontor.countries.queries.figures import Figure, Trend, countries_in_view, figures
from kontor.countries.queries.frame import Frame, Link, distance, distances, frame
from kontor.countries.queries.sourced import (
    SOURCE_PREFIX,
    latest_value,
    source_label,
    source_value,
    source_values,
)

__all__ = [
    "SOURCE_PREFIX",
    "Figure",
    "Frame",
    "Link",
    "Trend",
    "countries_in_view",
    "distance",
    "distances",
    "figures",
    "frame",
    "latest_value",
    "source_label",
    "source_value",
    "source_values",
]
