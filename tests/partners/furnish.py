"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.partners.factories import (
    FactFactory,
    PartnerCompetenceFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerImportFactory,
    PartnerNeedFactory,
    StageChangeFactory,
    SwotEntryFactory,
)

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"field": "members_total"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    partner = PartnerFactory(cluster=organisation.cluster, stage="short")
    StageChangeFactory(partner=partner)
    return {
        "partner": partner,
        "fact": FactFactory(partner=partner),
        "held": PartnerCompetenceFactory(partner=partner),
        "need": PartnerNeedFactory(partner=partner),
        "contact": PartnerContactFactory(partner=partner),
        "entry": SwotEntryFactory(partner=partner),
        "import": PartnerImportFactory(cluster=organisation.cluster),
        "table": PartnerImportFactory(cluster=organisation.cluster, kind="cordis", staged={"places": []}),
    }
