"""How alike two needs of one organisation are, and by which signs. Pure reading, no database.

The score adds up what speaks for one and the same need: the topic (0.4; the same kind alone 0.15), the target
country (0.2 where both name it, 0.1 where neither does) and the words (up to 0.4). Two countries that differ
speak against it (−0.5), and so does having been said in one breath (−0.15): somebody who lists two things
means two. From `ALIKE` on, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from kontor.actors.folding import folded

ALIKE = 0.6
# A topic's own name says nothing about the words; half of what words can give stands in for it.
BARE_TOPIC = 0.5
SAME_WORD, LONG_WORD, MOST_WORDS = 86, 5, 3
SMALL_WORDS = Path(__file__).parent / "catalogue" / "small_words.txt"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Said:
    """One need as it was said. words: from `telling`; is_bare: they say no more than the topic does."""

    pk: int
    topic: int
    kind: str
    country: str
    statement: str
    source: str
    on: date
    words: tuple[tuple[str, str], ...]
    is_bare: bool

    @cached_property
    def line(self) -> str:
        """Return the folded words, each once, in order."""
        return " ".join(sorted({plain for plain, _word in self.words}))


@dataclass(frozen=True)
class Likeness:
    """What needs have in common. country: "" unless all name the same; words: as the first one wrote them."""

    score: float
    same_topic: bool
    same_kind: bool
    country: str
    words: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        """True where a person should be asked."""
        return self.score >= ALIKE


def telling(text: str) -> tuple[tuple[str, str], ...]:
    """Return (folded, as written) of the words that carry meaning.

    >>> telling("Wir suchen einen Vertriebspartner für die Niederlande")
    (('vertriebspartner', 'Vertriebspartner'), ('niederlande', 'Niederlande'))
    """
    pairs = ((folded(word), word) for word in _WORD.findall(text))
    return tuple((plain, word) for plain, word in pairs if len(plain) > 2 and plain not in no_words())


@cache
def no_words() -> frozenset[str]:
    """Return the words that say nothing about a need."""
    lines = SMALL_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def in_common(group: Sequence[Said]) -> Likeness:
    """Return what all needs of a group of two or more have in common; the score is the least alike's."""
    pairs = [likeness(first, second) for first, second in combinations(group, 2)]
    countries = {each.country for each in pairs}
    words = [set(shared_words(group[0], other, most=None)) for other in group[1:]]
    shared = sorted(set.intersection(*words), key=lambda word: (-len(word), word))
    return Likeness(
        score=min(each.score for each in pairs),
        same_topic=all(each.same_topic for each in pairs),
        same_kind=all(each.same_kind for each in pairs),
        country=countries.pop() if len(countries) == 1 else "",
        words=tuple(shared[:MOST_WORDS]),
    )


def is_bare(words: Iterable[tuple[str, str]], names: Iterable[frozenset[str]]) -> bool:
    """True where the words say no more than one of the names of the topic."""
    own = {plain for plain, _word in words}
    return not own or any(own <= name for name in names)


def likeness(first: Said, second: Said) -> Likeness:
    """Return how alike two needs are; the same either way round, but for the spelling of words."""
    same_topic, same_kind = first.topic == second.topic, first.kind == second.kind
    same_country = first.country == second.country
    score = 0.4 if same_topic else 0.15 if same_kind else 0.0
    if same_country:
        score += 0.2 if first.country else 0.1
    elif first.country and second.country:
        score -= 0.5
    else:
        score += 0.05
    score += 0.4 * _words_alike(first, second, same_topic=same_topic)
    if (first.source, first.on) == (second.source, second.on) and first.statement != second.statement:
        score -= 0.15
    country = first.country if same_country else ""
    return Likeness(round(score, 3), same_topic, same_kind, country, shared_words(first, second))


def shared_words(first: Said, second: Said, *, most: int | None = MOST_WORDS) -> tuple[str, ...]:
    """Return the longer words that both say, at most `most`, allowing for endings, the longest first."""
    others = [plain for plain, _word in second.words]
    found = {
        plain: word
        for plain, word in first.words
        if len(plain) >= LONG_WORD and any(fuzz.ratio(plain, other) >= SAME_WORD for other in others)
    }
    ranked = sorted(found, key=lambda plain: (-len(plain), plain))
    return tuple(found[plain] for plain in ranked[:most])


def _words_alike(first: Said, second: Said, *, same_topic: bool) -> float:
    one, other = first.line, second.line
    if same_topic and (first.is_bare or second.is_bare):
        return 1.0 if one == other else BARE_TOPIC
    # Under two topics a few words in common are no sign yet; the whole must be alike.
    alike = fuzz.token_set_ratio(one, other) if same_topic else fuzz.token_sort_ratio(one, other)
    return float(alike) / 100
