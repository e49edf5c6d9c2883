"""What the actors tell the strategy: who the members are, and how international they are.

Each function counts for one date: the members on it, and all that had begun by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from kontor.accounts.models import Cluster
from kontor.actors.evidence import composition, ties
from kontor.reports.model import Block

EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "actors.by_kind": composition.by_kind,
    "actors.by_size": composition.by_size,
    "actors.by_region": composition.by_region,
    "actors.by_competence": composition.by_competence,
    "ties.degree": ties.degree,
    "ties.countries": ties.countries,
    "ties.countries_by_year": ties.countries_by_year,
    "ties.foreign_projects_share": ties.foreign_projects_share,
    "ties.top_foreign_organisations": ties.top_foreign_organisations,
}


class _Lazy(Mapping[str, Block]):
    """Blocks by code, each counted when it is asked for, and once."""

    def __init__(self, cluster: Cluster, on: date) -> None:
        self._cluster, self._on = cluster, on
        self._known: dict[str, Block] = {}

    def __getitem__(self, code: str) -> Block:
        if code not in self._known:
            self._known[code] = EVIDENCE[code](self._cluster, self._on)
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(EVIDENCE)

    def __len__(self) -> int:
        return len(EVIDENCE)


def evidence(cluster: Cluster, *, on: date) -> Mapping[str, Block]:
    """Return every block by its code; each is counted only when somebody reads it."""
    return _Lazy(cluster, on)
