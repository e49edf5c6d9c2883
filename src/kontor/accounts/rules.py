"""Who may do what, as predicates over an `Access`: a person's key to one cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import rules

from kontor.accounts.models import Cluster, Role, RoleKind, User


@dataclass(frozen=True)
class Access:
    """One person in one cluster, with the role held there."""

    user: User
    cluster: Cluster
    kind: RoleKind

    def may(self, permission: str) -> bool:
        """True where the role grants `permission`, such as "actors.change_organisation"."""
        return cast("bool", rules.has_perm(permission, self.user, self))


def grant(permission: str, *kinds: RoleKind) -> None:
    """Let holders of one of the roles `kinds` do `permission`, such as "actors.change_organisation"."""

    def check(user: User, access: Access | None) -> bool:
        return access is not None and access.kind in kinds

    rules.add_perm(permission, rules.predicate(check, name=f"may_{permission}"))


MANAGEMENT = (RoleKind.MANAGER, RoleKind.TEAM)
INSIDERS = (*MANAGEMENT, RoleKind.BOARD)
MEMBERS = (RoleKind.MEMBER, RoleKind.COORDINATOR)
EVERYONE = tuple(RoleKind)

grant("accounts.change_settings", RoleKind.MANAGER)
grant("accounts.change_roles", RoleKind.MANAGER)
grant("accounts.view_audit_trail", RoleKind.MANAGER)
grant("accounts.enter", *EVERYONE)


def access_of(user: User, cluster: Cluster) -> Access | None:
    """Return the user's access to `cluster`, or None without a role there. One query."""
    role = Role.objects.filter(user=user, cluster=cluster).first()
    return Access(user, cluster, RoleKind(role.kind)) if role else None
