"""Users, clusters, roles and links: who may enter where."""

from kontor.accounts.models.cluster import Cluster, ClusterObject
from kontor.accounts.models.keys import Invitation, Role, RoleKind, TaskLink
from kontor.accounts.models.user import User

__all__ = ["Cluster", "ClusterObject", "Invitation", "Role", "RoleKind", "TaskLink", "User"]
