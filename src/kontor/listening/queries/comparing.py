"""What has changed since an earlier survey that asked the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kontor.listening.confidentiality import Guard
from kontor.listening.models import Survey
from kontor.listening.queries.encoded import Encoded
from kontor.listening.queries.figures import Change, Result
from kontor.listening.queries.results import counted
from kontor.listening.queries.viewing import Reading
from kontor.methods.differences import difference_interval
from kontor.methods.tabulation import Breakdown
from kontor.questionnaires.definition import Definition, Kind, Question

COMPARED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE})


def earlier_surveys(survey: Survey, definition: Definition) -> list[Survey]:
    """Return the surveys opened before this one that share a question with it, newest first. One query."""
    opened = survey.opened_at or survey.created_at
    others = (
        Survey.objects.filter(cluster=survey.cluster_id)
        .exclude(pk=survey.pk)
        .exclude(state=Survey.State.DRAFT)
        .select_related("version_asked", "cluster")
        .order_by("-opened_at", "-pk")
    )
    return [
        each
        for each in others
        if (each.opened_at or each.created_at) <= opened
        and each.version_asked is not None
        and same_questions(definition, each.version_asked.asked)
    ]


def same_questions(now: Definition, before: Definition) -> set[str]:
    """Return the codes of the questions that both ask in the same way, with the same options."""
    earlier = {each.code: _asked(each) for each in before.questions()}
    return {
        each.code
        for each in now.questions()
        if each.kind in COMPARED and earlier.get(each.code) == _asked(each)
    }


def compared(
    results: tuple[Result, ...], reading: Reading, earlier: Encoded, earlier_guard: Guard
) -> tuple[Result, ...]:
    """Return the results with the change of every row that the earlier survey asked in the same way."""
    same = same_questions(reading.data.definition, earlier.definition)
    if not earlier_guard.is_open or (reading.look.is_narrowed and earlier_guard.holds_back):
        return results
    meant = reading.look.mask(earlier)
    return tuple(
        _changed(result, earlier, meant, earlier_guard.limit)
        if result.people and result.question.code in same
        else result
        for result in results
    )


def _changed(result: Result, earlier: Encoded, meant: np.ndarray, limit: int) -> Result:
    column = earlier.columns[result.question.code]
    table = counted(column, meant, Breakdown.whole(int(meant.sum())))
    people = int(table.bases.people[-1])
    if people < limit or not people:
        return result
    before = dict(zip(column.keys, table.counts[-1], strict=True))
    then = [before[row.key] for row in result.rows]
    now = [row.count for row in result.rows]
    change, low, high = difference_interval(
        (now, [result.people or 0] * len(now)), (then, [people] * len(then))
    )
    rows = tuple(
        replace(row, change=Change(then[n] / people, float(change[n]), float(low[n]), float(high[n])))
        for n, row in enumerate(result.rows)
    )
    return replace(result, rows=rows)


def _asked(question: Question) -> Mapping[str, object]:
    return {
        "kind": question.kind,
        "options": question.codes,
        "range": (question.range.low, question.range.high),
        "most": question.most,
    }
