"""Ties abroad as conditions: what counts as foreign, and as a tie on a date or so far."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from kontor.accounts.models import Cluster
from kontor.actors.models import Participation, Tie
from kontor.actors.models.period import valid_on


def is_foreign(cluster: Cluster, prefix: str = "") -> Q:
    """Return the condition "in another country than the cluster"; an unknown country is not foreign."""
    return ~Q(**{f"{prefix}country": cluster.country}) & ~Q(**{f"{prefix}country": ""})


def begun_by(day: date, field: str = "valid_from", prefix: str = "") -> Q:
    """Return the condition "has begun by `day`"; an unknown beginning counts as begun."""
    return Q(**{f"{prefix}{field}__isnull": True}) | Q(**{f"{prefix}{field}__lte": day})


def running_on(day: date, prefix: str = "") -> Q:
    """Return the condition "the project runs on `day`"; an open end counts as running."""
    not_over = Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gte": day})
    return begun_by(day, "start", prefix) & not_over


def has_tie_abroad(cluster: Cluster, on: date, *, only_current: bool = False) -> Case:
    """Return the condition, for organisations: a tie or joint project with somebody abroad, begun by `on`.

    With only_current, those that still hold on `on`. Each branch stops at the first hit.
    """
    project = running_on(on, "project__") if only_current else begun_by(on, "start", "project__")
    tie = valid_on(on) if only_current else begun_by(on)
    others = Participation.objects.filter(
        is_foreign(cluster, "organisation__"), project=OuterRef("project")
    ).exclude(organisation=OuterRef("organisation"))
    joint = Participation.objects.filter(project, Exists(others), organisation=OuterRef("pk"))
    outward = Tie.objects.filter(tie, is_foreign(cluster, "partner__"), organisation=OuterRef("pk"))
    inward = Tie.objects.filter(tie, is_foreign(cluster, "organisation__"), partner=OuterRef("pk"))
    # CASE stops at the first hit; SQLite's OR looks all three up.
    hits = [When(Exists(way), then=Value(True)) for way in (outward, joint, inward)]
    return Case(*hits, default=Value(False))
