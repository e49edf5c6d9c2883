"""Reads: with whom the cluster works, how far the protocol is, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from kontor.accounts.models import Cluster
from kontor.agreements.models import Agreement
from kontor.agreements.queries import progress_of
from kontor.agreements.turns import Progress
from kontor.cooperation.models import Activity, Task
from kontor.partners.models import Partner, Stage

PROTOCOL = "cooperation_protocol"


def reference_of(partner: Partner) -> str:
    """Return how agreements name what they are about."""
    return f"cooperation:{partner.pk}"


@dataclass
class Relation:
    """A partner with its protocol and its life.

    protocol, progress: the newest that was not given up, None without one.
    coming: planned or under way, soonest first.   past: done ones.   late: open tasks past their day.
    """

    partner: Partner
    protocol: Agreement | None = None
    progress: Progress | None = None
    coming: list[Activity] = field(default_factory=list)
    past: list[Activity] = field(default_factory=list)
    late: int = 0
    open_tasks: int = 0

    @property
    def is_agreed(self) -> bool:
        """True where a protocol was agreed, though it may be amended just now."""
        return self.protocol is not None and self.protocol.agreed_at is not None

    @property
    def protocol_is_settled(self) -> bool:
        """True where the protocol is agreed and nobody is changing it."""
        return self.protocol is not None and self.protocol.state == Agreement.State.AGREED

    @property
    def next_activity(self) -> Activity | None:
        """Return what comes first."""
        return self.coming[0] if self.coming else None


def relations(cluster: Cluster, on: date) -> list[Relation]:
    """Return everybody whom the cluster works with or has begun to agree with, by name. Eight queries."""
    activities = list(
        activities_of(cluster).exclude(state=Activity.State.CANCELLED).order_by("starts_on", "pk")
    )
    protocols = _protocols(cluster)
    # A profile that repeats another one counts as that one.
    repeated = Partner.objects.filter(cluster=cluster, merged_into__isnull=False)
    stands_for = {pk: kept for pk, kept in repeated.values_list("pk", "merged_into") if kept is not None}
    wanted = {stands_for.get(each, each) for each in (*(a.partner_id for a in activities), *protocols)}
    partners = Partner.objects.filter(
        Q(stage=Stage.PARTNER) | Q(pk__in=wanted), cluster=cluster, is_own=False, merged_into=None
    )
    found = {partner.pk: Relation(partner) for partner in partners.order_by("name", "pk")}
    progress = progress_of(protocols.values()) if protocols else {}
    for key, protocol in protocols.items():
        relation = found[stands_for.get(key, key)]
        relation.protocol, relation.progress = protocol, progress[protocol.pk]
    for activity in activities:
        relation = found[stands_for.get(activity.partner_id, activity.partner_id)]
        (relation.past if activity.state == Activity.State.DONE else relation.coming).append(activity)
    for key, open_tasks, late in _tasks(cluster, on):
        relation = found[stands_for.get(key, key)]
        relation.open_tasks += open_tasks
        relation.late += late
    return list(found.values())


def relation_of(partner: Partner, on: date) -> Relation:
    """Return one partner with its protocol and its life, also where there is none yet."""
    known = (each for each in relations(partner.cluster, on) if each.partner.pk == partner.pk)
    return next(known, Relation(partner))


def activities_of(cluster: Cluster) -> QuerySet[Activity]:
    """Return the cluster's activities with partner and numbers of participants and tasks, newest first."""
    rows = Activity.objects.filter(cluster=cluster).select_related("partner", "responsible")
    return rows.annotate(
        people=Count("participants", distinct=True),
        tasks_open=Count("tasks", filter=Q(tasks__done_on=None), distinct=True),
    )


def late_tasks(cluster: Cluster, on: date) -> QuerySet[Task]:
    """Return the open tasks past their day, the oldest first."""
    rows = Task.objects.filter(cluster=cluster, done_on=None, due__lt=on)
    return rows.select_related("activity__partner").order_by("due", "pk")


def activities_of_goal(goal_id: int) -> QuerySet[Activity]:
    """Return what is done abroad for a goal, for the red thread."""
    return Activity.objects.filter(goals=goal_id).select_related("partner")


def _protocols(cluster: Cluster) -> dict[int, Agreement]:
    """Return partner → newest protocol that was not given up."""
    rows = Agreement.objects.filter(cluster=cluster, kind=PROTOCOL, reference__startswith="cooperation:")
    newest: dict[int, Agreement] = {}
    for row in rows.exclude(state=Agreement.State.CANCELLED).order_by("created_at", "pk"):
        newest[int(row.reference.removeprefix("cooperation:"))] = row
    return newest


def _tasks(cluster: Cluster, on: date) -> Iterable[tuple[int, int, int]]:
    """Return (partner, open tasks, late ones); what was cancelled leaves nothing to do."""
    rows = Task.objects.filter(cluster=cluster, done_on=None)
    rows = rows.exclude(activity__state=Activity.State.CANCELLED)
    counted = rows.values("activity__partner").annotate(
        number=Count("pk"), late=Count("pk", filter=Q(due__lt=on))
    )
    return counted.order_by("activity__partner").values_list("activity__partner", "number", "late")
