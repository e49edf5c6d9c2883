"""Changing and deleting a cluster."""

from __future__ import annotations

import re
import unicodedata

from auditlog.context import disable_auditlog
from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services.audit import entries_of
from kontor.accounts.services.editing import claim_edit

GERMAN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def suggest_slug(name: str) -> str:
    """Return a short name for addresses, made from a cluster's name; "" where nothing is left of it.

    >>> suggest_slug("Bündnis Küste & Meer e. V.")
    'buendnis-kueste-meer-e-v'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(GERMAN_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words)[:40].strip("-")


@transaction.atomic
def update_cluster(*, cluster: Cluster, expected_version: int, **fields: object) -> Cluster:
    """Store new data; raises EditConflict where somebody was quicker, ValidationError where refused."""
    current = claim_edit(cluster, expected_version)
    for name, value in fields.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    return current


@transaction.atomic
def delete_cluster(*, cluster: Cluster) -> None:
    """Delete a cluster with all that belongs to it, its audit trail included. People keep their accounts."""
    entries = entries_of(cluster)
    with disable_auditlog():
        cluster.delete()
    entries.delete()
