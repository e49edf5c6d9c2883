"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.countries.factories import (
    CountryLinkFactory,
    IndicatorValueFactory,
    RegionSheetFactory,
    SheetEntryFactory,
    UploadFactory,
)

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"country": "DK"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    cluster = organisation.cluster
    value = IndicatorValueFactory(indicator__cluster=cluster)
    sheet = RegionSheetFactory(cluster=cluster)
    CountryLinkFactory(cluster=cluster)
    return {
        "indicator": value.indicator,
        "file": value.file,
        "upload": UploadFactory(cluster=cluster, state="ready"),
        "sheet": sheet,
        "entry": SheetEntryFactory(sheet=sheet),
    }
