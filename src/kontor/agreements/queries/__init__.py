"""Reads of this room."""

from kontor.agreements.queries.listing import agreement_of, agreements_of, progress, progress_of
from kontor.agreements.queries.sheet import Sheet, ShownClause, sheet_of

__all__ = [
    "Sheet",
    "ShownClause",
    "agreement_of",
    "agreements_of",
    "progress",
    "progress_of",
    "sheet_of",
]
