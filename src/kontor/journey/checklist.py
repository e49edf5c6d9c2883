"""The 19 points answered: by the chapters from their data, else by hand, else open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.checks import checks as actors_checks
from kontor.cooperation.checks import checks as cooperation_checks
from kontor.journey.catalogue import Point, points
from kontor.journey.models import PointAnswer
from kontor.needs.checks import checks as needs_checks
from kontor.partners.checks import checks as partners_checks
from kontor.strategy.checks import checks as strategy_checks
from kontor.studies.checks import checks as studies_checks
from kontor.ui.components import Check, PointState

CHAPTERS = (actors_checks, needs_checks, partners_checks, studies_checks, cooperation_checks, strategy_checks)
# The weakest first: where two chapters answer a point, it is as far as the one that lags behind.
WEAKNESS = (PointState.OPEN, PointState.GAP, PointState.RUNNING, PointState.ALMOST, PointState.DONE)

# In this order the next step is looked for: what is under way or nearly done comes before what is not begun.
URGENCY = (PointState.GAP, PointState.RUNNING, PointState.ALMOST, PointState.OPEN)


@dataclass(frozen=True)
class AnsweredPoint:
    """A point of the catalogue with its answer."""

    point: Point
    check: Check


def answered_points(cluster: Cluster, on: date) -> list[AnsweredPoint]:
    """Return all 19 points with their state on `on`; the data speaks before the hand."""
    computed = _computed(cluster, on)
    by_hand = {answer.point: answer for answer in PointAnswer.objects.filter(cluster=cluster)}
    return [
        AnsweredPoint(
            point, computed.get(point.number) or _by_hand(cluster, point, by_hand.get(point.number))
        )
        for point in points(get_language() or "en")
    ]


def computed_points(cluster: Cluster, on: date) -> set[int]:
    """Return the numbers of the points that the data answers by itself."""
    return set(_computed(cluster, on))


def _computed(cluster: Cluster, on: date) -> dict[int, Check]:
    """Return point → answer of the data; of two chapters, the weaker state with both reasons."""
    found: dict[int, Check] = {}
    for check in (check for chapter in CHAPTERS for check in chapter(cluster, on)):
        other = found.get(check.point)
        found[check.point] = check if other is None else _both(other, check)
    return found


def _both(first: Check, second: Check) -> Check:
    weaker = min((second, first), key=lambda check: WEAKNESS.index(check.state))
    stronger = first if weaker is second else second
    reason = f"{first.reason} {second.reason}"
    if weaker.next_step or not stronger.next_step:
        return replace(weaker, reason=reason)
    return replace(weaker, reason=reason, next_step=stronger.next_step, url=stronger.url)


def _by_hand(cluster: Cluster, point: Point, answer: PointAnswer | None) -> Check:
    url = reverse("journey:answer", args=[cluster.slug, point.number])
    if answer is None:
        return Check(
            point.number, PointState.OPEN, _("Not answered yet."), _("Answer by hand"), url, is_by_hand=True
        )
    state = PointState(answer.state)
    next_step = "" if state is PointState.DONE else _("Update the answer")
    reason = str(answer.note) or _("Answered by hand.")
    return Check(point.number, state, reason, next_step, url, is_by_hand=True)


def without_steps(answered: list[AnsweredPoint]) -> list[AnsweredPoint]:
    """Return the same answers for somebody who only reads: nothing to press that would be refused."""
    return [replace(each, check=replace(each.check, next_step="")) for each in answered]


def most_urgent(answered: list[AnsweredPoint]) -> AnsweredPoint | None:
    """Return the point whose next step helps most: computed before by hand, begun before open."""
    waiting = [each for each in answered if each.check.state is not PointState.DONE and each.check.next_step]
    if not waiting:
        return None
    return min(waiting, key=lambda each: (each.check.is_by_hand, URGENCY.index(each.check.state)))
