"""Which needs of one organisation may be the same, for a person to decide; never across organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.needs.likeness import Likeness, Said, in_common, is_bare, likeness, telling
from kontor.needs.models import Need, NeedDistinct, NeedTopic
from kontor.needs.queries.counted import needs_of, with_repeats
from kontor.needs.services.topics import names_of

Pair = tuple[int, int]
# The words of the names of each topic.
Names = Mapping[int, Sequence[frozenset[str]]]


@dataclass(frozen=True)
class Group:
    """Needs of one organisation that seem to say the same, by number; the first is proposed as the lead."""

    organisation: int
    needs: tuple[int, ...]
    signs: Likeness


@dataclass(frozen=True)
class Proposal:
    """The same with the needs themselves. signs: what all of them have in common."""

    organisation: Organisation
    needs: tuple[Need, ...]
    signs: Likeness

    @property
    def lead(self) -> Need:
        """Return the need that the others would be counted as."""
        return self.needs[0]


def proposed(cluster: Cluster, organisation: Organisation | None = None) -> list[Group]:
    """Return the groups to be looked at, by organisation, the most alike first. Three queries.

    In a group every two needs are alike and no two were told apart.
    """
    leads = Need.objects.filter(cluster=cluster, merged_into=None)
    if organisation is not None:
        leads = leads.filter(organisation=organisation)
    names, apart = _names(cluster), told_apart(cluster)
    by_organisation: dict[int, list[Said]] = defaultdict(list)
    columns = ("pk", "topic_id", "kind", "country", "statement", "source", "recorded_on", "organisation_id")
    for *said, organisation_id in leads.order_by("organisation__name", "organisation_id").values_list(
        *columns
    ):
        by_organisation[organisation_id].append(_said(said, names))
    return [
        Group(key, tuple(each.pk for each in group), in_common(group))
        for key, needs in by_organisation.items()
        if len(needs) > 1
        for group in _alike(needs, apart)
    ]


def filled(cluster: Cluster, groups: Iterable[Group]) -> list[Proposal]:
    """Return the groups with their needs at hand, and what is counted as each. Two queries."""
    wanted = list(groups)
    keys = [key for group in wanted for key in group.needs]
    rows = with_repeats(needs_of(cluster).filter(pk__in=keys)).in_bulk()
    return [
        Proposal(rows[group.needs[0]].organisation, tuple(rows[key] for key in group.needs), group.signs)
        for group in wanted
    ]


def by_hand(needs: Iterable[Need]) -> Proposal | None:
    """Return ticked needs as one proposal; None where there are not two or more of one organisation."""
    ticked = {need.pk: need for need in needs}
    if len(ticked) < 2 or len({need.organisation_id for need in ticked.values()}) > 1:
        return None
    group = sorted(map(said_by, ticked.values()), key=_fullness, reverse=True)
    rows = tuple(ticked[each.pk] for each in group)
    return Proposal(rows[0].organisation, rows, in_common(group))


def told_apart(cluster: Cluster) -> set[Pair]:
    """Return the pairs that were told apart, by what each is counted as today. One query."""
    rows = NeedDistinct.objects.filter(cluster=cluster).values_list(
        "first", "first__merged_into", "second", "second__merged_into"
    )
    return {_pair(lead or first, other or second) for first, lead, second, other in rows}


def said_by(need: Need) -> Said:
    """Return the need as the comparison reads it."""
    facts = (need.pk, need.topic_id, need.kind, need.country, need.statement, need.source, need.recorded_on)
    return _said(facts, {need.topic_id: _words_of(need.topic)})


def _said(facts: Sequence[Any], names: Names) -> Said:
    pk, topic, kind, country, statement, source, on = facts
    words = telling(statement)
    bare = is_bare(words, names.get(topic, ()))
    return Said(pk, topic, kind, country, statement, source, on, words, bare)


def _names(cluster: Cluster) -> Names:
    return {topic.pk: _words_of(topic) for topic in NeedTopic.objects.filter(cluster=cluster)}


def _words_of(topic: NeedTopic) -> list[frozenset[str]]:
    return [frozenset(plain for plain, _word in telling(name)) for name in names_of(topic).values()]


def _alike(needs: list[Said], apart: set[Pair]) -> list[list[Said]]:
    """Return the groups within one organisation: the most alike first, joined while all is alike."""
    said = {need.pk: need for need in needs}
    alike: dict[Pair, Likeness] = {}
    for first, second in combinations(sorted(said), 2):
        signs = likeness(said[first], said[second])
        if signs.is_alike and (first, second) not in apart:
            alike[first, second] = signs
    return [sorted((said[key] for key in group), key=_fullness, reverse=True) for group in _joined(alike)]


def _joined(alike: Mapping[Pair, Likeness]) -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for first, second in sorted(alike, key=lambda pair: (-alike[pair].score, pair)):
        one, other = groups.get(first, {first}), groups.get(second, {second})
        if one is not other and all(_pair(a, b) in alike for a in one for b in other):
            together = one | other
            groups.update(dict.fromkeys(together, together))
    unique = {id(group): group for group in groups.values()}
    return list(unique.values())


def _fullness(said: Said) -> tuple[int, object, int]:
    """Return the order in which needs lead: who says more, then who says it later."""
    return (len({plain for plain, _word in said.words}), said.on, said.pk)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
