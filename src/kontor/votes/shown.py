"""A result as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from kontor.votes.models import Vote
from kontor.votes.results import VoteResult
from kontor.votes.wording import dissent_sentence, label_of, quorum_sentence, result_sentence


@dataclass(frozen=True)
class ShownOption:
    """A line of the result. share: of the counted ballots; strength: how long its bar is, 0 to 1."""

    label: str
    place: int
    votes: int
    share: float
    strength: float
    wins: int
    is_first: bool
    is_tied: bool


@dataclass(frozen=True)
class Duel:
    """A cell of the table of duels: how many prefer the row's option; none against itself."""

    votes: int | None
    is_won: bool


@dataclass(frozen=True)
class ShownResult:
    """A result in the reader's language: sentence, options from first to last, duels by row.

    rivals: how many others each option is compared with.   duels: letter, option, cells.
    """

    sentence: str
    quorum: str
    dissent: str
    has_quorum: bool
    is_tied: bool
    is_ranked: bool
    has_order: bool
    is_early: bool
    rivals: int
    options: tuple[ShownOption, ...]
    duels: tuple[tuple[str, str, tuple[Duel, ...]], ...]
    result: VoteResult


def shown_result(result: VoteResult) -> ShownResult:
    """Return the result as the reader sees it."""
    return ShownResult(
        sentence=result_sentence(result),
        quorum=quorum_sentence(result),
        dissent=dissent_sentence(result),
        has_quorum=result.has_quorum,
        is_tied=result.is_tied and any(each.votes for each in result.options),
        is_ranked=result.method == Vote.Method.RANKED,
        has_order=not result.is_hidden and bool(result.counted),
        is_early=result.closed_at < result.announced,
        rivals=len(result.options) - 1,
        options=_options(result),
        duels=_duels(result),
        result=result,
    )


def _options(result: VoteResult) -> tuple[ShownOption, ...]:
    places = [each.place for each in result.options]
    rivals = max(len(places) - 1, 1)
    return tuple(
        ShownOption(
            label=label_of(each.label),
            place=each.place,
            votes=each.votes,
            share=result.share(each),
            strength=each.wins / rivals if result.method == Vote.Method.RANKED else result.share(each),
            wins=each.wins,
            is_first=each.place == 1,
            is_tied=places.count(each.place) > 1,
        )
        for each in result.options
    )


def _duels(result: VoteResult) -> tuple[tuple[str, str, tuple[Duel, ...]], ...]:
    table = result.pairwise
    rows = []
    for row, option in enumerate(result.options[: len(table)]):
        cells = tuple(
            Duel(None, is_won=False)
            if row == column
            else Duel(table[row][column], is_won=table[row][column] > table[column][row])
            for column in range(len(table))
        )
        rows.append((_letter(row), label_of(option.label), cells))
    return tuple(rows)


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1 …"""
    return ("" if number < 26 else _letter(number // 26 - 1)) + ascii_uppercase[number % 26]
