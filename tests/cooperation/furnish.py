"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.cooperation.factories import ActivityFactory, ParticipantFactory, TaskFactory

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {"key": "nothing"}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    activity = ActivityFactory(partner__cluster=organisation.cluster)
    return {
        "activity": activity,
        "partner": activity.partner,
        "participant": ParticipantFactory(activity=activity, organisation=organisation),
        "task": TaskFactory(activity=activity),
    }
