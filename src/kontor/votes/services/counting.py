"""Open the box and count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from i18nfield.strings import LazyI18nString
from numpy.typing import NDArray

from kontor.methods.decision.ballots import Order, approval, schulze
from kontor.votes.choices import Choice
from kontor.votes.models import BallotKey, Vote, VoteOption
from kontor.votes.problems import VoteError
from kontor.votes.results import ENOUGH_TO_HIDE, OptionResult, VoteResult, quorum_needed
from kontor.votes.sealing import unsealed

Ranks = NDArray[np.float64]


def counted(vote: Vote, closed_at: datetime) -> VoteResult:
    """Return the result of the ballots in the box; fewer than three stay sealed.

    The caller holds the lock on the vote. Raises VoteError "vote.key_lost". Five queries.
    """
    papers = list(vote.ballots.values_list("sealed", flat=True))
    empty = _uncounted(vote, len(papers), closed_at)
    if empty.is_hidden:
        return empty
    options = sorted(vote.options.all(), key=lambda option: option.pk)
    choices = _opened(vote, papers, [each.pk for each in options])
    chosen = [choice for choice in choices if not choice.abstains]
    with_turnout = replace(empty, abstained=len(choices) - len(chosen))
    return _tallied(with_turnout, options, _ranks(chosen, options)) if chosen else with_turnout


def _uncounted(vote: Vote, voted: int, closed_at: datetime) -> VoteResult:
    """Return the result as far as it is known without opening a ballot."""
    electors = vote.electors.count()
    return VoteResult(
        method=vote.method,
        question=_texts(vote.question),
        electors=electors,
        voted=voted,
        abstained=0,
        quorum_percent=vote.quorum_percent,
        needed=quorum_needed(electors, vote.quorum_percent),
        options=tuple(_line(each, 0, 0, 0) for each in vote.options.all()),
        pairwise=(),
        against=0,
        is_hidden=voted < ENOUGH_TO_HIDE,
        opened_at=vote.opened_at,
        announced=vote.closes_at,
        closed_at=closed_at,
    )


def _opened(vote: Vote, papers: Sequence[str], options: Sequence[int]) -> list[Choice]:
    key = BallotKey.objects.filter(vote=vote).first()
    if key is None:
        raise VoteError("vote.key_lost")
    return [unsealed(paper, options, key) for paper in papers]


def _ranks(choices: Sequence[Choice], options: Sequence[VoteOption]) -> Ranks:
    """Return (ballots, options) places, NaN where an option is not ranked."""
    return np.array([[choice.ranks.get(each.pk, np.nan) for each in options] for choice in choices])


def _tallied(result: VoteResult, options: Sequence[VoteOption], ranks: Ranks) -> VoteResult:
    """Return the result with the options in order and their figures."""
    approved = ~np.isnan(ranks)
    if result.method == Vote.Method.RANKED:
        tally = schulze(ranks)
        order, behind, duels = tally.order, tally.firsts, tally.pairwise
        wins = (duels > duels.T).sum(axis=1)
    else:
        found = approval(approved)
        order, behind, duels = found.order, found.counts, np.zeros((0, 0), dtype=int)
        wins = np.zeros(len(options), dtype=int)
    placed = [(each, place) for group, place in _places(order) for each in _as_on_paper(group, options)]
    column = [each for each, _place in placed] if len(duels) else []
    return replace(
        result,
        options=tuple(
            _line(options[each], place, int(behind[each]), int(wins[each])) for each, place in placed
        ),
        pairwise=tuple(tuple(int(duels[row, other]) for other in column) for row in column),
        against=int((~_stands_behind(ranks, list(order[0]))).sum()),
    )


def _places(order: Order) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield each group with its place; after two on the first place comes the third."""
    before = 0
    for group in order:
        yield group, before + 1
        before += len(group)


def _as_on_paper(group: Sequence[int], options: Sequence[VoteOption]) -> list[int]:
    return sorted(group, key=lambda each: (options[each].position, each))


def _stands_behind(ranks: Ranks, first: Sequence[int]) -> NDArray[np.bool_]:
    """Return which ballots put nothing before all those on the first place."""
    filled = np.where(np.isnan(ranks), np.inf, ranks)
    best = filled[:, first].min(axis=1)
    stands: NDArray[np.bool_] = np.isfinite(best) & (best <= filled.min(axis=1))
    return stands


def _line(option: VoteOption, place: int, votes: int, wins: int) -> OptionResult:
    return OptionResult(option.pk, option.reference, _texts(option.label), place, votes, wins)


def _texts(text: object) -> Mapping[str, str]:
    data = text.data if isinstance(text, LazyI18nString) else text
    return dict(data) if isinstance(data, Mapping) else {"de": str(data or "")}
