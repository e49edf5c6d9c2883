"""Founding a cluster."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.accounts.models.cluster import RESERVED_SLUGS


@transaction.atomic
def found_cluster(*, slug: str, name: str, manager: User | None = None, **fields: object) -> Cluster:
    """Return a new cluster, managed by `manager`; raises ValidationError where a field is refused."""
    cluster = Cluster(slug=slug, name=name, **fields)
    if slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("This short name is reserved. Please choose another.")})
    cluster.full_clean()
    cluster.save()
    if manager is not None:
        Role.objects.create(cluster=cluster, user=manager, kind=RoleKind.MANAGER)
    return cluster
