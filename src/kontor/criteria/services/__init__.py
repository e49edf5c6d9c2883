"""Writes of this room."""

from kontor.criteria.services.keeping import (
    create_own_criterion,
    delete_own_criterion,
    move_criterion,
    reset_to_reference,
    restore_criterion,
    set_active,
    update_criterion,
)
from kontor.criteria.services.loading import ensure_catalogue, load_reference
from kontor.criteria.services.publishing import publish_version

__all__ = [
    "create_own_criterion",
    "delete_own_criterion",
    "ensure_catalogue",
    "load_reference",
    "move_criterion",
    "publish_version",
    "reset_to_reference",
    "restore_criterion",
    "set_active",
    "update_criterion",
]
