"""What an organisation chooses, before it is sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kontor.votes.models import Vote
from kontor.votes.problems import VoteError

MOST_OPTIONS = 50


@dataclass(frozen=True)
class Choice:
    """One vote.

    ranks: option → place, 1 is the best and equal places are a tie; options that are absent are not ranked.
        With approval, those that are acceptable stand at 1, and nobody else.
    abstains: chosen by itself; it counts for the quorum and for nothing else.
    """

    ranks: Mapping[int, int] = field(default_factory=dict)
    abstains: bool = False


def checked(choice: Choice, method: str, options: Collection[int]) -> Choice:
    """Return the choice with places that follow each other without gaps.

    Raises VoteError "vote.option_unknown", "vote.abstains_and_chooses", or "vote.nothing_ranked". Approving
    of nothing is a choice, ranking nothing is none.
    """
    if not set(choice.ranks) <= set(options) or any(rank < 1 for rank in choice.ranks.values()):
        raise VoteError("vote.option_unknown")
    if choice.abstains and choice.ranks:
        raise VoteError("vote.abstains_and_chooses")
    if choice.abstains:
        return choice
    if method == Vote.Method.APPROVAL:
        return Choice(dict.fromkeys(choice.ranks, 1))
    if not choice.ranks:
        raise VoteError("vote.nothing_ranked")
    places = {rank: place for place, rank in enumerate(sorted(set(choice.ranks.values())), start=1)}
    return Choice({option: places[rank] for option, rank in choice.ranks.items()})
