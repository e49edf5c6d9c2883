"""The demo's needs, goals, answers and concept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kontor.accounts.models import Cluster, User
from kontor.demo.actors import Known
from kontor.demo.reading import Entry, both, entries
from kontor.goals.models import Goal
from kontor.goals.services import adopt_goal, create_own_goal, link_needs, update_goal
from kontor.journey.catalogue import points
from kontor.journey.services import answer_point
from kontor.needs.models import Need, NeedTopic
from kontor.needs.services.recording import record_need
from kontor.strategy.services import begin_concept, freeze_version, set_published, write_section


def add_needs(cluster: Cluster, known: Known, on_each: Callable[[], None], voiced: Iterable[Entry]) -> None:
    """Record the needs by hand."""
    topics = {topic.code: topic for topic in NeedTopic.objects.filter(cluster=cluster)}
    for entry in voiced:
        record_need(
            cluster=cluster,
            organisation=known[entry["organisation"]],
            topic=topics[entry["topic"]],
            statement=entry["statement"],
            kind=entry["kind"],
            country=entry["country"],
            urgency=entry["urgency"],
            source=entry["source"],
            recorded_on=date.fromisoformat(entry["date"]),
        )
        on_each()


def add_goals(cluster: Cluster, responsible: User) -> None:
    """Adopt goals and link each with the needs of its topics."""
    for entry in entries("goals", "goal"):
        goal = _goal(cluster, entry)
        goal = update_goal(
            goal=goal,
            expected_version=goal.version,
            horizon=entry["horizon"],
            target_year=entry["target_year"],
            responsible=responsible,
        )
        needs = Need.objects.filter(cluster=cluster, topic__code__in=entry.get("topics", ()))
        link_needs(goal=goal, needs=list(needs))


def _goal(cluster: Cluster, entry: Entry) -> Goal:
    if not entry["own"]:
        return adopt_goal(cluster=cluster, code=entry["code"])
    return create_own_goal(
        cluster=cluster,
        family=entry["family"],
        title=entry["title"],
        description=entry["description"],
    )


def answer_points(cluster: Cluster, user: User) -> None:
    """Answer the points whose chapters are still to come."""
    numbers = {point.code: point.number for point in points("en")}
    for entry in entries("points", "point"):
        answer_point(
            cluster=cluster,
            point=numbers[entry["code"]],
            state=entry["state"],
            note=both(entry["note"]),
            user=user,
            expected_version=0,
        )


def write_concept(cluster: Cluster, user: User) -> None:
    """Write the sections and freeze the version that the board has seen."""
    concept = begin_concept(cluster=cluster)
    for entry in entries("texts", "text"):
        for language, body in entry["body"].items():
            write_section(
                concept=concept,
                section=entry["section"],
                language=language,
                body=body.strip(),
                user=user,
                expected_version=0,
            )
    version = freeze_version(
        concept=concept,
        label="Fassung für den Beirat",
        note="Mit den Bedarfen, die bis zum 15. September 2026 genannt waren.",
        user=user,
    )
    set_published(version=version, is_published=True)
