"""Partner clusters: all but our own, and without those that repeat another."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_words
from kontor.partners.models import Partner, Stage

# Whom a decision can still be about.
IN_QUESTION = (Stage.LONG, Stage.SHORT, Stage.PARTNER)


def partners_of(cluster: Cluster) -> QuerySet[Partner]:
    """Return the partner clusters by name: never our own, never one that was merged into another."""
    return Partner.objects.filter(cluster=cluster, is_own=False, merged_into=None).order_by("name", "pk")


def candidates_of(cluster: Cluster, stages: Collection[str] = IN_QUESTION) -> QuerySet[Partner]:
    """Return the partner clusters on these lists."""
    return partners_of(cluster).filter(stage__in=list(stages))


def search_partners(cluster: Cluster, words: str) -> QuerySet[Partner]:
    """Return the partner clusters whose name, short name, place, region or reference holds all words."""
    found = partners_of(cluster)
    wanted = search_words(words)
    for word in wanted:
        found = found.filter(search_key__contains=word)
    return found if wanted else found.none()


def own_partner(cluster: Cluster) -> Partner | None:
    """Return the profile of our own cluster, None where nobody has begun it. One query."""
    return Partner.objects.filter(cluster=cluster, is_own=True).first()


def standing(partner: Partner) -> Partner:
    """Return the profile that counts: the one this was merged into, or itself."""
    return partner.merged_into or partner
