"""Which entries may be the same organisation: proposals with reasons, never a decision.

Names are compared word by word, without legal forms, in one spelling. What makes an organisation *this* one
counts most: where both names have such a word that the other lacks (Dresden, Wien; IPA, IPM), they are
different, however long the rest is. A word that only one of them has lowers the score, the name of a country
most (a subsidiary is not its parent). Websites, towns and short names support a match of names; none of them
makes one. Nor does an acronym.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kontor.imports.folding import folded
from kontor.imports.names import ComparedName, can_have_typing_error, compared, word_pairs
from kontor.imports.parsers import host_of

# Below this score nothing is proposed.
THRESHOLD = 80.0
# Names that share less of their words' weight cannot reach the threshold, whatever supports them.
_COMMON_SHARE = 0.6
_SAME_WEBSITE, _SAME_SHORT_NAME, _SAME_CITY = 8.0, 4.0, 3.0
_OTHER_CITY, _OTHER_LEGAL_FORM, _OTHER_COUNTRY = -4.0, -6.0, -15.0


@dataclass(frozen=True)
class NameEntry:
    """One organisation as far as it is compared. country: ISO 3166 alpha-2. Empty texts are not known."""

    key: object
    name: str
    short_name: str = ""
    country: str = ""
    website: str = ""
    city: str = ""


@dataclass(frozen=True)
class Proposal:
    """Two entries that a person should look at. score: 80 to 100. reasons: codes with sentences."""

    incoming_key: object
    known_key: object
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Prepared:
    entry: NameEntry
    name: ComparedName
    host: str
    city: str
    short_name: str


def propose_duplicates(incoming: Sequence[NameEntry], known: Sequence[NameEntry]) -> tuple[Proposal, ...]:
    """Return the pairs that may be the same, in the order of `incoming`, the best of each first.

    Cost: close to linear, because names are compared only where they share one of their rarer words
    (or such a word with one typing error).
    """
    index = _Index([_prepared(entry) for entry in known])
    proposals: list[Proposal] = []
    for entry in incoming:
        proposals += _proposals_for(_prepared(entry), index, before=len(known))
    return tuple(proposals)


def propose_duplicates_within(incoming: Sequence[NameEntry]) -> tuple[Proposal, ...]:
    """Return the pairs inside one file that may be the same; `known_key` is the entry that stands earlier."""
    prepared = [_prepared(entry) for entry in incoming]
    index = _Index(prepared)
    proposals: list[Proposal] = []
    for place, entry in enumerate(prepared):
        proposals += _proposals_for(entry, index, before=place)
    return tuple(proposals)


def _prepared(entry: NameEntry) -> _Prepared:
    return _Prepared(
        entry,
        compared(entry.name),
        host_of(entry.website) if entry.website else "",
        folded(entry.city),
        folded(entry.short_name),
    )


class _Index:
    """Entries by the words of their names, and these words with one letter left out."""

    def __init__(self, entries: Sequence[_Prepared]) -> None:
        self.entries = entries
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_joined: dict[str, list[int]] = defaultdict(list)
        self._by_variant: dict[str, set[str]] = defaultdict(set)
        self._similar: dict[str, tuple[str, ...]] = {}
        for place, prepared in enumerate(entries):
            self._by_joined[prepared.name.joined].append(place)
            for word in prepared.name.weights:
                self._by_word[word].append(place)
        for word in self._by_word:
            for variant in _variants(word):
                self._by_variant[variant].add(word)

    def candidates(self, name: ComparedName) -> list[int]:
        """Return the places of the entries that can share enough with the name, in order.

        Who shares enough shares one of the rarest words: the others together weigh too little.
        """
        if not name.weights:
            return []
        by_rarity = sorted(name.weights, key=lambda word: (self._frequency(word), word))
        found = set(self._by_joined.get(name.joined, ()))
        rest = name.weight
        for word in by_rarity:
            if rest < _COMMON_SHARE * name.weight:
                break
            rest -= name.weights[word]
            for similar in self._similar_words(word):
                found.update(self._by_word[similar])
        smallest, largest = name.weight * _COMMON_SHARE, name.weight / _COMMON_SHARE
        return sorted(place for place in found if smallest <= self.entries[place].name.weight <= largest)

    def _frequency(self, word: str) -> int:
        return sum(len(self._by_word[similar]) for similar in self._similar_words(word))

    def _similar_words(self, word: str) -> tuple[str, ...]:
        """Return the indexed words that are this one or one typing error apart (and a few more)."""
        if word not in self._similar:
            found = (self._by_variant.get(variant, ()) for variant in _variants(word))
            self._similar[word] = tuple(sorted(set().union(*found)))
        return self._similar[word]


def _variants(word: str) -> set[str]:
    """Return the word and the word with each letter left out: one typing error leaves one of these equal."""
    if not can_have_typing_error(word):
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _proposals_for(entry: _Prepared, index: _Index, before: int) -> list[Proposal]:
    return sorted(_matches(entry, index, before), key=lambda proposal: -proposal.score)


def _matches(entry: _Prepared, index: _Index, before: int) -> Iterator[Proposal]:
    for place in index.candidates(entry.name):
        if place >= before:
            return
        known = index.entries[place]
        score, reasons = _judged(entry, known)
        if score >= THRESHOLD:
            yield Proposal(entry.entry.key, known.entry.key, score, reasons)


def _judged(one: _Prepared, other: _Prepared) -> tuple[float, tuple[str, ...]]:
    """Return the score, 0 to 100, and why."""
    score = _likeness(one.name, other.name)
    same_website = bool(one.host) and one.host == other.host
    if not score or (_is_acronym_alone(one.name, other.name) and not same_website):
        return 0.0, ()
    reasons = ["duplicate.same_name" if score == 100 else "duplicate.similar_name"]
    for points, reason in _support(one, other):
        score += points
        reasons.append(reason)
    return round(max(0.0, min(100.0, score)), 1), tuple(reasons)


def _support(one: _Prepared, other: _Prepared) -> Iterator[tuple[float, str]]:
    """Yield what speaks for and against, apart from the names; what is not known on both sides is silent."""
    if one.host and one.host == other.host:
        yield _SAME_WEBSITE, "duplicate.same_website"
    if one.short_name and one.short_name == other.short_name:
        yield _SAME_SHORT_NAME, "duplicate.same_short_name"
    if one.city and other.city:
        same_city = one.city == other.city
        yield (_SAME_CITY, "duplicate.same_city") if same_city else (_OTHER_CITY, "duplicate.other_city")
    if one.name.legal_form and other.name.legal_form and one.name.legal_form != other.name.legal_form:
        yield _OTHER_LEGAL_FORM, "duplicate.other_legal_form"
    if one.entry.country and other.entry.country and one.entry.country != other.entry.country:
        yield _OTHER_COUNTRY, "duplicate.other_country"


def _likeness(one: ComparedName, other: ComparedName) -> float:
    """Return the common share of the weight, 0 to 100; 0 where each name has a telling word alone."""
    if not any(map(one.is_telling, one.weights)) or not any(map(other.is_telling, other.weights)):
        return 0.0
    if one.joined == other.joined:
        return 100.0
    pairs = word_pairs(one, other)
    if not any(one.is_telling(left) for left, _right, _share in pairs):
        return 0.0
    own_one = set(one.weights) - {left for left, _right, _share in pairs}
    own_other = set(other.weights) - {right for _left, right, _share in pairs}
    if any(map(one.is_telling, own_one)) and any(map(other.is_telling, own_other)):
        return 0.0
    common = sum(share * (one.weights[left] + other.weights[right]) / 2 for left, right, share in pairs)
    whole = sum((one.weights[left] + other.weights[right]) / 2 for left, right, _share in pairs)
    rest = sum(one.weights[word] for word in own_one) + sum(other.weights[word] for word in own_other)
    return 100.0 * common / (whole + rest)


def _is_acronym_alone(one: ComparedName, other: ComparedName) -> bool:
    """Return whether all that the names share is one acronym, with no legal form in common."""
    shared = set(one.weights) & set(other.weights)
    if one.legal_form and one.legal_form == other.legal_form:
        return False
    return len(shared) == 1 and shared <= one.acronyms & other.acronyms
