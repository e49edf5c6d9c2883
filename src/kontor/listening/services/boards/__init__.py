"""Writes of boards: plan one, take part in it, sort its ideas, make needs of them."""

from kontor.listening.services.boards.planning import change_board, create_board, move_to
from kontor.listening.services.boards.sorting import (
    add_group,
    change_group,
    hide_ideas,
    merge_group,
    place_ideas,
    remove_group,
    set_topics,
    shift_group,
    show_ideas,
)
from kontor.listening.services.boards.taking_part import give_points, join_board, send_idea
from kontor.listening.services.boards.transferring import Transfer, name_organisations, take_as_needs

__all__ = [
    "Transfer",
    "add_group",
    "change_board",
    "change_group",
    "create_board",
    "give_points",
    "hide_ideas",
    "join_board",
    "merge_group",
    "move_to",
    "name_organisations",
    "place_ideas",
    "remove_group",
    "send_idea",
    "set_topics",
    "shift_group",
    "show_ideas",
    "take_as_needs",
]
