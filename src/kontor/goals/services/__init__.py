"""Writes of this room."""

from kontor.goals.services.linking import link_needs, link_topic, unlink_needs
from kontor.goals.services.setting import adopt_goal, create_own_goal, delete_goal, set_state, update_goal

__all__ = [
    "adopt_goal",
    "create_own_goal",
    "delete_goal",
    "link_needs",
    "link_topic",
    "set_state",
    "unlink_needs",
    "update_goal",
]
