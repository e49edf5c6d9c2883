"""What surveys tell the strategy. The document travels, so small groups are never shown here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeAlias

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.confidentiality import FEWEST_ANONYMOUS
from kontor.listening.models import Survey
from kontor.methods.disclosure import shown_groups
from kontor.needs.confidentiality import FEWEST_SHOWN
from kontor.needs.models import Expectation
from kontor.reports.model import Block, Column, Missing, Table
from kontor.ui.components import Text

Said: TypeAlias = QuerySet[Expectation]
MOST_ROWS = 12


def response(cluster: Cluster, on: date) -> Block:
    """Tell how many of those invited to the last finished survey answered, by kind of organisation."""
    survey = last_finished(cluster, on)
    counts = _invited(survey) if survey else []
    if survey is None or not counts:
        return Missing(
            _("No member survey has been finished yet."),
            _("Ask your members in a survey; its response by kind of organisation then stands here."),
        )
    limit = FEWEST_ANONYMOUS if survey.is_anonymous else FEWEST_SHOWN
    shown = shown_groups(np.array([answered for _kind, _invited, answered in counts]), limit)
    rows = tuple(
        (
            _kind_label(kind),
            invited,
            answered if is_shown else None,
            answered / invited if is_shown else None,
        )
        for (kind, invited, answered), is_shown in zip(counts, shown, strict=True)
    )
    return Table(
        key="listening.response",
        caption=_("Response to the last member survey"),
        columns=(
            Column(_("Kind of organisation")),
            Column(_("Invited"), "count"),
            Column(_("Answered"), "count"),
            Column(_("Response rate"), "percent"),
        ),
        rows=rows,
        source=_source(survey.name),
        as_of=on,
        explanation=_total(sum(row[2] for row in counts), sum(row[1] for row in counts)),
        note="" if shown.all() else _few(limit),
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "listening.response": response,
}


def last_finished(cluster: Cluster, on: date) -> Survey | None:
    """Return the survey closed last by the end of the day. One query."""
    end = timezone.make_aware(datetime.combine(on, time.max))
    finished = Survey.objects.filter(cluster=cluster, state=Survey.State.CLOSED, closed_at__lte=end)
    return finished.order_by("-closed_at", "-pk").first()


def _invited(survey: Survey) -> list[tuple[str, int, int]]:
    """Return (kind, invited, answered), the largest kind first."""
    invited: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for segment, is_answered in survey.invitees.values_list("segment", "is_answered"):
        kind = segment.get(Dimension.KIND, UNKNOWN)
        invited[kind] += 1
        answered[kind] += is_answered
    order = sorted(invited, key=lambda kind: (-invited[kind], kind))
    return [(kind, invited[kind], answered[kind]) for kind in order]


def _kind_label(kind: str) -> Text:
    return Dimension.KIND.groups.get(kind, _("not known"))


def _source_now(name: str) -> str:
    return gettext("Member survey “%(name)s”") % {"name": name}


def _total_now(answered: int, invited: int) -> str:
    return gettext("%(answered)s of %(invited)s invited have answered.") % {
        "answered": answered,
        "invited": invited,
    }


def _few_now(limit: int) -> str:
    return gettext("Groups of fewer than %(limit)s are not shown.") % {"limit": limit}


_source = lazy(_source_now, str)
_total = lazy(_total_now, str)
_few = lazy(_few_now, str)
