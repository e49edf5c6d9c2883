"""Which profiles may mean the same cluster: proposals with reasons, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kontor.accounts.models import Cluster
from kontor.imports.duplicates import NameEntry, Proposal, propose_duplicates, propose_duplicates_within
from kontor.imports.folding import folded
from kontor.imports.parsers import host_of
from kontor.partners.models import Partner, PartnerDistinct
from kontor.partners.queries.partners import partners_of

SAME_WEBSITE = "duplicate.same_website"
# Two names in two languages share no word, but one address on the web has one owner.
_WEBSITE_SCORE = 85.0
# Many clusters have no page of their own, only one of the agency that hosts them.
_MOST_AT_ONE_HOST = 3
# What makes no cluster this one, and two forms of association that `imports.names` does not know.
_GENERIC = (
    "cluster clusters clúster klaster klasteri klusteri kluster klustret klynge klyngen netzwerk network "
    "networks netværk nettverk nätverk nätverket verkosto verbund initiative pôle pole polo distretto réseau "
    "reseau competitiveness compétitivité klub club hub ry rf"
)
_EVERY_CLUSTER = frozenset(map(folded, _GENERIC.split()))


@dataclass(frozen=True)
class Pair:
    """Two profiles that may be the same. reasons: codes with sentences."""

    first: Partner
    second: Partner
    score: float
    reasons: tuple[str, ...]


def told_name(name: str) -> str:
    """Return a name without the words that nearly every cluster carries, where anything else is left.

    >>> told_name("Cluster Silicon Saxony"), told_name("Photonics Finland ry"), told_name("The Network")
    ('Silicon Saxony', 'Photonics Finland', 'The Network')
    """
    telling = [word for word in name.split() if folded(word) not in _EVERY_CLUSTER]
    return " ".join(telling) if any(folded(word) != "the" for word in telling) else name


def entry_of(partner: Partner) -> NameEntry:
    """Return the profile as far as it is compared."""
    return NameEntry(
        key=partner.pk,
        name=told_name(partner.name),
        short_name=partner.short_name,
        country=partner.country,
        website=partner.website,
        city=partner.city,
    )


def look_alikes(
    cluster: Cluster, wanted: NameEntry, *, but: int | None = None
) -> list[tuple[Partner, Proposal]]:
    """Return the profiles that may be what is about to be added, the most alike first. One query."""
    known = [partner for partner in partners_of(cluster) if partner.pk != but]
    by_key = {partner.pk: partner for partner in known}
    found = {
        proposal.known_key: proposal
        for proposal in propose([wanted], [entry_of(partner) for partner in known])
    }
    ranked = sorted(found.values(), key=lambda proposal: -proposal.score)
    return [(by_key[int(str(proposal.known_key))], proposal) for proposal in ranked]


def propose(incoming: Sequence[NameEntry], known: Sequence[NameEntry]) -> list[Proposal]:
    """Return pairs of an incoming and a known entry that may be the same, by name or by website."""
    by_name = {(each.incoming_key, each.known_key): each for each in propose_duplicates(incoming, known)}
    hosts = _hosts(known)
    for entry in incoming:
        for key in hosts.get(host_of(entry.website) if entry.website else "", ()):
            pair = (entry.key, key)
            by_name.setdefault(pair, Proposal(*pair, _WEBSITE_SCORE, (SAME_WEBSITE,)))
    return list(by_name.values())


def same_pairs(cluster: Cluster) -> list[Pair]:
    """Return the pairs of profiles to be looked at, the most alike first. Two queries."""
    found = {partner.pk: partner for partner in partners_of(cluster)}
    entries = [entry_of(partner) for partner in found.values()]
    apart = set(PartnerDistinct.objects.filter(cluster=cluster).values_list("first_id", "second_id"))
    pairs: dict[tuple[int, int], Pair] = {}
    for each in (*propose_duplicates_within(entries), *_same_websites(entries)):
        one, other = sorted((int(str(each.incoming_key)), int(str(each.known_key))))
        if (one, other) not in apart:
            pairs.setdefault((one, other), Pair(found[one], found[other], each.score, each.reasons))
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.name, pair.first.pk))


def _same_websites(entries: Sequence[NameEntry]) -> Iterable[Proposal]:
    for keys in _hosts(entries).values():
        for place, one in enumerate(keys):
            for other in keys[:place]:
                yield Proposal(one, other, _WEBSITE_SCORE, (SAME_WEBSITE,))


def _hosts(entries: Iterable[NameEntry]) -> dict[str, list[object]]:
    """Return host → keys, without hosts that many share."""
    found: dict[str, list[object]] = {}
    for entry in entries:
        host = host_of(entry.website) if entry.website else ""
        if host:
            found.setdefault(host, []).append(entry.key)
    return {host: keys for host, keys in found.items() if len(keys) <= _MOST_AT_ONE_HOST}
