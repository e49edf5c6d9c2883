"""What surveys tell the strategy. The document travels, so small groups are never shown here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

import numpy as np
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import members
from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.confidentiality import FEWEST_ANONYMOUS
from kontor.listening.models import Survey
from kontor.methods.disclosure import shown_groups
from kontor.needs.confidentiality import FEWEST_SHOWN
from kontor.needs.models import Expectation
from kontor.reports.model import Block, Chart, Column, Missing, Table
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


def expected_of_management(cluster: Cluster, on: date) -> Block:
    """Tell which part members expect the cluster management to play in their own way abroad."""
    return _MANAGEMENT.block(cluster, on)


def expected_of_cluster(cluster: Cluster, on: date) -> Block:
    """Tell which part members expect the cluster as a whole to play in their own way abroad."""
    return _CLUSTER.block(cluster, on)


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "listening.response": response,
    "listening.expected_of_management": expected_of_management,
    "listening.expected_of_cluster": expected_of_cluster,
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


@dataclass(frozen=True)
class _Expected:
    """A table of expectations: of whom, its key, its caption."""

    of: str
    key: str
    caption: Text

    def block(self, cluster: Cluster, on: date) -> Block:
        """Return what at least three members expect, as bars."""
        said = Expectation.objects.filter(
            cluster=cluster, of=self.of, on__lte=on, organisation__in=members(cluster, on)
        )
        counts = said.order_by().values("code").annotate(voices=Count("organisation", distinct=True))
        voices = sorted(((row["code"], row["voices"]) for row in counts), key=lambda row: (-row[1], row[0]))
        shown = [row for row in voices if row[1] >= FEWEST_SHOWN][:MOST_ROWS]
        if not shown:
            return Missing(
                _("Too few members have said yet what they expect."),
                _("Ask in a survey or a call which part the cluster should play in their way abroad."),
            )
        table = self._table(on, said, shown, left_out=len(voices) - len(shown))
        return Chart(self.key, "bar", table, x=0, y=(1,))

    def _table(
        self, on: date, said: QuerySet[Expectation], shown: list[tuple[str, int]], left_out: int
    ) -> Table:
        total = said.order_by().values("organisation").distinct().count()
        labels = {each.code: each.label for each in said.order_by("on", "pk")}
        return Table(
            key=self.key,
            caption=self.caption,
            columns=(
                Column(_("Expectation")),
                Column(_("Organisations"), "count"),
                Column(_("Share"), "percent"),
            ),
            rows=tuple((_label(labels[code]), count, count / total) for code, count in shown),
            source=_("Answers of members in surveys, calls and interviews"),
            as_of=on,
            explanation=_spoke(total),
            note=_left_out(left_out) if left_out else "",
        )


_MANAGEMENT = _Expected(
    Expectation.Of.MANAGEMENT,
    "listening.expected_of_management",
    _("What members expect of the cluster management"),
)
_CLUSTER = _Expected(
    Expectation.Of.CLUSTER, "listening.expected_of_cluster", _("What members expect of the cluster")
)


def _source_now(name: str) -> str:
    return _now("Member survey “%(name)s”") % {"name": name}


def _total_now(answered: int, invited: int) -> str:
    return _now("%(answered)s of %(invited)s invited have answered.") % {
        "answered": answered,
        "invited": invited,
    }


def _few_now(limit: int) -> str:
    return _now("Groups of fewer than %(limit)s are not shown.") % {"limit": limit}


def _spoke_now(total: int) -> str:
    return ngettext(
        "Each organisation counts once per row. %(total)s member has said what it expects.",
        "Each organisation counts once per row. %(total)s members have said what they expect.",
        total,
    ) % {"total": total}


def _left_out_now(number: int) -> str:
    return ngettext(
        "%(number)s rarer entry is not shown. Groups of fewer than %(fewest)s never are.",
        "%(number)s rarer entries are not shown. Groups of fewer than %(fewest)s never are.",
        number,
    ) % {"number": number, "fewest": FEWEST_SHOWN}


_source = lazy(_source_now, str)
_total = lazy(_total_now, str)
_few = lazy(_few_now, str)
_spoke = lazy(_spoke_now, str)
_left_out = lazy(_left_out_now, str)
_label = lazy(str, str)
