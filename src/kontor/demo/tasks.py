"""Long work of the show house."""

from __future__ import annotations

from collections.abc import Mapping

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.demo.build import SLUG, build_demo
from kontor.jobs.progress import Progress


def load(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Build the demo cluster where it is missing and let the operator who asked for it manage it too."""
    build_demo(is_fresh=False, on_progress=progress.step, is_open=False)
    user = User.objects.filter(pk=int(str(argument["user"]))).first()
    cluster = Cluster.objects.filter(slug=SLUG, is_demo=True).first()
    if user is not None and cluster is not None:
        Role.objects.get_or_create(cluster=cluster, user=user, defaults={"kind": RoleKind.MANAGER})
    return {}
