"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from kontor.agreements import services
from tests.agreements.factories import AgreementFactory, NegotiatorFactory, settled
from tests.factories import RoleFactory

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"number": 1, "language": "en", "form": "docx"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id": an agreement with a version."""
    cluster = organisation.cluster
    user = RoleFactory(cluster=cluster, kind="team").user
    agreement = settled(cluster, user)
    services.freeze(agreement=agreement, user=user)
    AgreementFactory(cluster=cluster)
    return {
        "agreement": agreement,
        "clause": agreement.clauses.first(),
        "negotiator": NegotiatorFactory(agreement=agreement),
    }
