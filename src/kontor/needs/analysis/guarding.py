"""What of an analysis may be seen by whom: small counts only by those who may read single needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kontor.methods.suppression import hidden_cells
from kontor.needs.analysis.cross import Cross
from kontor.needs.analysis.ranking import Change, Ranked
from kontor.needs.confidentiality import FEWEST_SHOWN, guarded, guarded_parts


@dataclass(frozen=True)
class Row:
    """A ranked row as it may be seen; organisations is None where it may not, and then nothing else is known.

    urgent: share of those who name it that need it now; None where it would tell of one or two.
    """

    ranked: Ranked
    organisations: int | None
    urgent: float | None
    urgency: float | None
    change: Change | None

    @property
    def share(self) -> float | None:
        """Return the share of the base, or None."""
        return None if self.organisations is None else self.ranked.share


@dataclass(frozen=True, eq=False)
class Seen:
    """A table as it may be seen: None where a count is hidden."""

    cross: Cross
    counts: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]
    heard: tuple[int | None, ...]

    @property
    def has_hidden(self) -> bool:
        """True where something is left out."""
        return None in self.totals or None in self.heard or any(None in row for row in self.counts)

    @property
    def most(self) -> int:
        """Return the largest count that is seen."""
        return max((count or 0 for row in self.counts for count in row), default=0)


def seen_rows(rows: Iterable[Ranked], *, sees_all: bool) -> tuple[Row, ...]:
    """Return the rows as the reader may see them; those without a number come last, by name."""
    if sees_all:
        return tuple(_row(each, sees_all=True) for each in rows)
    found = [_row(each, sees_all=False) for each in rows]
    shown = [row for row in found if row.organisations is not None]
    hidden = [row for row in found if row.organisations is None]
    return (*shown, *sorted(hidden, key=lambda row: str(row.ranked.label)))


def seen_cross(cross: Cross, *, sees_all: bool) -> Seen:
    """Return the table as the reader may see it; totals give no hidden cell away."""
    counts = cross.counts
    if sees_all or not counts.size:
        return Seen(cross, _plain(counts, np.zeros(counts.shape, bool)), cross.totals, cross.heard)
    hidden = hidden_cells(counts, fewest=FEWEST_SHOWN, rows_add_up=cross.is_disjoint, columns_add_up=False)
    if cross.is_disjoint:
        totals = [None if hidden[row, -1] else total for row, total in enumerate(cross.totals)]
    else:
        totals = [guarded(total) for total in cross.totals]
    heard = guarded_parts(cross.heard)
    return Seen(cross, _plain(counts, hidden[:-1, :-1]), tuple(totals), heard)


def without_small(rows: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return the rows that everybody may see, with changes only where both numbers may be seen."""
    kept = (row for row in seen_rows(rows, sees_all=False) if row.organisations is not None)
    return tuple(replace(row.ranked, change=row.change) for row in kept)


def _row(each: Ranked, *, sees_all: bool) -> Row:
    urgent = each.urgent / each.organisations if each.organisations and each.urgency else None
    if sees_all:
        return Row(each, each.organisations, urgent, each.urgency or None, each.change)
    organisations = guarded(each.organisations)
    tells = organisations is not None and _tells_nobody(each.urgent, each.organisations)
    change = each.change if organisations is not None else None
    if change is not None and guarded(change.before) is None:
        change = None
    strength = (urgent, each.urgency or None) if tells else (None, None)
    return Row(each, organisations, *strength, change)


def _tells_nobody(part: int, whole: int) -> bool:
    """True where neither a part nor the rest of the whole is so small that it points at somebody."""
    return part >= FEWEST_SHOWN and whole - part >= FEWEST_SHOWN


def _plain(counts: NDArray[np.int64], hidden: NDArray[np.bool_]) -> tuple[tuple[int | None, ...], ...]:
    return tuple(
        tuple(None if hidden[row, column] else int(count) for column, count in enumerate(line))
        for row, line in enumerate(counts)
    )
