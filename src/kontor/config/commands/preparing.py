"""Bring the installation up to date before a command works on it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontor.accounts.models import Cluster


def prepare() -> None:
    """Make the folder, the tables and the cache; does nothing where all is there."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kontor.config.assets import collect_assets

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    _reach_database()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sys.stdout.write("Kontor: preparing the database …\n")
        sys.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_assets()


def _reach_database() -> None:
    from django.db import connection
    from django.db.utils import OperationalError

    from kontor.config.command import Refused

    try:
        connection.ensure_connection()
    except OperationalError as error:
        message = f"the database does not answer: {str(error).strip()} Check KONTOR_DATABASE_URL."
        raise Refused(message) from error


def cluster_named(slug: str) -> Cluster:
    """Return the cluster with this short name, or refuse and name those there are."""
    from kontor.accounts.models import Cluster
    from kontor.config.command import Refused

    found = Cluster.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Cluster.objects.values_list("slug", flat=True)) or "none yet"
        raise Refused(f"there is no cluster “{slug}”. There are: {known}.")
    return found
