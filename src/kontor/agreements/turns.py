"""Whose turn it is with a clause: pure rules over what was proposed, accepted and said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kontor.agreements.models import Side


class ClauseState(StrEnum):
    """How far a clause is, as our side names it; the other side reads "waiting" the other way round."""

    SETTLED = "settled"
    WAITING_US = "waiting_us"
    WAITING_THEM = "waiting_them"
    OPEN = "open"

    def seen_by(self, side: Side) -> ClauseState:
        """Return the state as `side` names it: WAITING_US is always the reader's own turn."""
        if side is Side.US:
            return self
        turned = {ClauseState.WAITING_US: ClauseState.WAITING_THEM}
        turned |= {there: here for here, there in turned.items()}
        return turned.get(self, self)


@dataclass(frozen=True)
class Said:
    """The last remark that both sides can read: by whom and when."""

    side: str
    at: datetime


def clause_state(accepted: Collection[str], proposed_at: datetime, said: Said | None) -> ClauseState:
    """Return how far a clause is.

    accepted: sides that agree to the wording that counts. Where one side does, the other is awaited, unless
    that one has answered with a remark since: then the turn is back with those who proposed.
    """
    if Side.US in accepted and Side.THEM in accepted:
        return ClauseState.SETTLED
    if not accepted:
        return ClauseState.OPEN
    awaited = Side.THEM if Side.US in accepted else Side.US
    if said is not None and said.at > proposed_at and said.side == awaited:
        awaited = awaited.other
    return ClauseState.WAITING_THEM if awaited is Side.THEM else ClauseState.WAITING_US


@dataclass(frozen=True)
class Progress:
    """How many clauses are how far; `gone` were left out by agreement."""

    settled: int = 0
    waiting_us: int = 0
    waiting_them: int = 0
    open: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        """Return the clauses that stand in the paper."""
        return self.settled + self.waiting_us + self.waiting_them + self.open

    @property
    def share(self) -> float:
        """Return which share is settled, 0 where there is no clause."""
        return self.settled / self.total if self.total else 0.0

    @property
    def is_settled(self) -> bool:
        """True where there are clauses and both sides agree to each of them."""
        return self.total > 0 and self.settled == self.total

    def seen_by(self, side: Side) -> Progress:
        """Return the counts as `side` names them."""
        if side is Side.US:
            return self
        return Progress(self.settled, self.waiting_them, self.waiting_us, self.open, self.gone)


def counted(states: Iterable[ClauseState], gone: int = 0) -> Progress:
    """Return how often each state occurs."""
    numbers = dict.fromkeys(ClauseState, 0)
    for state in states:
        numbers[state] += 1
    return Progress(**{state.value: number for state, number in numbers.items()}, gone=gone)


def stale_after(
    before: Mapping[str, str], now: Mapping[str, str], stale: Collection[str], languages: Collection[str]
) -> list[str]:
    """Return the languages that must be brought in line after a change.

    before, now: language → heading and text as one. Whoever changes only what was behind has brought it in
    line; whoever changes what led leaves the untouched languages behind. What has no text is always behind.

    >>> stale_after({"de": "a", "en": "a"}, {"de": "b", "en": "a"}, [], ["de", "en"])
    ['en']
    >>> stale_after({"de": "b", "en": "a"}, {"de": "b", "en": "b"}, ["en"], ["de", "en"])
    []
    """
    changed = {code for code in languages if now.get(code, "") != before.get(code, "")}
    leads = bool(changed - set(stale))
    return [
        code
        for code in languages
        if not now.get(code, "").strip() or (code not in changed and (leads or code in stale))
    ]
