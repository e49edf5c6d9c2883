"""Which ideas may belong together: those that share words. The words are shown, a person decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from kontor.actors.folding import folded

# Small words of both languages say nothing about what an idea is about.
_EMPTY = frozenset((Path(__file__).parent / "catalogue" / "small_words.txt").read_text().split())
# From this similarity on, words count as the same: "Messe" and "Messen", not "Markt" and "Macht".
_SAME_WORD = 84
_LIKE = 1 / 3
# Words must have so many letters before one may stand within the other: "markt" within "marktzugang".
_LONG = 5
MOST_COMPARED = 600
# Anybody in the hall can send thousands of made-up words. An idea is known by its first ones, and only so
# many are compared letter by letter; a hall of three hundred uses about half of them.
WORDS_OF_AN_IDEA = 40
MOST_WORDS = 3000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Likeness:
    """Ideas that share words. words: what they share, as it was typed first."""

    ideas: tuple[int, ...]
    words: tuple[str, ...]


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what it is about, folded, each once, in order.

    >>> telling_words("Wir brauchen Partner für Messen in Dänemark!")
    ('partner', 'messen', 'danemark')
    """
    words = (word for word in folded(text).split() if len(word) > 2 and word not in _EMPTY)
    return tuple(dict.fromkeys(words))


def alike(texts: Mapping[int, str], question: str = "") -> list[Likeness]:
    """Return groups of at least two ideas that share words, largest first.

    texts: idea → words. question: what was asked; its words are in every mouth and count for nothing, as do
    words that more than a third of all ideas use. Two ideas are alike where the words they share are at least
    a third of the words of the shorter one. An idea stands in one group: that of the first idea that it is
    like. Cost: O(n²) for n ideas; only the first 600 are compared, of each the first 40 words that tell.

    >>> alike({1: "Partner in Dänemark finden", 2: "Fachkräfte", 3: "Ein Partner aus Daenemark"})
    [Likeness(ideas=(1, 3), words=('Partner', 'Dänemark'))]
    """
    keys = list(texts)[:MOST_COMPARED]
    stems = _stems([telling_words(texts[key])[:WORDS_OF_AN_IDEA] for key in keys])
    used = Counter(stem for words in stems for stem in words)
    common = {stem for stem, number in used.items() if number > max(2, len(keys) / 3)}
    common |= set(telling_words(question))
    kept = [tuple(stem for stem in words if stem not in common) for words in stems]
    typed = _as_typed(texts[key] for key in keys)
    return [
        Likeness(each.ideas, tuple(typed.get(word, word) for word in each.words))
        for each in _gather(keys, kept)
    ]


def _as_typed(texts: Iterable[str]) -> dict[str, str]:
    """Return folded word → how it was typed first."""
    typed: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            typed.setdefault(folded(word), word)
    return typed


def _stems(lists: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the lists with words that count as the same written as the first of them.

    Beyond `MOST_WORDS` different ones, only words of the very same letters count as the same.
    """
    first: dict[str, str] = {}
    known: list[str] = []
    for word in dict.fromkeys(word for words in lists for word in words):
        first[word] = (_same(word, known) if len(known) < MOST_WORDS else "") or word
        if first[word] == word:
            known.append(word)
    return [tuple(dict.fromkeys(first[word] for word in words)) for words in lists]


def _same(word: str, known: Sequence[str]) -> str:
    """Return the known word that counts as the same, "" where there is none.

    Nearly the same letters, one within the other as German compounds are, or the same first six letters.
    """
    near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
    if near:
        return str(near[0])
    if len(word) < _LONG:
        return ""
    begin = word[: _LONG + 1]
    long_enough = (each for each in known if len(each) >= _LONG)
    return next((each for each in long_enough if each in word or word in each or each.startswith(begin)), "")


def _gather(keys: Sequence[int], lists: Sequence[tuple[str, ...]]) -> list[Likeness]:
    """Walk through the ideas; each takes along those not yet taken that are alike."""
    taken: set[int] = set()
    found: list[Likeness] = []
    for here, words in enumerate(lists):
        if here in taken or not words:
            continue
        own = set(words)
        alike_here = [
            there
            for there in range(here + 1, len(lists))
            if there not in taken and _share(own, set(lists[there])) >= _LIKE
        ]
        if alike_here:
            taken.update((here, *alike_here))
            shared = Counter(word for there in alike_here for word in lists[there] if word in own)
            ideas = tuple(keys[each] for each in (here, *alike_here))
            found.append(Likeness(ideas, tuple(word for word in words if word in shared)))
    return sorted(found, key=lambda each: -len(each.ideas))


def _share(own: set[str], other: set[str]) -> float:
    shorter = min(len(own), len(other))
    return len(own & other) / shorter if shorter else 0.0
