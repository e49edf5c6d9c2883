"""What a survey says: every question counted, in all and by groups, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kontor.listening.queries.columns import Column
from kontor.listening.queries.figures import Group, Part, Result, Row
from kontor.listening.queries.result_kinds import known, matrix_result, numbers_result, ranking_result
from kontor.listening.queries.viewing import Reading, View, told, view_of
from kontor.methods.tabulation import Breakdown, Tabulation, tabulate_multiple, tabulate_single
from kontor.questionnaires.definition import Kind, Question
from kontor.ui.components import Text

MOST_ROWS, MOST_TEXTS = 12, 3
TICKED = frozenset({Kind.MULTIPLE, Kind.COUNTRY, Kind.COMPETENCE})


def results_of(reading: Reading, codes: Iterable[str] | None = None) -> tuple[Result, ...]:
    """Return the results of the questions, all or those named, in the questionnaire's order."""
    wanted = None if codes is None else set(codes)
    found, number = [], 0
    for question in reading.data.definition.questions():
        if question.takes_answer:
            number += 1
            if wanted is None or question.code in wanted:
                found.append(_result(reading, question, number))
    return tuple(found)


def _result(reading: Reading, question: Question, number: int) -> Result:
    label = reading.wording.say(question.label)
    empty = Result(question, number, label, _SHAPES[question.kind], None)
    view = view_of(reading, reading.data.columns[question.code])
    return empty if view is None else _READERS.get(question.kind, choices_result)(view, empty)


def counted(column: Column, meant: NDArray[np.bool_], how: Breakdown) -> Tabulation:
    """Return the counts of a question whose answers are chosen from a list, a scale's steps included."""
    values, asked = column.values[meant], column.asked[meant]
    if column.question.kind in TICKED:
        return tabulate_multiple(values, column.answered[meant], asked, how)
    if column.question.kind == Kind.SCALE:
        low = int(column.question.range.low or 0)
        values = np.where(np.isnan(values), -1, np.nan_to_num(values) - low).astype(np.int64)
    return tabulate_single(values, len(column.keys), asked, how)


def choices_result(view: View, empty: Result) -> Result:
    column, question = view.column, view.column.question
    table = counted(column, view.meant, view.how)
    weighted = counted(column, view.meant, view.weighted) if view.weighted is not None else None
    labels = view.reading.wording.labels(question, column.keys)
    rows = _rows(view, table, labels)
    if weighted is not None:
        rows = _weighted(rows, weighted)
    more = 0
    if question.kind in (Kind.COUNTRY, Kind.COMPETENCE):
        rows.sort(key=lambda row: (-row.count, str(row.label)))
        rows, more = rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS)
    found = replace(
        told(empty, table.bases),
        rows=tuple(rows),
        more=more,
        groups=view.groups,
        effective=None if weighted is None else float(weighted.bases.effective[-1]),
        is_multiple=question.kind in TICKED,
    )
    return numbers_result(view, found) if question.kind == Kind.SCALE else found


def _rows(view: View, table: Tabulation, labels: Sequence[Text]) -> list[Row]:
    lows, highs = table.intervals()
    counts, shares = table.counts, table.shares
    return [
        Row(
            key=view.column.keys[number],
            label=label,
            count=int(counts[-1, number]),
            share=float(np.nan_to_num(shares[-1, number])),
            low=float(lows[-1, number]),
            high=float(highs[-1, number]),
            parts=tuple(
                _part(counts[place, number], shares[place, number], group)
                for place, group in enumerate(view.groups)
            ),
        )
        for number, label in enumerate(labels)
    ]


def _part(count: float, share: float, group: Group) -> Part:
    return Part() if group.people is None else Part(int(count), known(share))


def _weighted(rows: list[Row], table: Tabulation) -> list[Row]:
    """Return the rows with the weighted share, its interval from Kish's effective base."""
    lows, highs = (ends[-1] for ends in table.intervals())
    shares = np.nan_to_num(table.shares[-1])
    return [
        replace(
            row,
            weighted=float(shares[number]),
            weighted_low=float(lows[number]),
            weighted_high=float(highs[number]),
        )
        for number, row in enumerate(rows)
    ]


def _texts(view: View, empty: Result) -> Result:
    """Return how many wrote something; the words only where the reader may see words at all."""
    reading, column = view.reading, view.column
    answered = column.answered[view.meant]
    found = replace(
        empty,
        people=int(answered.sum()),
        silent=int((view.asked & ~answered).sum()),
        unasked=int((~view.asked & ~answered).sum()),
        text_count=int(answered.sum()),
    )
    if not reading.wording.may_quote or (reading.guard.holds_back and reading.look.is_narrowed):
        return found
    words = (text for number, text in column.texts.items() if view.meant[number])
    # In order of the alphabet, so that two lists of words never stand in the order of the same people.
    few = (
        nsmallest(MOST_TEXTS, words, str.casefold) if reading.guard.holds_back else islice(words, MOST_TEXTS)
    )
    return replace(found, texts=tuple(few))


_READERS = {
    Kind.MATRIX: matrix_result,
    Kind.RANKING: ranking_result,
    Kind.NUMBER: numbers_result,
    Kind.DATE: numbers_result,
    Kind.TEXT: _texts,
}
_SHAPES = {
    Kind.SINGLE: "choices",
    Kind.MULTIPLE: "choices",
    Kind.COUNTRY: "choices",
    Kind.COMPETENCE: "choices",
    Kind.SCALE: "scale",
    Kind.MATRIX: "matrix",
    Kind.RANKING: "ranking",
    Kind.NUMBER: "numbers",
    Kind.DATE: "dates",
    Kind.TEXT: "texts",
}
