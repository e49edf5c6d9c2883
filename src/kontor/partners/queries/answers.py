"""Which needs of members a partner cluster could answer, and by which sign; for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from i18nfield.strings import LazyI18nString
from rapidfuzz import fuzz

from kontor.accounts.models import Cluster
from kontor.actors.queries.members import member_ids
from kontor.needs.confidentiality import guarded
from kontor.needs.models import Need, NeedKind
from kontor.partners.models import Partner
from kontor.partners.queries.facts import KnownFact
from kontor.partners.queries.levels import LevelProfile
from kontor.partners.values import texts_of
from kontor.partners.words import subject_words

# From this level on, a partner cluster can help others with something.
ABLE = 3
_SAME_WORD = 86
# What a partner cluster may offer, by the kind of need that it answers.
_OFFER_FOR: dict[str, str] = {
    NeedKind.MARKET: "markets",
    NeedKind.TECHNOLOGY: "technology",
    NeedKind.PARTNER: "projects",
    NeedKind.STAFF: "staff",
    NeedKind.KNOWLEDGE: "learning",
    NeedKind.VISIBILITY: "visibility",
}
# A cluster in the country that is meant opens doors to these without having said so.
_OPEN_DOORS = frozenset((NeedKind.MARKET, NeedKind.PARTNER))


@dataclass(frozen=True)
class AnsweredNeed:
    """A need with the signs that it is answered.

    competences: of the partner cluster, whose words stand in the need. in_country: it is the country meant.
    offers: the partner cluster offers what this kind of need asks for.
    """

    need: Need
    competences: tuple[int, ...]
    in_country: bool
    offers: bool


@dataclass(frozen=True)
class Answers:
    """All needs that a partner cluster answers."""

    needs: tuple[AnsweredNeed, ...]

    @property
    def number(self) -> int:
        """Return how many needs it answers."""
        return len(self.needs)

    @property
    def organisations(self) -> int:
        """Return how many members voice them."""
        return len({each.need.organisation_id for each in self.needs})

    @property
    def shown_number(self) -> int | None:
        """Return the number for everybody: None where fewer than three members stand behind it."""
        if not self.needs:
            return 0
        return None if guarded(self.organisations) is None else self.number


def open_needs(cluster: Cluster, on: date) -> list[Need]:
    """Return the needs of the members of the day, each once, however often it was said. One query."""
    found = Need.objects.filter(
        cluster=cluster, merged_into=None, recorded_on__lte=on, organisation__in=member_ids(cluster, on)
    )
    return list(
        found.select_related("organisation", "topic").order_by("-urgency", "organisation__name", "pk")
    )


def answered(
    partner: Partner, theirs: LevelProfile, known: Mapping[str, KnownFact], needs: Iterable[Need]
) -> Answers:
    """Return which of the needs the partner cluster answers.

    A need that names another country is not answered. Else it is where its words name a competence that the
    cluster holds at level 3 or above; where the cluster sits in the country meant and offers what is asked
    for; or where a door to a market or a partner in its country is asked for.
    """
    nodes = theirs.tree.nodes
    able = {pk: names_in_words(nodes[pk].name) for pk, level in theirs.held.items() if level >= ABLE}
    offers = known["offers"].value if "offers" in known else ()
    found = []
    for need in needs:
        if need.country and need.country != partner.country:
            continue
        words = words_in(f"{need.statement} {need.topic.name}")
        competences = tuple(pk for pk, names in able.items() if meets(words, names))
        in_country = bool(need.country)
        offered = _OFFER_FOR.get(need.kind, "") in (offers if isinstance(offers, tuple) else ())
        if competences or (in_country and (offered or need.kind in _OPEN_DOORS)):
            found.append(AnsweredNeed(need, competences, in_country, offered))
    return Answers(tuple(found))


@lru_cache(maxsize=8192)
def words_in(text: str) -> frozenset[str]:
    """Return the longer words of a text that carry a subject, folded."""
    return frozenset(subject_words(text))


def names_in_words(name: LazyI18nString) -> tuple[frozenset[str], ...]:
    """Return the words of the name of a competence, a set for each language."""
    return tuple(words_in(text) for text in texts_of(name).values())


def meets(words: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    """True where a word of any of the names stands in the text, allowing for endings and compounds."""
    return any(_same(word, name) for each in names for name in each for word in words)


@lru_cache(maxsize=65536)
def _same(word: str, name: str) -> bool:
    """True for the same word with another ending, or as the first part of a compound."""
    if word[0] != name[0]:
        return False
    return word.startswith(name) or name.startswith(word) or fuzz.ratio(word, name) >= _SAME_WORD
