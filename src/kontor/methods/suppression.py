"""Hide the small counts of a table so that totals do not give them away."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Mask: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int64]
Cell: TypeAlias = tuple[int, int]
# Node → (next node, cell by which).
Ways: TypeAlias = Mapping[int, list[tuple[int, Cell]]]

ANYWHERE = -1


@dataclass(frozen=True, eq=False)
class _Table:
    """Counts with their totals, and which totals are shown; a line without one binds nothing."""

    counts: Counts
    rows_add_up: bool
    columns_add_up: bool

    @property
    def shown(self) -> Mask:
        """Return the cells that exist for the reader."""
        there = np.ones(self.counts.shape, dtype=bool)
        there[:, -1], there[-1, :] = self.rows_add_up, self.columns_add_up
        there[-1, -1] = self.rows_add_up and self.columns_add_up
        return there

    def is_total(self, cell: Cell) -> tuple[bool, bool]:
        """Return whether a cell is the total of a row, and of a column."""
        return cell[1] == self.counts.shape[1] - 1, cell[0] == self.counts.shape[0] - 1

    def nodes(self, cell: Cell) -> Cell:
        """Return the lines of a cell as numbers: its row, its column."""
        row = cell[0] if self.rows_add_up else ANYWHERE
        return row, self.counts.shape[0] + cell[1] if self.columns_add_up else ANYWHERE

    def moves(self, cell: Cell) -> tuple[bool, bool]:
        """Return whether a unit can pass by the cell from its row to its column, and back.

        A cell that rises lets it pass one way, one that falls the other; totals count against their line.
        """
        of_row, of_column = self.is_total(cell)
        can_fall = bool(self.counts[cell] > 0)
        return (can_fall, True) if of_row != of_column else (True, can_fall)


def hidden_cells(
    counts: ArrayLike, *, fewest: int, rows_add_up: bool = True, columns_add_up: bool = True
) -> Mask:
    """Return which cells of a table and of its totals must not be shown: (r + 1, c + 1) bools.

    counts:         (r, c) integers ≥ 0, r ≥ 1 and c ≥ 1.
    fewest:         ≥ 1; counts below it are hidden, 0 too: that nobody said a thing tells of everybody.
    rows_add_up:    the last column of the answer stands for the totals of the rows, which are shown beside
                    them; False where there are none, and the column is then all True.
    columns_add_up: the same for the last row. The corner is the total of all.

    Where only small counts were hidden, one that is alone in a row would follow from the total. So others
    are hidden with each: the smallest set of counts, totals last, that lets one unit go round by it. Then no
    hidden cell is known exactly to somebody who knows all that is shown, and that counts are whole and not
    negative: for each there is another table with the same shown cells in which it differs. The whole set is
    not always the smallest possible one; that is hard to find, and not needed. Cost: O(h r c log(r c)) for h
    small counts.

    Raises MethodError "suppression.shape", "suppression.not_counts" or "suppression.fewest".

    Source: complementary cell suppression, Willenborg & de Waal (2001), Elements of Statistical Disclosure
    Control, chapter 4; that a hidden cell is fixed unless it lies on a cycle: Gusfield (1988), A graph
    theoretic approach to statistical data security, SIAM J. Comput. 17, 552–571.

    >>> hidden_cells([[40, 12, 1], [20, 9, 8]], fewest=3).astype(int).tolist()
    [[0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    """
    table = _Table(_with_totals(counts, fewest), rows_add_up, columns_add_up)
    shown = table.shown
    hidden = (table.counts < fewest) & shown
    ways = _ways(table, shown)
    small = sorted(((int(i), int(j)) for i, j in np.argwhere(hidden)), key=lambda c: (table.counts[c], c))
    for cell in small:
        for other in _way_round(table, hidden, ways, cell):
            hidden[other] = True
    return hidden | ~shown


def _with_totals(counts: ArrayLike, fewest: int) -> Counts:
    given = np.asarray(counts, dtype=np.float64)
    if given.ndim != 2 or not given.size:
        raise MethodError("suppression.shape", counts=given.shape)
    if not (np.isfinite(given).all() and (given >= 0).all() and (given == np.floor(given)).all()):
        raise MethodError("suppression.not_counts")
    if fewest < 1:
        raise MethodError("suppression.fewest", fewest=fewest)
    inner = given.astype(np.int64)
    wide = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def _ways(table: _Table, shown: Mask) -> Ways:
    """Return how one unit can be moved between the lines of the table."""
    ways: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for cell in ((int(i), int(j)) for i, j in np.argwhere(shown)):
        row, column = table.nodes(cell)
        onward, back = table.moves(cell)
        if onward:
            ways[row].append((column, cell))
        if back:
            ways[column].append((row, cell))
    return ways


def _way_round(table: _Table, hidden: Mask, ways: Ways, cell: Cell) -> tuple[Cell, ...]:
    """Return the cells of the cheapest way by which a unit can come back to `cell`; hidden ones are free.

    There always is one where a total is shown: the cell and its totals can all rise by one.
    """
    row, column = table.nodes(cell)
    if row == column:
        return ()
    onward, back = table.moves(cell)
    dear = int(table.counts[-1, -1]) + table.counts.size
    costs = np.where(hidden, 0, table.counts + 1)
    costs[:, -1] += np.where(hidden[:, -1], 0, dear)
    costs[-1, :] += np.where(hidden[-1, :], 0, dear)
    found = [_cheapest(column, row, cell, ways, costs)] if onward else []
    found += [_cheapest(row, column, cell, ways, costs)] if back else []
    return min(found)[1]


def _cheapest(
    start: int, goal: int, closed: Cell, ways: Ways, costs: Counts
) -> tuple[float, tuple[Cell, ...]]:
    """Return the cost and the cells of the cheapest way from start to goal that does not pass `closed`."""
    waiting: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    seen: set[int] = set()
    while waiting:
        cost, node, passed = heapq.heappop(waiting)
        if node == goal:
            return cost, passed
        if node in seen:
            continue
        seen.add(node)
        for following, cell in ways.get(node, ()):
            if cell != closed and following not in seen:
                heapq.heappush(waiting, (cost + int(costs[cell]), following, (*passed, cell)))
    return float("inf"), ()
