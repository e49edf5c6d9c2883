"""Whom and what a list means: exact names are taken, near ones only proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.imports.folding import folded
from kontor.needs.models import NeedTopic
from kontor.needs.services.topics import names_of

NEAR_ENOUGH = 72
MOST_PROPOSALS = 5


@dataclass(frozen=True)
class Register:
    """Known things by their folded names.

    exact: folded name → ids; more than one id means that the name alone does not decide.
    near:  folded name or short name → ids, for proposals only.
    """

    labels: Mapping[int, str]
    exact: Mapping[str, frozenset[int]]
    near: Mapping[str, frozenset[int]]

    def find(self, name: str) -> int | None:
        """Return the one thing that carries exactly this name (but for case, umlauts and punctuation)."""
        found = self.exact.get(folded(name), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def propose(self, name: str) -> tuple[tuple[int, str], ...]:
        """Return up to five things with a similar name, the most similar first."""
        hits = process.extract(
            folded(name), list(self.near), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=MOST_PROPOSALS
        )
        keys = [key for hit, _score, _index in hits for key in sorted(self.near[hit])]
        return tuple((key, self.labels[key]) for key in dict.fromkeys(keys))[:MOST_PROPOSALS]


def organisations_of(cluster: Cluster) -> Register:
    """Return the cluster's organisations, by name and reference. Short names only propose. One query."""
    rows = Organisation.objects.filter(cluster=cluster).values_list(
        "pk", "name", "short_name", "reference", "city"
    )
    labels = {pk: f"{name} ({city})" if city else name for pk, name, _short, _reference, city in rows}
    exact = _index((pk, (name, reference)) for pk, name, _short, reference, _city in rows)
    near = _index((pk, (name, short)) for pk, name, short, _reference, _city in rows)
    return Register(labels, exact, near)


def topics_of(cluster: Cluster) -> Register:
    """Return the cluster's topics, known by code and by name in both languages. One query."""
    topics = list(NeedTopic.objects.filter(cluster=cluster))
    index = _index((topic.pk, (topic.code.replace("_", " "), *names_of(topic).values())) for topic in topics)
    return Register({topic.pk: str(topic) for topic in topics}, index, index)


def _index(named: Iterable[tuple[int, Sequence[str]]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for key, names in named:
        for name in filter(None, map(folded, names)):
            found.setdefault(name, set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}
