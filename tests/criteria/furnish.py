"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.criteria.factories import (
    CatalogueFactory,
    CatalogueVersionFactory,
    CriteriaImportFactory,
    CriterionFactory,
)

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"purpose": "partners"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    catalogue = CatalogueFactory(cluster=organisation.cluster)
    return {
        "criterion": CriterionFactory(catalogue=catalogue),
        "version": CatalogueVersionFactory(catalogue=catalogue),
        "batch": CriteriaImportFactory(catalogue=catalogue),
    }
