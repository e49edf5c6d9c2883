"""Which needs of one organisation may be the same, for a person to decide; never across organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.needs.likeness import Likeness, Said, in_common, likeness, telling
from kontor.needs.models import Need, NeedDistinct
from kontor.needs.queries.counted import needs_of, with_repeats
from kontor.needs.services.topics import names_of

Pair = tuple[int, int]


@dataclass(frozen=True)
class Proposal:
    """Needs of one organisation that seem to say the same; the first is proposed as the one that leads.

    signs: what all of them have in common.
    """

    organisation: Organisation
    needs: tuple[Need, ...]
    signs: Likeness

    @property
    def lead(self) -> Need:
        """Return the need that the others would be counted as."""
        return self.needs[0]


def proposals(cluster: Cluster, organisation: Organisation | None = None) -> list[Proposal]:
    """Return the groups to be looked at, by organisation, the most alike first. Three queries.

    In a group every two needs are alike and no two were told apart.
    """
    leads = needs_of(cluster).filter(merged_into=None)
    if organisation is not None:
        leads = leads.filter(organisation=organisation)
    by_organisation: dict[int, list[Need]] = {}
    for need in with_repeats(leads).order_by("organisation__name", "organisation_id", "pk"):
        by_organisation.setdefault(need.organisation_id, []).append(need)
    apart = told_apart(cluster)
    found: list[Proposal] = []
    for needs in by_organisation.values():
        if len(needs) > 1:
            found += _of_one(needs, apart)
    return found


def told_apart(cluster: Cluster) -> set[Pair]:
    """Return the pairs that were told apart, by what each is counted as today. One query."""
    rows = NeedDistinct.objects.filter(cluster=cluster).values_list(
        "first", "first__merged_into", "second", "second__merged_into"
    )
    return {_pair(lead or first, other or second) for first, lead, second, other in rows}


def by_hand(needs: Iterable[Need]) -> Proposal | None:
    """Return ticked needs as one proposal; None where there are not two or more of one organisation."""
    ticked = list(needs)
    if len(ticked) < 2 or len({need.organisation_id for need in ticked}) > 1:
        return None
    return _proposal(ticked)


def said_by(need: Need) -> Said:
    """Return the need as the comparison reads it."""
    return Said(
        pk=need.pk,
        topic=need.topic_id,
        kind=need.kind,
        country=need.country,
        statement=need.statement,
        names=tuple(names_of(need.topic).values()),
        source=need.source,
        on=need.recorded_on,
        words=telling(need.statement),
    )


def _of_one(needs: list[Need], apart: set[Pair]) -> list[Proposal]:
    """Return the proposals within one organisation: the most alike first, joined while all is alike."""
    said = {need.pk: said_by(need) for need in needs}
    alike: dict[Pair, Likeness] = {}
    for first, second in combinations(sorted(said), 2):
        signs = likeness(said[first], said[second])
        if signs.is_alike and (first, second) not in apart:
            alike[first, second] = signs
    rows = {need.pk: need for need in needs}
    return [_proposal([rows[key] for key in group]) for group in _joined(alike)]


def _joined(alike: Mapping[Pair, Likeness]) -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for first, second in sorted(alike, key=lambda pair: (-alike[pair].score, pair)):
        one, other = groups.get(first, {first}), groups.get(second, {second})
        if one is not other and all(_pair(a, b) in alike for a in one for b in other):
            together = one | other
            groups.update(dict.fromkeys(together, together))
    unique = {id(group): group for group in groups.values()}
    return list(unique.values())


def _proposal(needs: list[Need]) -> Proposal:
    ranked = sorted(needs, key=_fullness, reverse=True)
    signs = in_common([said_by(need) for need in ranked])
    return Proposal(ranked[0].organisation, tuple(ranked), signs)


def _fullness(need: Need) -> tuple[int, object, int]:
    """Return the order in which needs lead: who says more, then who says it later."""
    return (len({plain for plain, _word in telling(need.statement)}), need.recorded_on, need.pk)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
