"""How much of the answers somebody may see: who is named, who is counted, and when.

Figures are held back in two cases. Anonymous answers speak of nobody, whoever asks: no figure on fewer than
five people. Those who may read no single answers see no figure on fewer than three organisations. In both
cases figures come only once nobody can answer any more; from two looks at a running survey the answer in
between could be worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kontor.accounts.rules import Access
from kontor.listening.models import Survey
from kontor.needs.confidentiality import FEWEST_SHOWN

FEWEST_ANONYMOUS = 5


@dataclass(frozen=True)
class Guard:
    """What holds for one reader of one survey.

    limit:     fewest people that a figure may speak of; 1 where everything may be seen.
    may_name:  single answers and names may be seen.
    opens_at:  when figures come; None where they are there, or where that is not known yet.
    is_open:   figures may be seen now.
    """

    limit: int
    may_name: bool
    is_open: bool
    opens_at: datetime | None = None

    @property
    def holds_back(self) -> bool:
        """True where small groups are not shown."""
        return self.limit > 1


def guard_of(survey: Survey, access: Access) -> Guard:
    """Return what holds for this reader of this survey. No query."""
    may_read = access.may("listening.view_answers")
    limit = max(FEWEST_ANONYMOUS if survey.is_anonymous else 1, 1 if may_read else FEWEST_SHOWN)
    if limit == 1:
        return Guard(1, may_name=True, is_open=True)
    end = ends_at(survey)
    is_open = end is not None and end <= timezone.now()
    return Guard(limit, may_name=False, is_open=is_open, opens_at=None if is_open else end)


def ends_at(survey: Survey) -> datetime | None:
    """Return when nobody can answer any more, None while that is not known."""
    closes = survey.closed_at or survey.closes_at
    if survey.state == Survey.State.DRAFT or closes is None:
        return None
    if survey.state == Survey.State.RUNNING and survey.closes_at is not None:
        closes = survey.closes_at  # one that was opened again
    return closes + timedelta(minutes=survey.grace_minutes)
