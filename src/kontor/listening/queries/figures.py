"""What the results of a question are made of: rows, parts, and who is behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kontor.questionnaires.definition import Question
from kontor.ui.components import Text


@dataclass(frozen=True)
class Group:
    """One group of the breakdown. people: how many answered, None where too few to show."""

    key: str
    label: Text
    people: int | None


@dataclass(frozen=True)
class Part:
    """A row's figures in one group; None where too few to show."""

    count: int | None = None
    share: float | None = None

    @property
    def heat(self) -> int:
        """Return how dark a cell is drawn, 0 to 5."""
        return min(5, int((self.share or 0.0) * 5 + 0.999)) if self.share else 0


@dataclass(frozen=True)
class Bar:
    """A piece of a bar in percent of its length, as text that a drawing takes. tone: colour, 0 to 6."""

    start: str
    width: str
    tone: int
    label: Text
    share: float


@dataclass(frozen=True)
class Stack:
    """A bar of pieces for the whole or for one group."""

    label: Text
    people: int
    bars: tuple[Bar, ...]
    mean: float | None


@dataclass(frozen=True)
class Change:
    """The share now against the share then, with the interval of the difference."""

    before: float
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True where chance alone hardly explains it."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Row:
    """One answer that could be given. share: of those who answered; weighted: the same, weighed."""

    key: str
    label: Text
    count: int
    share: float
    low: float
    high: float
    weighted: float | None = None
    weighted_low: float | None = None
    weighted_high: float | None = None
    parts: tuple[Part, ...] = ()
    change: Change | None = None

    @property
    def bar(self) -> Bar:
        """Return the bar of the share."""
        return Bar("0", _percent(self.share), 0, self.label, self.share)

    @property
    def whisker(self) -> Bar:
        """Return the interval, to lie on the bar."""
        return Bar(_percent(self.low), _percent(max(0.0, self.high - self.low)), 0, self.label, self.share)


@dataclass(frozen=True)
class MatrixRow:
    """One line of a matrix with its own base: how many answered it, None where too few to show."""

    key: str
    label: Text
    people: int | None
    cells: tuple[Part, ...]


@dataclass(frozen=True)
class RankRow:
    """One option of a ranking. points: Borda's, as a share of the most there could be."""

    key: str
    label: Text
    points: float
    share: float
    average: float | None
    firsts: int
    named: int

    @property
    def bar(self) -> Bar:
        """Return the bar of the points."""
        return Bar("0", _percent(self.share), 0, self.label, self.share)


@dataclass(frozen=True)
class Middle:
    """Where numbers lie; None where not known or not to be shown. In dates: days since year 1."""

    mean: float | None
    median: float | None
    lower: float | None = None
    upper: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def days(self) -> dict[str, date | None]:
        """Return the same as days, where the numbers are dates."""
        return {
            name: None if value is None else date.fromordinal(round(value))
            for name, value in vars(self).items()
        }


@dataclass(frozen=True)
class Result:
    """What the answers to one question say.

    number:    as in the questionnaire. shape: the template that shows it.
    people:    how many answered; None where too few to show anything.
    silent:    asked, no answer. unasked: not asked, because of a condition.
    effective: Kish's effective number behind weighted shares.
    columns:   headings of a matrix. texts: the first few; text_count: how many there are.
    """

    question: Question
    number: int
    label: str
    shape: str
    people: int | None
    silent: int = 0
    unasked: int = 0
    effective: float | None = None
    rows: tuple[Row, ...] = ()
    more: int = 0
    groups: tuple[Group, ...] = ()
    columns: tuple[Text, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    ranks: tuple[RankRow, ...] = ()
    middle: Middle | None = None
    middles: tuple[Middle | None, ...] = ()
    texts: tuple[str, ...] = ()
    text_count: int = 0
    is_multiple: bool = field(default=False)

    @property
    def is_compared(self) -> bool:
        """True where an earlier survey asked the same."""
        return any(row.change is not None for row in self.rows)

    @property
    def is_weighted(self) -> bool:
        """True where weighted shares stand beside the others."""
        return any(row.weighted is not None for row in self.rows)

    @property
    def leading(self) -> Row | None:
        """Return the row with the largest share, None without answers."""
        return max(self.rows, key=lambda row: row.share, default=None) if self.people else None

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """Return a scale's steps as bars of pieces: the whole, then each group that may be shown."""
        whole = Stack(
            "", self.people or 0, self._pieces([row.share for row in self.rows]), _mean(self.middle)
        )
        parts = [
            Stack(group.label, group.people, self._pieces(self._shares(place)), _mean(self.middles[place]))
            for place, group in enumerate(self.groups)
            if group.people
        ]
        return (whole, *parts)

    def _shares(self, place: int) -> list[float]:
        return [row.parts[place].share or 0.0 for row in self.rows]

    def _pieces(self, shares: list[float]) -> tuple[Bar, ...]:
        pieces, start, last = [], 0.0, max(1, len(shares) - 1)
        for number, (row, share) in enumerate(zip(self.rows, shares, strict=True)):
            tone = round(number * 6 / last)
            pieces.append(Bar(_percent(start), _percent(share), tone, row.label, share))
            start += share
        return tuple(pieces)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}"


def _mean(middle: Middle | None) -> float | None:
    return None if middle is None else middle.mean
