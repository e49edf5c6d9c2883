"""The count of a vote: what is stored when it is closed, and what other rooms read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kontor.methods.decision.ballots import quorum

# From fewer ballots it could be told who chose what.
ENOUGH_TO_HIDE = 3


def quorum_needed(electors: int, percent: int) -> int:
    """Return how many organisations must vote: the smallest number that is at least the share.

    >>> quorum_needed(40, 50), quorum_needed(41, 50), quorum_needed(3, 1), quorum_needed(7, 0)
    (20, 21, 1, 0)
    """
    return quorum(electors, 0, percent).needed


@dataclass(frozen=True)
class OptionResult:
    """How an option did.

    reference: as it was given to create_vote.   label: language → text.
    place:     1 is the first; options on the same place are tied. 0 where nothing is shown.
    votes:     ballots that approve it, or that rank it first, alone or beside others.
    wins:      other options that it wins against one to one (ranked only).
    """

    option: int
    reference: str
    label: Mapping[str, str]
    place: int
    votes: int
    wins: int


@dataclass(frozen=True)
class VoteResult:
    """What came of a vote.

    electors:  organisations that could vote.   voted: those that did, abstentions included.
    needed:    how many had to vote.
    options:   best first; where nothing is shown, as on the ballot and with zeros.
    pairwise:  ranked: row and column in the order of `options`, how many ballots prefer row to column.
    against:   dissent: ballots that do not approve of the first, or prefer another option to it. Of several
               that share the first place, ballots that approve of none, or prefer another to all of them.
    is_hidden: fewer than three voted, so nobody learns what was chosen, and the ballots are gone.
    announced: until when it was to run; `closed_at` lies before it where it was closed by hand.
    """

    method: str
    question: Mapping[str, str]
    electors: int
    voted: int
    abstained: int
    quorum_percent: int
    needed: int
    options: tuple[OptionResult, ...]
    pairwise: tuple[tuple[int, ...], ...]
    against: int
    is_hidden: bool
    opened_at: datetime | None
    announced: datetime
    closed_at: datetime

    @property
    def has_quorum(self) -> bool:
        """True where enough organisations have voted."""
        return self.voted >= self.needed

    @property
    def counted(self) -> int:
        """Return the ballots that choose something."""
        return self.voted - self.abstained

    @property
    def first(self) -> tuple[OptionResult, ...]:
        """Return the option on the first place, several where they are tied, none where nobody chose."""
        return tuple(each for each in self.options if each.place == 1) if self.counted else ()

    @property
    def is_tied(self) -> bool:
        """True where several options share the first place."""
        return len(self.first) > 1

    @property
    def winner(self) -> str:
        """Return the reference of the option that alone is first, "" where there is none or no quorum."""
        return self.first[0].reference if len(self.first) == 1 and self.has_quorum else ""

    @property
    def turnout(self) -> float:
        """Return the share of organisations that have voted, 0 to 1."""
        return self.voted / self.electors if self.electors else 0.0

    @property
    def dissent(self) -> float:
        """Return the share of `against` among the ballots that choose something, 0 to 1."""
        return self.against / self.counted if self.counted else 0.0

    def share(self, option: OptionResult) -> float:
        """Return the share of counted ballots that stand behind an option, 0 to 1."""
        return option.votes / self.counted if self.counted else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        stored = asdict(self)
        for name in ("opened_at", "announced", "closed_at"):
            moment = getattr(self, name)
            stored[name] = moment.isoformat() if moment else None
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> VoteResult:
        """Return what `as_json` was given."""
        moments = {
            name: datetime.fromisoformat(stored[name]) if stored[name] else None
            for name in ("opened_at", "announced", "closed_at")
        }
        options = tuple(OptionResult(**each) for each in stored["options"])
        pairwise = tuple(tuple(row) for row in stored["pairwise"])
        return cls(**{**stored, **moments, "options": options, "pairwise": pairwise})
