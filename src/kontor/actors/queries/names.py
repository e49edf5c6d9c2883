"""Find organisations by what people type."""

from __future__ import annotations

from django.db.models import QuerySet

from kontor.accounts.models import Cluster
from kontor.actors.errors import ActorError
from kontor.actors.folding import folded, search_words
from kontor.actors.models import Organisation

SUGGESTIONS = 12
_CANDIDATES = 200


def suggestions(cluster: Cluster, query: str) -> QuerySet[Organisation]:
    """Return up to twelve organisations that hold all words of `query`, by name."""
    return _holding(cluster, query)[:SUGGESTIONS] if search_words(query) else Organisation.objects.none()


def named(cluster: Cluster, name: str) -> Organisation:
    """Return the one organisation that `name` means.

    The full name or short name wins over a part of one. Raises ActorError "partner.several" or
    "partner.unknown".
    """
    candidates = list(_holding(cluster, name)[:_CANDIDATES])
    wanted = folded(name)
    exact = [each for each in candidates if wanted in (folded(each.name), folded(each.short_name))]
    found = exact or candidates
    if not found:
        raise ActorError("partner.unknown")
    if len(found) > 1:
        raise ActorError(
            "partner.several", names=" · ".join(f"{each.name} ({each.country})" for each in found[:4])
        )
    return found[0]


def _holding(cluster: Cluster, query: str) -> QuerySet[Organisation]:
    found = Organisation.objects.filter(cluster=cluster)
    for word in search_words(query):
        found = found.filter(search_key__contains=word)
    return found
