"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.votes.factories import ElectorFactory, running

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"file_format": "xlsx"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    vote = running(organisation.cluster, electors=2)
    elector = ElectorFactory(vote=vote, organisation=organisation)
    return {"vote": vote, "elector": elector, "option": vote.options.first()}
