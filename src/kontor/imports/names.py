"""Names of organisations as words with weights, ready to be compared. The words stand in `names.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import OSA

from kontor.imports.folding import folded

_COUNTRY_WEIGHT, _TELLING_WEIGHT, _COMMON_WEIGHT = 1.5, 1.0, 0.4
_LONGEST_ACRONYM = 5
_SHORTEST_WITH_TYPING_ERRORS = 6
_ONE_LETTER_APART = 0.9

with Path(__file__).with_name("names.toml").open("rb") as _file:
    _WORDS = tomllib.load(_file)


_LEGAL_FORMS: frozenset[tuple[str, ...]] = frozenset(tuple(form.split()) for form in _WORDS["legal_forms"])
_LEGAL_STARTS = frozenset(form[0] for form in _LEGAL_FORMS)
_LONGEST_LEGAL_FORM = max(map(len, _LEGAL_FORMS))
_SAME_LEGAL_FORM: dict[str, str] = _WORDS["same_legal_forms"]
_PHRASE = re.compile(rf"\b(?:{'|'.join(_WORDS['phrases'])})\b")
_SAME: dict[str, str] = {other: word for word, others in _WORDS["same"].items() for other in others}
_FILLING = frozenset(_WORDS["filling"])
_WEIGHTS: dict[str, float] = {
    **dict.fromkeys(_WORDS["common"], _COMMON_WEIGHT),
    **dict.fromkeys(_WORDS["countries"], _COUNTRY_WEIGHT),
}


@dataclass(frozen=True)
class ComparedName:
    """A name without legal form and filling words.

    weights:  each word once, with what it counts; empty where nothing is left to compare.
    joined:   the words without blanks between them.
    acronyms: words of up to five letters that are not written like words.
    """

    weights: dict[str, float]
    weight: float
    joined: str
    legal_form: str
    acronyms: frozenset[str]

    def is_telling(self, word: str) -> bool:
        """Return whether the word tells organisations apart."""
        return self.weights.get(word, 0.0) >= _TELLING_WEIGHT


def compared(name: str) -> ComparedName:
    """Return the name ready for comparing.

    >>> compared("Müller & Söhne GmbH & Co. KG").weights
    {'mueller': 1.0, 'soehne': 1.0}
    """
    without, legal_form = _without_legal_form(folded(name).split())
    core = _PHRASE.sub(lambda match: _WORDS["phrases"][match[0]], " ".join(without))
    words = [same for word in core.split() for same in _SAME.get(word, word).split() if word not in _FILLING]
    weights = {word: _WEIGHTS.get(word, _TELLING_WEIGHT) for word in words}
    return ComparedName(
        weights=weights,
        weight=sum(weights.values()),
        joined="".join(words),
        legal_form=legal_form,
        acronyms=_acronyms(name, weights),
    )


def _without_legal_form(words: Sequence[str]) -> tuple[list[str], str]:
    """Return the other words, and the legal form in its usual short spelling."""
    rest: list[str] = []
    forms: list[str] = []
    place = 0
    while place < len(words):
        length = _legal_length(words, place) if words[place] in _LEGAL_STARTS else 0
        if length:
            form = "".join(words[place : place + length])
            forms.append(_SAME_LEGAL_FORM.get(form, form))
        else:
            rest.append(words[place])
        place += length or 1
    return rest, " ".join(sorted(forms))


def _legal_length(words: Sequence[str], place: int) -> int:
    """Return how many words from here are a legal form, 0 for none: "gmbh co kg" has three."""
    for length in range(_LONGEST_LEGAL_FORM, 0, -1):
        if tuple(words[place : place + length]) in _LEGAL_FORMS:
            return length
    return 0


def _acronyms(name: str, words: dict[str, float]) -> frozenset[str]:
    """Return the short words that stand in capitals: IPA, CEA, but not Bosch."""
    short = {word for word in words if len(word) <= _LONGEST_ACRONYM}
    if short and not name.isupper():
        short -= {folded(word) for word in re.findall(r"[^\W\d_]+", name) if not word[1:].isupper()}
    return frozenset(short)


def can_have_typing_error(word: str) -> bool:
    """Return whether one letter may be wrong: not in short words and not in numbers."""
    return len(word) >= _SHORTEST_WITH_TYPING_ERRORS and word.isalpha()


def word_pairs(one: ComparedName, other: ComparedName) -> list[tuple[str, str, float]]:
    """Return the words that both names have, with how alike they are: 1 is equal, 0.9 is a typing error."""
    pairs = [(word, word, 1.0) for word in one.weights if word in other.weights]
    left = [word for word in one.weights if word not in other.weights and can_have_typing_error(word)]
    right = [word for word in other.weights if word not in one.weights and can_have_typing_error(word)]
    for word in left:
        for candidate in right:
            if OSA.distance(word, candidate, score_cutoff=1) <= 1:
                pairs.append((word, candidate, _ONE_LETTER_APART))
                right.remove(candidate)
                break
    return pairs
