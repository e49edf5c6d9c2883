"""Joint projects and who took part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.errors import ActorError
from kontor.actors.models import JointProject, Organisation, Participation, ParticipationRole
from kontor.actors.services.timeline import require_order
from kontor.actors.services.writing import store


@transaction.atomic
def create_project(*, cluster: Cluster, **fields: Any) -> JointProject:
    """Return a new joint project; raises ValidationError or ActorError where a field is refused."""
    require_order(fields.get("start"), fields.get("end"))
    return store(JointProject(cluster=cluster), **fields)


@transaction.atomic
def update_project(*, project: JointProject, expected_version: int, **fields: Any) -> JointProject:
    """Return the project with `fields` changed; raises EditConflict, ValidationError or ActorError."""
    current = claim_edit(project, expected_version)
    require_order(fields.get("start", current.start), fields.get("end", current.end))
    return store(current, **fields)


@transaction.atomic
def delete_project(*, project: JointProject) -> None:
    """Delete the project with its participations."""
    project.delete()


@transaction.atomic
def add_participation(
    *,
    project: JointProject,
    organisation: Organisation,
    role: str = ParticipationRole.PARTICIPANT,
    contribution: Decimal | None = None,
) -> Participation:
    """Return the organisation's place in the project; raises ActorError where it already has one."""
    if organisation.cluster_id != project.cluster_id:
        raise ActorError("tie.other_cluster")
    if project.participations.filter(organisation=organisation).exists():
        raise ActorError("participation.twice", name=organisation.name, project=project.acronym)
    row = Participation(cluster_id=project.cluster_id, project=project, organisation=organisation)
    return store(row, role=role, contribution=contribution)


@transaction.atomic
def remove_participation(*, participation: Participation) -> None:
    """Take the organisation out of the project."""
    participation.delete()
