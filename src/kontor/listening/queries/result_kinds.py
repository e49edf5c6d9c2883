"""Results of the questions that are no plain list to choose from: matrix, ranking, numbers, dates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kontor.listening.queries.figures import MatrixRow, Middle, Part, RankRow, Result, Row
from kontor.listening.queries.viewing import View, may_show, told
from kontor.methods.tabulation import (
    Breakdown,
    Spread,
    bases_of,
    tabulate_numbers,
    tabulate_ranking,
    tabulate_single,
)
from kontor.questionnaires.definition import Kind

MOST_BARS = 8


def matrix_result(view: View, empty: Result) -> Result:
    """Return each line of a matrix as a question of its own, with its own base."""
    question, wording = view.column.question, view.reading.wording
    how = Breakdown.whole(len(view.asked))
    rows = []
    for number, row in enumerate(question.rows):
        table = tabulate_single(view.values[:, number], len(question.codes), view.asked, how)
        people = int(table.bases.people[-1])
        is_shown = may_show(view, people, view.column.values[:, number] >= 0)
        cells = tuple(
            Part(int(count), known(share)) if is_shown else Part()
            for count, share in zip(table.counts[-1], table.shares[-1], strict=True)
        )
        rows.append(MatrixRow(row.code, wording.say(row.label), people if is_shown else None, cells))
    columns = tuple(wording.labels(question, question.codes))
    answered = view.column.answered[view.meant]
    return replace(told(empty, bases_of(answered, view.asked, how)), matrix=tuple(rows), columns=columns)


def ranking_result(view: View, empty: Result) -> Result:
    """Return the options of a ranking, the best first."""
    ranks = tabulate_ranking(view.values, view.asked, Breakdown.whole(len(view.asked)))
    labels = view.reading.wording.labels(view.column.question, view.column.keys)
    most = max(1, len(labels) - 1)
    rows = [
        RankRow(
            key=view.column.keys[number],
            label=label,
            points=float(np.nan_to_num(ranks.points[-1, number])),
            share=float(np.nan_to_num(ranks.points[-1, number])) / most,
            average=known(ranks.average[-1, number]),
            firsts=int(ranks.firsts[-1, number]),
            named=int(ranks.named[-1, number]),
        )
        for number, label in enumerate(labels)
    ]
    rows.sort(key=lambda row: (-row.points, str(row.label)))
    return replace(told(empty, ranks.bases), ranks=tuple(rows))


def numbers_result(view: View, empty: Result) -> Result:
    """Return where numbers, dates or the steps of a scale lie, and numbers as bars of equal width."""
    spread = tabulate_numbers(view.values, view.asked, view.how)
    groups = tuple(
        None if group.people is None else _middle(view, spread, place)
        for place, group in enumerate(view.groups)
    )
    found = replace(told(empty, spread.bases), middle=_middle(view, spread, -1), middles=groups)
    if view.column.question.kind == Kind.NUMBER:
        found = replace(found, rows=_bars(view.values[~np.isnan(view.values)]))
    return replace(found, groups=view.groups)


def known(value: float) -> float | None:
    """Return the number, None for NaN."""
    return None if np.isnan(value) else float(value)


def _middle(view: View, spread: Spread, place: int) -> Middle:
    """Return mean and quartiles; of a few people no value that may be one person's own."""
    limit, people = view.reading.guard.limit, spread.bases.people[place]
    mean = known(spread.mean[place])
    is_scale = view.column.question.kind == Kind.SCALE
    if limit > 1 and not is_scale:
        return Middle(mean, known(spread.median[place]) if people >= 2 * limit else None)
    return Middle(
        mean,
        known(spread.median[place]),
        known(spread.lower[place]),
        known(spread.upper[place]),
        known(spread.least[place]),
        known(spread.most[place]),
    )


def _bars(values: NDArray[np.float64]) -> tuple[Row, ...]:
    """Return at most eight bars with round ends; each holds its lower end, the last one both."""
    if not values.size:
        return ()
    step = _round_step((values.max() - values.min()) / MOST_BARS)
    first = np.floor(values.min() / step) * step
    edges = first + step * np.arange(int(np.floor((values.max() - first) / step)) + 2)
    counts, _edges = np.histogram(values, edges)
    return tuple(
        Row(
            key=f"{float(edges[number])}:{float(edges[number + 1])}",
            label="",
            count=int(count),
            share=count / values.size,
            low=float(edges[number]),
            high=float(edges[number + 1]),
        )
        for number, count in enumerate(counts)
    )


def _round_step(least: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least `least`; 1 for nothing."""
    if least <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(least))
    return float(next(each * power for each in (1, 2, 5, 10) if each * power >= least * (1 - 1e-12)))
