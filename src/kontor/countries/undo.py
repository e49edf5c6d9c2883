"""Keep what was deleted in the person's session, so that one press brings it back."""

from __future__ import annotations

import secrets

from django.http import Http404

from kontor.accounts.views.wall import ClusterRequest

MOST_KEPT = 5
_SESSION_KEY = "countries.deleted"


def keep_remains(request: ClusterRequest, remains: str) -> str:
    """Keep what a deletion left and return the key to it; the oldest gives way to the sixth."""
    kept = request.session.get(_SESSION_KEY, [])
    key = secrets.token_urlsafe(9)
    kept.append({"key": key, "cluster": request.cluster.pk, "remains": remains})
    request.session[_SESSION_KEY] = kept[-MOST_KEPT:]
    return key


def take_remains(request: ClusterRequest, key: str) -> str:
    """Return what was kept under `key` and forget it; 404 where nothing of this cluster is."""
    kept = request.session.get(_SESSION_KEY, [])
    for each in kept:
        if each["key"] == key and each["cluster"] == request.cluster.pk:
            request.session[_SESSION_KEY] = [other for other in kept if other is not each]
            return str(each["remains"])
    raise Http404
