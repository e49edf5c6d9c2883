"""Goals as a reader may see them: small counts only for those who may read single needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kontor.goals.catalogue import LANGUAGES, Family, families
from kontor.goals.forms import texts_of
from kontor.goals.models import Goal
from kontor.goals.queries import Thread, TopicThread
from kontor.needs.confidentiality import guarded
from kontor.needs.models import NeedTopic
from kontor.ui.components import Text

_MISSING: dict[str, Text] = {"de": _("German is missing"), "en": _("English is missing")}


@dataclass(frozen=True)
class ShownGoal:
    """A goal with its counts; organisations and needs are None where they may not be seen."""

    goal: Goal
    needs: int | None
    organisations: int | None
    is_orphan: bool
    missing: tuple[Text, ...]


@dataclass(frozen=True)
class ShownFamily:
    """A family with the cluster's goals in it."""

    family: Family
    goals: tuple[ShownGoal, ...]


@dataclass(frozen=True)
class ShownTopic:
    """A topic with its counts; all of them None where they speak of fewer than three organisations."""

    topic: NeedTopic
    goals: tuple[Goal, ...]
    needs: int | None
    organisations: int | None


def shown_topics(thread: Thread, *, sees_all: bool) -> tuple[ShownTopic, ...]:
    """Return all topics of the thread as the reader may see them."""
    return tuple(
        _topic(each, each.needs, each.organisations if sees_all else guarded(each.organisations))
        for each in thread.topics
    )


def shown_gaps(thread: Thread, *, sees_all: bool) -> tuple[ShownTopic, ...]:
    """Return the topics with needs that no goal answers, counting only these; the largest gap first."""
    gaps = ((each, each.orphan_organisations) for each in thread.topics_without_goal)
    return tuple(
        _topic(each, each.orphans, organisations if sees_all else guarded(organisations))
        for each, organisations in gaps
    )


def _topic(each: TopicThread, needs: int, organisations: int | None) -> ShownTopic:
    return ShownTopic(each.topic, each.goals, None if organisations is None else needs, organisations)


def shown_goal(goal: Any, *, sees_all: bool) -> ShownGoal:
    """Return a goal from `queries.goals_of` as the reader may see it."""
    is_orphan = not goal.needs_number
    organisations = goal.organisations if sees_all or is_orphan else guarded(goal.organisations)
    needs = None if organisations is None else goal.needs_number
    return ShownGoal(goal, needs, organisations, is_orphan, missing_languages(goal))


def missing_languages(goal: Goal) -> tuple[Text, ...]:
    """Say in which language the title, or a description that is there in the other, is missing."""
    titles, descriptions = texts_of(goal.title), texts_of(goal.description)
    lacking = [
        code
        for code in LANGUAGES
        if code not in titles or (any(descriptions.values()) and code not in descriptions)
    ]
    return tuple(_MISSING[code] for code in lacking)


def by_family(goals: Iterable[Any], *, sees_all: bool) -> tuple[ShownFamily, ...]:
    """Return the families of the catalogue with the goals in them; goals given up come last."""
    shown = [shown_goal(goal, sees_all=sees_all) for goal in goals]
    shown.sort(key=lambda each: (each.goal.state == Goal.State.DROPPED, each.goal.pk))
    return tuple(
        ShownFamily(family, tuple(each for each in shown if each.goal.family == family.code))
        for family in families()
    )
