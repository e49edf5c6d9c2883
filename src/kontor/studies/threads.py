"""The partners chosen for a goal, or the study that looks for one, for the red thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse

from kontor.accounts.models import Cluster
from kontor.goals.following import Follow
from kontor.studies.models import Decision, Study


def choices_of_goals(cluster: Cluster, goals: Collection[int]) -> Iterable[Follow]:
    """Yield for each goal whom its studies have chosen, or the study that still looks. Two queries."""
    decided = {
        row.study_id: row
        for row in Decision.objects.filter(cluster=cluster).only("study", "chosen", "record")
    }
    rows = Study.goals.through.objects.filter(study__cluster=cluster, goal__in=goals)
    for link in rows.select_related("study").order_by("study_id"):
        if link.goal_id not in goals:
            continue
        decision = decided.get(link.study_id)
        page = "decision" if decision else "detail"
        url = reverse(f"studies:{page}", args=[cluster.slug, link.study_id])
        for label in _chosen(decision) if decision else [str(link.study.title)]:
            yield Follow(link.goal_id, label, url, "studies.view_result")


def _chosen(decision: Decision) -> list[str]:
    names = {each["pk"]: each["name"] for each in decision.record["candidates"]}
    return [names[pk] for pk in decision.chosen]
