"""Changing and withdrawing keys; a cluster never loses its last manager."""

from __future__ import annotations

from django.db import transaction

from kontor.accounts.models import Cluster, Role, RoleKind
from kontor.accounts.queries import managers_left_without
from kontor.accounts.services.refused import Refused


@transaction.atomic
def change_role(*, role: Role, kind: RoleKind) -> Role:
    """Give the holder another role; raises Refused "role.last_manager"."""
    current = _locked(role)
    if kind != RoleKind.MANAGER:
        _keep_a_manager(current)
    current.kind = kind
    current.save(update_fields=["kind"])
    return current


@transaction.atomic
def withdraw_role(*, role: Role) -> None:
    """Take the key to the cluster away; the account stays. Raises Refused "role.last_manager"."""
    current = _locked(role)
    _keep_a_manager(current)
    current.delete()


def _locked(role: Role) -> Role:
    # Two managers who withdraw each other at once must queue up: the cluster's row is the lock.
    Cluster.objects.select_for_update().get(pk=role.cluster_id)
    return Role.objects.select_related("user", "cluster").get(pk=role.pk)


def _keep_a_manager(role: Role) -> None:
    if role.kind == RoleKind.MANAGER and not managers_left_without(role):
        raise Refused("role.last_manager", cluster=role.cluster.name)
