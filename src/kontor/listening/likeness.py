"""Which ideas may belong together: those that share words. The words are shown, a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from kontor.actors.folding import folded

# Small words of both languages say nothing about what an idea is about.
_EMPTY = frozenset((Path(__file__).parent / "catalogue" / "small_words.txt").read_text().split())
# From this similarity on, words count as the same: "Messe" and "Messen", not "Markt" and "Macht".
_SAME_WORD = 84
_LIKE = 0.34
MOST_COMPARED = 600


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


def alike(texts: Mapping[int, str]) -> list[Likeness]:
    """Return groups of at least two ideas that share words, largest first.

    texts: idea → words. Two ideas are alike where the words they share are at least a third of the words of
    the shorter one, and a word that more than a third of all ideas use counts for nothing. An idea stands
    in one group: that of the first idea that it is like. Cost: O(n²) for n ideas; only the first 600 are
    compared.

    >>> alike({1: "Partner in Dänemark finden", 2: "Fachkräfte", 3: "Ein Partner aus Daenemark"})
    [Likeness(ideas=(1, 3), words=('partner', 'danemark'))]
    """
    keys = list(texts)[:MOST_COMPARED]
    stems = _stems([telling_words(texts[key]) for key in keys])
    used = Counter(stem for words in stems for stem in words)
    common = {stem for stem, number in used.items() if number > max(2, len(keys) / 3)}
    kept = [tuple(stem for stem in words if stem not in common) for words in stems]
    return _gather(keys, kept)


def _stems(lists: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the lists with nearly equal words written as the first of them."""
    vocabulary = list(dict.fromkeys(word for words in lists for word in words))
    first: dict[str, str] = {}
    known: list[str] = []
    for word in vocabulary:
        near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        first[word] = near[0] if near else word
        if not near:
            known.append(word)
    return [tuple(dict.fromkeys(first[word] for word in words)) for words in lists]


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
