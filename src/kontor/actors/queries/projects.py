"""Joint projects with the numbers that a list shows."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.models import JointProject, Organisation, Participation
from kontor.actors.queries.abroad import is_foreign
from kontor.actors.queries.members import member_ids


def projects(cluster: Cluster, *, query: str = "") -> QuerySet[JointProject]:
    """Return the cluster's joint projects whose acronym, title or number holds `query`, newest first."""
    found = JointProject.objects.filter(cluster=cluster).order_by(
        F("start").desc(nulls_last=True), "acronym", "pk"
    )
    for word in query.split()[:8]:
        held = Q(acronym__icontains=word) | Q(title__icontains=word)
        found = found.filter(held | Q(reference__icontains=word) | Q(programme__icontains=word))
    return found


def counted(
    found: QuerySet[JointProject], cluster: Cluster, on: date
) -> QuerySet[JointProject, JointProject]:
    """Add `participants`, `members` and `foreign_participants`, each a number, to the projects."""
    is_member = Q(participations__organisation__in=member_ids(cluster, on))
    foreign = is_foreign(cluster, "participations__organisation__")
    return found.annotate(
        participants=Count("participations"),
        members=Count("participations", filter=is_member),
        foreign_participants=Count("participations", filter=foreign & Q(participations__isnull=False)),
    )


def participations(project: JointProject) -> QuerySet[Participation]:
    """Return who took part, the coordinator first, then by name."""
    found = Participation.objects.filter(project=project).select_related("organisation")
    return found.order_by("role", "organisation__name", "pk")


def projects_of(organisation: Organisation) -> QuerySet[Participation]:
    """Return an organisation's participations with their projects, the newest first."""
    found = Participation.objects.filter(organisation=organisation).select_related("project")
    return found.order_by(F("project__start").desc(nulls_last=True), "project__acronym", "pk")
