"""Criteria catalogues with their published versions, and imports of own criteria."""

from kontor.criteria.models.catalogue import Catalogue, CatalogueVersion, Criterion, Scale
from kontor.criteria.models.imported import CriteriaImport

__all__ = ["Catalogue", "CatalogueVersion", "CriteriaImport", "Criterion", "Scale"]
