"""Reads of this room."""

from kontor.criteria.frozen import FrozenCriterion
from kontor.criteria.queries.catalogue import catalogue_of, in_order, working_criteria
from kontor.criteria.queries.listing import CriterionFilter, Listing, listed
from kontor.criteria.queries.versions import (
    Use,
    content_now,
    criteria_of,
    frozen_now,
    latest_version,
    numbers_with,
    uses_of,
    versions_of,
)

__all__ = [
    "CriterionFilter",
    "FrozenCriterion",
    "Listing",
    "Use",
    "catalogue_of",
    "content_now",
    "criteria_of",
    "frozen_now",
    "in_order",
    "latest_version",
    "listed",
    "numbers_with",
    "uses_of",
    "versions_of",
    "working_criteria",
]
