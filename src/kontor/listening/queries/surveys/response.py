"""Who has answered a survey: the whole, and group by group against the members of the opening day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Count, Q
from django.utils import timezone

from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.models import Invitee, Survey
from kontor.listening.queries.audience import ONLY_SILENT, audience
from kontor.listening.services.surveys.storing import ENOUGH_TO_HIDE
from kontor.methods.representation import representation
from kontor.methods.shares import wilson_interval
from kontor.ui.components import Text


@dataclass(frozen=True)
class Standing:
    """How a survey stands, in numbers of invitees; organisations: members of which somebody answered."""

    invited: int
    waiting: int
    answered: int
    declined: int
    bounced: int
    organisations: int
    asked: int

    @property
    def silent(self) -> int:
        """Return who got the mail and has said nothing yet."""
        return self.invited - self.waiting - self.answered - self.declined - self.bounced

    @property
    def share(self) -> float | None:
        """Return the share of organisations asked that have answered, None where nobody is asked."""
        return self.organisations / self.asked if self.asked else None


@dataclass(frozen=True)
class GroupResponse:
    """How one group of members answers. answered is None where so few are invited that it would tell who.

    members: on the day of the opening; share, low, high: of these, with the ends of the interval.
    """

    group: str
    label: Text
    members: int
    invited: int
    answered: int | None
    share: float | None
    low: float
    high: float
    is_under: bool


@dataclass(frozen=True)
class UnderHeard:
    """A group of which too few have answered to speak for it; what is not known is no group to speak for."""

    dimension: Dimension
    group: GroupResponse


@dataclass(frozen=True)
class DimensionResponse:
    """The groups of one dimension."""

    dimension: Dimension
    groups: tuple[GroupResponse, ...]

    @property
    def under(self) -> list[UnderHeard]:
        """Return the groups of which too few have answered to speak for them."""
        return [UnderHeard(self.dimension, each) for each in self.groups if each.is_under]


def standing(survey: Survey) -> Standing:
    """Return how the survey stands. One query."""
    is_open = Q(is_answered=False)
    found = Invitee.objects.filter(survey=survey).aggregate(
        invited=Count("pk"),
        waiting=Count("pk", filter=is_open & Q(state=Invitee.State.WAITING)),
        answered=Count("pk", filter=Q(is_answered=True)),
        declined=Count("pk", filter=is_open & Q(state=Invitee.State.DECLINED)),
        bounced=Count("pk", filter=is_open & Q(state=Invitee.State.BOUNCED)),
        organisations=Count("organisation", filter=Q(is_answered=True), distinct=True),
        asked=Count("organisation", distinct=True),
    )
    return Standing(**found)


def response_by_segment(survey: Survey) -> list[DimensionResponse]:
    """Return the response of every group of every dimension that has more than one. Three queries."""
    population = _population(survey)
    rows = Invitee.objects.filter(survey=survey).values_list("organisation_id", "is_answered")
    invited = {pk for pk, _answered in rows}
    answered = {pk for pk, has_answered in rows if has_answered}
    found = []
    for dimension in Dimension:
        groups = {pk: segment[dimension] for pk, segment in population.items()}
        shown = _groups(dimension, groups, invited, answered, is_anonymous=survey.is_anonymous)
        if len(shown) > 1:
            found.append(DimensionResponse(dimension, shown))
    return found


def _population(survey: Survey) -> dict[int, dict[Dimension, str]]:
    """Return the members that the survey is meant for, with their groups on the day of the opening."""
    on = timezone.localdate(survey.opened_at) if survey.opened_at else timezone.localdate()
    if survey.chosen.get(ONLY_SILENT):
        # Answers of the opening day itself must not take their members out of the population.
        on -= timedelta(days=1)
    return {
        each.organisation.pk: {dimension: each.segment.group(dimension) for dimension in Dimension}
        for each in audience(survey.cluster, survey.chosen, on)
    }


def _groups(
    dimension: Dimension,
    groups: dict[int, str],
    invited: set[int],
    answered: set[int],
    *,
    is_anonymous: bool,
) -> tuple[GroupResponse, ...]:
    members = Counter(groups.values())
    asked = Counter(group for pk, group in groups.items() if pk in invited)
    said = Counter(group for pk, group in groups.items() if pk in answered)
    held = [group for group in dimension.groups if members[group]]
    counts = np.array([members[group] for group in held]), np.array([said[group] for group in held])
    low, high = wilson_interval(counts[1], counts[0])
    under = representation(*counts).is_under
    found = []
    for place, group in enumerate(held):
        # Of so few that were asked anonymously, the number alone would tell who has answered.
        is_told = not is_anonymous or asked[group] == 0 or asked[group] >= ENOUGH_TO_HIDE
        found.append(
            GroupResponse(
                group=group,
                label=dimension.groups[group],
                members=members[group],
                invited=asked[group],
                answered=said[group] if is_told else None,
                share=said[group] / members[group] if is_told else None,
                low=float(low[place]),
                high=float(high[place]),
                is_under=bool(under[place]) and is_told and group != UNKNOWN,
            )
        )
    return tuple(found)


def opened_on(survey: Survey) -> date | None:
    """Return the day on which the survey was opened."""
    return timezone.localdate(survey.opened_at) if survey.opened_at else None
