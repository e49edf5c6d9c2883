"""Reads of the keys: who, where, in which language."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from kontor.accounts.models import Cluster, Invitation, Role, RoleKind, User


def language_of(email: str) -> str:
    """Return the language of the account behind `email`, or "" where there is none. One query."""
    address = email.strip().lower()
    known = Q(email__iexact=address) | Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    language = User.objects.filter(known).values_list("language", flat=True).first()
    return language or ""


def clusters_of(user: User) -> QuerySet[Role]:
    """Return the user's roles with their clusters, by the cluster's name. One query."""
    return Role.objects.filter(user=user).select_related("cluster").order_by("cluster__name", "pk")


def clusters_without(user: User) -> QuerySet[Cluster]:
    """Return the installation's clusters to which the user has no key, by name. One query."""
    return Cluster.objects.exclude(roles__user=user)


def people_with_keys(cluster: Cluster) -> QuerySet[Role]:
    """Return the roles of a cluster with their users, managers first. One query."""
    return cluster.roles.select_related("user").order_by("kind", "user__name", "user__email")


def waiting_invitations(cluster: Cluster) -> QuerySet[Invitation]:
    """Return the invitations that nobody has accepted yet, expired ones included. One query."""
    return cluster.invitations.filter(accepted_at=None).select_related("invited_by").order_by("email")


def managers_left_without(role: Role) -> int:
    """Return how many people could still manage the cluster if `role` went."""
    others = Role.objects.filter(cluster=role.cluster_id, kind=RoleKind.MANAGER, user__is_active=True)
    return others.exclude(pk=role.pk).count()


def invitation_for(token_hash: str) -> Invitation | None:
    """Return the invitation of a token, whatever its state, with its cluster and sender. One query."""
    rows = Invitation.objects.select_related("cluster", "invited_by")
    return rows.filter(token_hash=token_hash).first()


def open_invitation_count(cluster: Cluster) -> int:
    """Return how many invitations can still be accepted."""
    return cluster.invitations.filter(accepted_at=None, expires_at__gt=timezone.now()).count()
