"""Keep what was deleted in the person's session, so that one press brings it back."""

from __future__ import annotations

import secrets

from django.http import Http404

from kontor.accounts.views.wall import ClusterRequest
from kontor.criteria.models import Catalogue

MOST_KEPT = 5
_SESSION_KEY = "criteria_deleted"


def keep(request: ClusterRequest, catalogue: Catalogue, kept: str) -> str:
    """Keep what a deletion left and return the key to it; the oldest gives way to the sixth."""
    rows = request.session.get(_SESSION_KEY, [])
    key = secrets.token_urlsafe(9)
    rows.append({"key": key, "cluster": request.cluster.pk, "catalogue": catalogue.pk, "kept": kept})
    request.session[_SESSION_KEY] = rows[-MOST_KEPT:]
    return key


def take(request: ClusterRequest, key: str) -> tuple[int, str]:
    """Return the catalogue's key and what was kept, and forget it; 404 where nothing of this cluster is."""
    rows = request.session.get(_SESSION_KEY, [])
    for row in rows:
        if row["key"] == key and row["cluster"] == request.cluster.pk:
            request.session[_SESSION_KEY] = [other for other in rows if other is not row]
            return row["catalogue"], row["kept"]
    raise Http404
