"""What reading found in one table of one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kontor.imports.fields import Fault

# More are counted, but not kept.
MOST_FAULTS = 200
MOST_EXAMPLES = 6
MOST_NAMES = 500


@dataclass
class Series:
    """The figures of one indicator. code: "" where the file does not tell. values: country → year → value."""

    code: str
    name: str = ""
    values: dict[str, dict[int, float]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many figures there are."""
        return sum(map(len, self.values.values()))


@dataclass(frozen=True)
class Link:
    """What lies between the home country and another one."""

    country: str
    distance_km: float
    capital_km: float | None
    weighted_km: float | None
    shares_language: bool
    speaks_language: bool | None
    is_contiguous: bool


@dataclass(frozen=True)
class Facts:
    """What a country is like on the map."""

    country: str
    languages: tuple[str, ...]
    continent: str
    main_city: str
    area_km2: float | None
    is_landlocked: bool | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class LeftOut:
    """What is not taken, and why (`country.left_out_*`).

    count: rows or cells.   names: how many different ones they name.   examples: a few of these.
    """

    code: str
    count: int
    names: int = 0
    examples: tuple[str, ...] = ()


@dataclass
class ReadFile:
    """One table of one file. kind: as SourceFile.Kind; problem: why it cannot be read at all, or None."""

    name: str
    kind: str = "other"
    series: list[Series] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faults_number: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    updated_on: date | None = None
    problem: tuple[str, Mapping[str, object]] | None = None

    def report(self, fault: Fault) -> None:
        """Keep a fault, as long as there are not too many to read."""
        self.faults_number += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


class Tally:
    """Counts what is left out, by reason, with the names that it concerns."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._names: dict[str, dict[str, None]] = {}

    def add(self, code: str, name: str = "") -> None:
        """Count one more of a reason."""
        self._counts[code] += 1
        known = self._names.setdefault(code, {})
        if name and len(known) < MOST_NAMES:
            known[name[:80]] = None

    def lines(self) -> list[LeftOut]:
        """Return the reasons in the order in which they came up."""
        return [
            LeftOut(code, number, len(self._names[code]), tuple(self._names[code])[:MOST_EXAMPLES])
            for code, number in self._counts.items()
        ]
